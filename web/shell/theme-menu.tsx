import { useTranslation } from "react-i18next";
import { IconButton } from "../ui/button.tsx";
import { Menu, type MenuLine } from "../ui/menu.tsx";
import { changeTheme, useTheme, type Theme } from "../ui/theme.ts";

const themeIcons = { light: "sun", dark: "moon", system: "system" } as const;

/** Light, dark, or as the system. */
export function ThemeMenu({
  placement,
  large = false,
}: {
  placement: "top end" | "bottom end";
  large?: boolean;
}) {
  const { t } = useTranslation();
  const theme = useTheme();
  const lineOf = (other: Theme): MenuLine => ({
    id: other,
    label: t(`shell.theme.${other}`),
    icon: other === theme ? "check" : themeIcons[other],
    onAction: () => changeTheme(other),
  });
  return (
    <Menu
      trigger={<IconButton icon={themeIcons[theme]} label={t("shell.theme.label")} large={large} />}
      label={t("shell.theme.label")}
      placement={placement}
      sections={[{ lines: (["light", "dark", "system"] as const).map(lineOf) }]}
    />
  );
}

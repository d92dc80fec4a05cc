import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changeLanguage, languages, type Language } from "../i18n.ts";
import { Card } from "../ui/card.tsx";
import { RadioGroup, Switch } from "../ui/choice.tsx";
import { writePreference } from "../ui/preference.ts";
import { singleKeysAreOn } from "../ui/shortcuts.ts";
import { changeTheme, useTheme, type Theme } from "../ui/theme.ts";

/** Theme, language and shortcuts: kept in this browser. */
export function AppearancePage() {
  const { t, i18n } = useTranslation();
  const theme = useTheme();
  const [keysOn, setKeysOn] = useState(singleKeysAreOn);
  const changeKeys = (on: boolean) => {
    writePreference("keys", on ? "on" : "off");
    setKeysOn(on);
  };
  return (
    <Card title={t("settings.appearance.title")} sub={t("settings.appearance.lead")}>
      <div className="form">
        <RadioGroup<Theme>
          label={t("settings.appearance.theme")}
          value={theme}
          onChange={changeTheme}
          options={(["light", "dark", "system"] as const).map((id) => ({
            id,
            label: t(`shell.theme.${id}`),
          }))}
        />
        <RadioGroup<Language>
          label={t("settings.appearance.language")}
          value={i18n.language as Language}
          onChange={(language) => void changeLanguage(language)}
          options={(Object.keys(languages) as Language[]).map((id) => ({ id, label: languages[id] }))}
        />
        <Switch isSelected={keysOn} onChange={changeKeys} detail={t("settings.appearance.keysDetail")}>
          {t("settings.appearance.keys")}
        </Switch>
      </div>
    </Card>
  );
}

import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { changeLanguage, languages, type Language } from "../i18n.ts";
import { ThemeMenu } from "../shell/theme-menu.tsx";
import { Button } from "../ui/button.tsx";
import { Wordmark } from "../ui/logo.tsx";
import { Menu } from "../ui/menu.tsx";
import "./frame.css";

/** The frame of every page before somebody is inside a workspace. */
export function PublicFrame({
  title,
  lead,
  footer,
  above,
  wide = false,
  children,
}: {
  title: string;
  lead?: ReactNode;
  footer?: string;
  /** A drawing over the title. */
  above?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={wide ? "public wide" : "public"}>
      <header>
        <Wordmark />
        <div className="actions">
          <LanguageMenu />
          <ThemeMenu placement="bottom end" />
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {above}
        <h1>{title}</h1>
        {lead && <p className="public-lead">{lead}</p>}
        {children}
      </main>
      <footer>{footer}</footer>
    </div>
  );
}

function LanguageMenu() {
  const { t, i18n } = useTranslation();
  const current = i18n.language as Language;
  const lines = (Object.keys(languages) as Language[]).map((language) => ({
    id: language,
    label: languages[language],
    icon: language === current ? ("check" as const) : ("globe" as const),
    onAction: () => void changeLanguage(language),
  }));
  const trigger = (
    <Button variant="quiet" size="sm" icon="globe">
      {languages[current]}
    </Button>
  );
  return <Menu trigger={trigger} label={t("shell.language")} placement="bottom end" sections={[{ lines }]} />;
}

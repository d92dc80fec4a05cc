import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../session.ts";
import "./asking.css";

const parts = ["surveys", "invitations", "unsubscribes"] as const;

/** The three pages about asking, side by side; in the rail they are one entry. */
export function AskingTabs() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  return (
    <nav className="ask-tabs" aria-label={t("surveys.parts")}>
      {parts.map((part) => (
        <Link
          key={part}
          to={`/$workspace/${part}`}
          params={{ workspace: slug }}
          search={{}}
          activeOptions={{ includeSearch: false }}
          activeProps={{ "aria-current": "page" }}
        >
          {t(`surveys.tabs.${part}`)}
        </Link>
      ))}
    </nav>
  );
}

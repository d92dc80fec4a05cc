import { Link, Outlet } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../session.ts";
import { PageHeader } from "../ui/card.tsx";
import "./settings.css";

const sections = [
  { page: "workspace", words: "workspace" },
  { page: "members", words: "members" },
  { page: "api-keys", words: "keys" },
  { page: "write-keys", words: "writeKeys" },
  { page: "plays", words: "plays" },
  { page: "alerts", words: "alerts" },
  { page: "webhooks", words: "webhooks" },
  { page: "outbox", words: "outbox" },
  { page: "audit-log", words: "audit" },
  { page: "account", words: "account" },
  { page: "appearance", words: "appearance" },
] as const;

/** The settings: their list, and the one that is open. */
export function SettingsFrame() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the list scrolls sideways: the open section must be in sight.
    const open = list.current?.querySelector<HTMLElement>("[aria-current]");
    if (open && list.current) list.current.scrollLeft = open.offsetLeft - list.current.offsetLeft - 16;
  });
  return (
    <>
      <PageHeader title={t("settings.title")} />
      <div className="settings">
        <nav ref={list} className="subnav" aria-label={t("settings.sections")}>
          {sections.map(({ page, words }) => (
            <Link
              key={page}
              to={`/$workspace/settings/${page}`}
              params={{ workspace: slug }}
              activeProps={{ "aria-current": "page" }}
            >
              {t(`settings.${words}.nav`)}
            </Link>
          ))}
        </nav>
        <div className="stackcol">
          <Outlet />
        </div>
      </div>
    </>
  );
}

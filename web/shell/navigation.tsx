import { useQuery } from "@tanstack/react-query";
import { Link, useMatchRoute } from "@tanstack/react-router";
import { Button as AriaButton } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { caseCountsQuery } from "../act/inbox/inbox-data.ts";
import { useWorkspace } from "../session.ts";
import { IconButton, Kbd } from "../ui/button.tsx";
import { useFormat } from "../ui/format.ts";
import { Icon } from "../ui/icons.tsx";
import { Wordmark } from "../ui/logo.tsx";
import { Menu } from "../ui/menu.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { overviewPage, settingsPage, stages, type LoopPage, type LoopStage } from "./loop.ts";
import { useCommandKey } from "./command-key.ts";
import { ThemeMenu } from "./theme-menu.tsx";

interface Openers {
  onSearch: () => void;
  onShortcuts: () => void;
  onNewWorkspace: () => void;
}

/** The left side on a wide screen: search, the loop as a map, workspace and account. */
export function Rail({ onSearch, ...openers }: Openers) {
  const { t } = useTranslation();
  return (
    <aside className="side">
      <Home />
      <AriaButton className="search" onPress={onSearch}>
        <Icon name="search" size={14} />
        <span>{t("shell.search")}</span>
        <Kbd>{useCommandKey()}</Kbd>
      </AriaButton>
      <nav className="nav" aria-label={t("shell.main")}>
        <PageLink page={overviewPage} withIcon />
        <div className="loop">
          {stages.map((stage, index) => (
            <Stage key={stage.id} number={index + 1} id={stage.id} pages={stage.pages} />
          ))}
        </div>
        <PageLink page={settingsPage} withIcon />
      </nav>
      <div className="side-foot">
        <AccountMenu {...openers} placement="top start" />
        <ThemeMenu placement="top end" />
      </div>
    </aside>
  );
}

function Stage({ number, id, pages }: { number: number; id: LoopStage["id"]; pages: readonly LoopPage[] }) {
  const { t } = useTranslation();
  const isOpen = useIsOpen();
  return (
    <div className={`stage stage-${number}${pages.some(isOpen) ? " on" : ""}`}>
      <span className="stage-name">{t(`shell.stages.${id}`)}</span>
      {pages.map((page) => (
        <PageLink key={page.path} page={page} />
      ))}
    </div>
  );
}

/** On a phone, the top: name, search, theme, account. */
export function TopBar({ onSearch, ...openers }: Openers) {
  const { t } = useTranslation();
  return (
    <header className="topbar">
      <Home />
      <IconButton icon="search" label={t("shell.searchShort")} large onPress={onSearch} />
      <ThemeMenu placement="bottom end" large />
      <AccountMenu {...openers} placement="bottom end" />
    </header>
  );
}

/** On a phone, the bottom: the stages that have pages, for all pages together would not fit. */
export function TabBar() {
  const { t } = useTranslation();
  return (
    <nav className="tabbar" aria-label={t("shell.main")}>
      <PageLink page={overviewPage} withIcon iconSize={18} />
      {stages.map(({ id, icon, pages }: LoopStage) => {
        const [only, ...others] = pages;
        if (!only) return null;
        return others.length === 0 ? (
          <PageLink key={id} page={only} withIcon iconSize={18} />
        ) : (
          <StageTab key={id} id={id} icon={icon} pages={pages} />
        );
      })}
      <PageLink page={settingsPage} withIcon iconSize={18} />
    </nav>
  );
}

/** A stage on a phone: behind it, its pages. */
function StageTab({ id, icon, pages }: LoopStage) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const isOpen = useIsOpen();
  const name = t(`shell.stages.${id}`);
  const trigger = (
    <AriaButton className={pages.some(isOpen) ? "tab on" : "tab"}>
      <Icon name={icon} size={18} />
      {name}
    </AriaButton>
  );
  const lines = pages.map((page) => ({
    id: page.path,
    label: t(`shell.${page.path}`),
    icon: isOpen(page) ? ("check" as const) : page.icon,
    href: `/${slug}/${page.path}`,
  }));
  return <Menu trigger={trigger} label={name} placement="top start" sections={[{ lines }]} />;
}

function Home() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  return (
    <Link
      className="side-brand"
      to="/$workspace/overview"
      params={{ workspace: slug }}
      aria-label={t("shell.home")}
    >
      <Wordmark />
    </Link>
  );
}

function useIsOpen() {
  const matchRoute = useMatchRoute();
  const { slug } = useWorkspace();
  return ({ path, also = [] }: LoopPage) =>
    [path, ...also].some((path) =>
      matchRoute({ to: `/$workspace/${path}`, params: { workspace: slug }, fuzzy: true }),
    );
}

function PageLink({
  page,
  withIcon = false,
  iconSize = 16,
}: {
  page: LoopPage;
  withIcon?: boolean;
  iconSize?: number;
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const isOpen = useIsOpen()(page);
  return (
    <Link
      to={`/$workspace/${page.path}`}
      params={{ workspace: slug }}
      activeProps={{}}
      {...(isOpen ? { "aria-current": "page" as const } : { "aria-current": undefined })}
    >
      {withIcon && <Icon name={page.icon} size={iconSize} />}
      {t(`shell.${page.path}`)}
      {page.path === "inbox" && !withIcon && <Waiting />}
    </Link>
  );
}

/** How many customers wait for an answer of ours. */
function Waiting() {
  const { slug } = useWorkspace();
  const { data } = useQuery(caseCountsQuery(slug));
  const format = useFormat();
  return data && data.open > 0 ? <span className="nav-count">{format.count(data.open)}</span> : null;
}

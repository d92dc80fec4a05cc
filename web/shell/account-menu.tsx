import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button as AriaButton } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { api } from "../api.ts";
import { useSession, useWorkspace } from "../session.ts";
import { Avatar } from "../ui/marks.tsx";
import { Menu, type MenuLine } from "../ui/menu.tsx";

type Placement = "top start" | "top end" | "bottom end";

/** Signs out, forgets everything this browser had loaded, and goes to the sign-in page. */
export function useSignOut() {
  const cache = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    await api.api.auth["sign-out"].$post();
    cache.clear();
    await navigate({ to: "/sign-in" });
  };
}

/** The workspace's name; behind it the other workspaces, settings, shortcuts and the way out. */
export function AccountMenu({
  onShortcuts,
  onNewWorkspace,
  placement,
}: {
  onShortcuts: () => void;
  onNewWorkspace: () => void;
  placement: Placement;
}) {
  const { t } = useTranslation();
  const { person, workspaces, version } = useSession();
  const workspace = useWorkspace();
  const signOut = useSignOut();
  const toWorkspace = (other: (typeof workspaces)[number]): MenuLine => ({
    id: other.slug,
    label: other.name,
    icon: other.slug === workspace.slug ? "check" : "building",
    href: `/${other.slug}/overview`,
  });
  const trigger = (
    <AriaButton className="account-btn" aria-label={`${workspace.name}, ${t("shell.account")}`}>
      <Avatar name={workspace.name} />
      <span>
        <b>{workspace.name}</b>
        {t("shell.selfHosted", { version })}
      </span>
    </AriaButton>
  );
  const sections = [
    {
      title: t("shell.workspaces"),
      lines: [
        ...workspaces.map(toWorkspace),
        {
          id: "new workspace",
          label: t("shell.newWorkspace.title"),
          icon: "plus" as const,
          onAction: onNewWorkspace,
        },
      ],
    },
    {
      title: t("shell.signedInAs", { name: person?.name ?? "" }),
      lines: [
        {
          id: "you",
          label: t("settings.account.nav"),
          icon: "person" as const,
          href: `/${workspace.slug}/settings/account`,
        },
        {
          id: "shortcuts",
          label: t("shell.shortcuts.title"),
          icon: "keyboard" as const,
          onAction: onShortcuts,
        },
        {
          id: "sign-out",
          label: t("shell.signOut"),
          icon: "signOut" as const,
          onAction: () => void signOut(),
        },
      ],
    },
  ];
  return <Menu trigger={trigger} label={t("shell.account")} placement={placement} sections={sections} />;
}

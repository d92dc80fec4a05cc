import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { customerAddress } from "../identify/customers/customer-filter.ts";
import { foundQuery, nameOf } from "../identify/customers/customers-data.ts";
import { changeLanguage, languages, type Language } from "../i18n.ts";
import { useMayDo, useSession, useWorkspace } from "../session.ts";
import { CommandMenu, type Command } from "../ui/command-menu.tsx";
import { changeTheme } from "../ui/theme.ts";
import { useSignOut } from "./account-menu.tsx";
import { pages } from "./loop.ts";

const settingsPages = [
  "workspace",
  "members",
  "api-keys",
  "write-keys",
  "webhooks",
  "outbox",
  "account",
  "appearance",
] as const;
const navKey = {
  workspace: "workspace",
  members: "members",
  "api-keys": "keys",
  "write-keys": "writeKeys",
  webhooks: "webhooks",
  outbox: "outbox",
  account: "account",
  appearance: "appearance",
} as const;

interface Openers {
  onShortcuts: () => void;
  onNewWorkspace: () => void;
}

/** The command menu, filled with what this member can go to and do. */
export function Commands({
  isOpen,
  onClose,
  ...openers
}: {
  isOpen: boolean;
  onClose: () => void;
} & Openers) {
  const { t } = useTranslation();
  const goTo = useGoTo();
  const others = useOtherWorkspaces();
  const actions = useActions(openers);
  const [text, setText] = useState("");
  const found = useCustomers(text);
  const sections = [
    ...(found.length > 0 ? [{ title: t("shell.customers"), commands: found }] : []),
    { title: t("shell.commands.goTo"), commands: goTo },
    ...(others.length > 0 ? [{ title: t("shell.workspaces"), commands: others }] : []),
    { title: t("shell.commands.do"), commands: actions },
  ];
  return <CommandMenu isOpen={isOpen} onClose={onClose} sections={sections} onType={setText} />;
}

function useGoTo(): Command[] {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  return [
    ...pages.map(({ path, icon, key }) => ({
      id: path,
      label: t(`shell.${path}`),
      icon,
      keys: ["G", key.toUpperCase()],
      href: `/${slug}/${path}`,
    })),
    ...(["invitations", "unsubscribes"] as const).map((path) => ({
      id: path,
      label: t(`surveys.tabs.${path}`),
      detail: t("shell.surveys"),
      icon: "send" as const,
      href: `/${slug}/${path}`,
    })),
    ...settingsPages.map((page) => ({
      id: `settings-${page}`,
      label: t(`settings.${navKey[page]}.nav`),
      detail: t("shell.settings"),
      icon: "settings" as const,
      href: `/${slug}/settings/${page}`,
    })),
  ];
}

const mostFound = 6;
const patience = 200;

/** The customers that what is typed finds, by name, address or id. */
function useCustomers(text: string): Command[] {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const [settled, setSettled] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text.trim()), patience);
    return () => clearTimeout(timer);
  }, [text]);
  const { data = [] } = useQuery(foundQuery(slug, settled, mostFound));
  if (settled === "") return [];
  return data.map((customer) => ({
    id: `customer-${customer.id}`,
    label: nameOf(customer) ?? t("customers.anonymous"),
    detail: customer.account?.name ?? customer.email ?? "",
    // The server has found them by something that their name may not say.
    keywords: settled,
    icon: "person" as const,
    href: customerAddress(slug, customer.id),
  }));
}

function useOtherWorkspaces(): Command[] {
  const { slug } = useWorkspace();
  const { workspaces } = useSession();
  return workspaces
    .filter((workspace) => workspace.slug !== slug)
    .map((workspace) => ({
      id: `workspace-${workspace.slug}`,
      label: workspace.name,
      icon: "building",
      href: `/${workspace.slug}/overview`,
    }));
}

function useActions({ onShortcuts, onNewWorkspace }: Openers): Command[] {
  const { t, i18n } = useTranslation();
  const { slug } = useWorkspace();
  const mayImport = useMayDo("editor");
  const mayInvite = useMayDo("admin");
  const signOut = useSignOut();
  const otherLanguages = (Object.keys(languages) as Language[]).filter(
    (language) => language !== i18n.language,
  );
  return [
    ...(mayImport
      ? [
          {
            id: "do-survey",
            label: t("surveys.actions.create"),
            icon: "plus" as const,
            href: `/${slug}/surveys?new=1`,
          },
          {
            id: "do-import",
            label: t("shell.commands.importFile"),
            icon: "upload" as const,
            href: `/${slug}/import`,
          },
        ]
      : []),
    ...(mayInvite
      ? [
          {
            id: "do-invite",
            label: t("shell.commands.invite"),
            icon: "invite" as const,
            href: `/${slug}/settings/members?do=invite`,
          },
          {
            id: "do-key",
            label: t("shell.commands.apiKey"),
            icon: "key" as const,
            href: `/${slug}/settings/api-keys?do=create`,
          },
        ]
      : []),
    { id: "new workspace", label: t("shell.newWorkspace.title"), icon: "building", run: onNewWorkspace },
    { id: "light", label: t("shell.commands.themeLight"), icon: "sun", run: () => changeTheme("light") },
    { id: "dark", label: t("shell.commands.themeDark"), icon: "moon", run: () => changeTheme("dark") },
    {
      id: "system",
      label: t("shell.commands.themeSystem"),
      icon: "system",
      run: () => changeTheme("system"),
    },
    ...otherLanguages.map((language) => ({
      id: `language-${language}`,
      label: languages[language],
      detail: t("shell.language"),
      icon: "globe" as const,
      run: () => void changeLanguage(language),
    })),
    {
      id: "shortcuts",
      label: t("shell.commands.shortcuts"),
      icon: "keyboard",
      keys: ["?"],
      run: onShortcuts,
    },
    { id: "sign-out", label: t("shell.signOut"), icon: "signOut", run: () => void signOut() },
  ];
}

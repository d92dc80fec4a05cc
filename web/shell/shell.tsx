import { Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { OpenWorkspace, useSession, useWorkspace } from "../session.ts";
import { Catch, ErrorCard } from "../ui/states.tsx";
import { Card } from "../ui/card.tsx";
import { Commands } from "./commands.tsx";
import { useGoKeys } from "./go-keys.ts";
import { NewWorkspaceDialog } from "./new-workspace-dialog.tsx";
import { Rail, TabBar, TopBar } from "./navigation.tsx";
import { SampleBanner } from "./sample-banner.tsx";
import { ShortcutsDialog } from "./shortcuts-dialog.tsx";
import { useShellKeys } from "./shell-keys.ts";
import "./shell.css";

type Open = "commands" | "shortcuts" | "workspace" | undefined;

/** The frame around every page of a workspace: navigation, command menu, shortcuts, notices. */
export function Shell() {
  const { workspace: slug } = useParams({ from: "/$workspace" });
  const workspace = useSession().workspaces.find((workspace) => workspace.slug === slug);
  // Just deleted: for a moment the page is still here and its workspace is not.
  if (!workspace) return null;
  return (
    <OpenWorkspace value={workspace}>
      <Frame />
    </OpenWorkspace>
  );
}

function Frame() {
  const { t } = useTranslation();
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  useShellKeys({ onCommands: () => setOpen("commands"), onShortcuts: () => setOpen("shortcuts") });
  useGoKeys((path) => void navigate({ href: `/${workspace.slug}/${path}` }));
  const openers = {
    onSearch: () => setOpen("commands"),
    onShortcuts: () => setOpen("shortcuts"),
    onNewWorkspace: () => setOpen("workspace"),
  };
  return (
    <>
      <a className="skip" href="#main">
        {t("shell.skip")}
      </a>
      <div className="app">
        <Rail {...openers} />
        <div className="content">
          <TopBar {...openers} />
          {workspace.sample && <SampleBanner />}
          <main className="main" id="main" tabIndex={-1}>
            <div className="wrap" key={workspace.slug}>
              <Catch
                renderError={(error, retry) => (
                  <Card>
                    <ErrorCard title={t("ui.error.page")} error={error} onRetry={retry} />
                  </Card>
                )}
              >
                <Outlet />
              </Catch>
            </div>
          </main>
          <TabBar />
        </div>
      </div>
      <Commands isOpen={open === "commands"} onClose={close} {...openers} />
      <NewWorkspaceDialog isOpen={open === "workspace"} onClose={close} />
      <ShortcutsDialog isOpen={open === "shortcuts"} onClose={close} />
    </>
  );
}

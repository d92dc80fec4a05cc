import { Outlet, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../session.ts";
import { Catch, ErrorCard } from "../ui/states.tsx";
import { Card } from "../ui/card.tsx";
import { Commands } from "./commands.tsx";
import { useGoKeys } from "./go-keys.ts";
import { Rail, TabBar, TopBar } from "./navigation.tsx";
import { SampleBanner } from "./sample-banner.tsx";
import { ShortcutsDialog } from "./shortcuts-dialog.tsx";
import { useShellKeys } from "./shell-keys.ts";
import "./shell.css";

/** The frame around every page of a workspace: navigation, command menu, shortcuts, notices. */
export function Shell() {
  const { t } = useTranslation();
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const [open, setOpen] = useState<"commands" | "shortcuts" | undefined>();
  const close = () => setOpen(undefined);
  useShellKeys({ onCommands: () => setOpen("commands"), onShortcuts: () => setOpen("shortcuts") });
  useGoKeys((path) => void navigate({ href: `/${workspace.slug}/${path}` }));
  const search = () => setOpen("commands");
  return (
    <>
      <a className="skip" href="#main">
        {t("shell.skip")}
      </a>
      <div className="app">
        <Rail onSearch={search} onShortcuts={() => setOpen("shortcuts")} />
        <div className="content">
          <TopBar onSearch={search} onShortcuts={() => setOpen("shortcuts")} />
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
      <Commands isOpen={open === "commands"} onClose={close} onShortcuts={() => setOpen("shortcuts")} />
      <ShortcutsDialog isOpen={open === "shortcuts"} onClose={close} />
    </>
  );
}

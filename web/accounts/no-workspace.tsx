import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api } from "../api.ts";
import { queries } from "../queries.ts";
import { useSession } from "../session.ts";
import { Button, ButtonLink } from "../ui/button.tsx";
import { PublicFrame } from "./frame.tsx";

/** Signed in, but not a member of the workspace in the link, or of any: who can change that, and the way out. */
export function NoWorkspace() {
  const { t } = useTranslation();
  const { slug } = useSearch({ from: "/workspaces" });
  const { workspaces } = useSession();
  const navigate = useNavigate();
  const signOut = async () => {
    await api.api.auth["sign-out"].$post();
    queries.clear();
    await navigate({ to: "/sign-in" });
  };
  const isOther = slug !== undefined && workspaces.length > 0;
  return (
    <PublicFrame
      title={isOther ? t("shell.notMember.title", { slug }) : t("shell.noWorkspace.title")}
      lead={t(isOther ? "shell.notMember.body" : "shell.noWorkspace.body")}
    >
      <div className="form">
        {isOther && (
          <ButtonLink size="xl" variant="primary" href="/">
            {t("shell.notMember.action")}
          </ButtonLink>
        )}
        <Button size="xl" onPress={() => void signOut()}>
          {t("shell.signOut")}
        </Button>
      </div>
    </PublicFrame>
  );
}

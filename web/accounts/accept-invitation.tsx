import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ApiError, call } from "../api.ts";
import { refreshSession, type Role } from "../session.ts";
import { Button, ButtonLink } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Form, FormError } from "../ui/form.tsx";
import { ErrorCard, Ghost } from "../ui/states.tsx";
import { PublicFrame } from "./frame.tsx";
import { isShownAtFields, problemOf } from "./problems.ts";

/** What an invitation says about itself to whoever holds its link. */
interface Invitation {
  email: string;
  role: Role;
  workspace: { name: string; slug: string };
  inviter?: { name: string } | null;
  /** The address has an account here already: its password is asked for, no new one. */
  hasAccount?: boolean;
}

/** Joins a workspace by the link of an invitation. */
export function AcceptInvitation() {
  const { t } = useTranslation();
  const { token } = useParams({ from: "/invitation/$token" });
  const path = `/api/v1/member-invitations/by-token/${encodeURIComponent(token)}`;
  const invitation = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => call<Invitation>("GET", path),
  });
  if (invitation.isPending) {
    return (
      <PublicFrame title="Nines">
        <Ghost lines={[[30, "60%"], 44, 44, 44]} />
      </PublicFrame>
    );
  }
  if (invitation.isError) {
    const { error } = invitation;
    const isOver = error instanceof ApiError && error.status >= 400 && error.status < 500;
    return (
      <PublicFrame
        title={t("accounts.invitation.invalidTitle")}
        {...(isOver && { lead: t("accounts.invitation.invalid") })}
      >
        <div style={{ marginTop: 24 }}>
          {isOver ? (
            <ButtonLink size="xl" href="/">
              {t("accounts.forgot.back")}
            </ButtonLink>
          ) : (
            <ErrorCard error={error} onRetry={() => void invitation.refetch()} />
          )}
        </div>
      </PublicFrame>
    );
  }
  return <Accept invitation={invitation.data} path={`${path}/accept`} />;
}

function Accept({ invitation, path }: { invitation: Invitation; path: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { email, role, workspace, inviter, hasAccount = false } = invitation;
  const accept = useMutation({
    mutationFn: (values: Record<string, string>) => call("POST", path, values),
    onSuccess: async () => {
      await refreshSession();
      await navigate({ href: `/${workspace.slug}/overview` });
    },
  });
  const values = { email, role: t(`accounts.role.${role}`) };
  return (
    <PublicFrame
      title={t("accounts.invitation.title", { workspace: workspace.name })}
      lead={
        inviter
          ? t("accounts.invitation.lead", { ...values, inviter: inviter.name })
          : t("accounts.invitation.leadWithout", values)
      }
    >
      <Form onSubmit={(values) => accept.mutate(values)}>
        {hasAccount ? (
          <p className="muted">{t("accounts.invitation.existing")}</p>
        ) : (
          <TextField
            name="name"
            label={t("accounts.name")}
            error={problemOf(accept.error, "name")}
            autoComplete="name"
            isRequired
            autoFocus
          />
        )}
        <TextField
          name="password"
          type="password"
          label={t("accounts.password")}
          {...(!hasAccount && { hint: t("accounts.passwordHint"), minLength: 10 })}
          error={problemOf(accept.error, "password")}
          autoComplete={hasAccount ? "current-password" : "new-password"}
          isRequired
        />
        {!isShownAtFields(accept.error, ["name", "password"]) && <FormError error={accept.error} />}
        <Button size="xl" variant="primary" type="submit" isPending={accept.isPending}>
          {t("accounts.invitation.submit")}
        </Button>
      </Form>
    </PublicFrame>
  );
}

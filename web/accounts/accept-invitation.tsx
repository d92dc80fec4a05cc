import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import type { InferResponseType } from "hono/client";
import { useTranslation } from "react-i18next";
import { api, ApiError, read } from "../api.ts";
import type { Language } from "../i18n.ts";
import { refreshSession, useSession } from "../session.ts";
import { Button, ButtonLink } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Form, FormError } from "../ui/form.tsx";
import { ErrorCard, Ghost } from "../ui/states.tsx";
import { PublicFrame } from "./frame.tsx";
import { shortestPassword } from "./person.ts";
import { isShownAtFields, problemOf } from "./problems.ts";

const byToken = api.api.v1["member-invitations"]["by-token"][":token"];

/** What an invitation says about itself to whoever holds its link. */
type Invitation = InferResponseType<typeof byToken.$get, 200>;

/** Joins a workspace by the link of an invitation. */
export function AcceptInvitation() {
  const { t } = useTranslation();
  const { token } = useParams({ from: "/invitation/$token" });
  const invitation = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => read(byToken.$get({ param: { token } })),
  });
  if (invitation.isPending) {
    return (
      <PublicFrame title="Nines">
        <Ghost lines={[[30, "60%"], 44, 44, 44]} />
      </PublicFrame>
    );
  }
  if (invitation.isError) {
    return <Closed error={invitation.error} onRetry={() => void invitation.refetch()} />;
  }
  const { workspace, inviter, email, role } = invitation.data;
  return (
    <PublicFrame
      title={t("accounts.invitation.title", { workspace: workspace.name })}
      lead={t("accounts.invitation.lead", { inviter: inviter.name, email, role: t(`accounts.role.${role}`) })}
    >
      <Accept invitation={invitation.data} token={token} />
    </PublicFrame>
  );
}

function Closed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation();
  const isOver = error instanceof ApiError && error.status === 404;
  return (
    <PublicFrame
      title={t(isOver ? "accounts.invitation.invalidTitle" : "accounts.invitation.failedTitle")}
      {...(isOver && { lead: t("accounts.invitation.invalid") })}
    >
      <div className="form">
        {isOver ? (
          <ButtonLink size="xl" href="/">
            {t("accounts.invitation.elsewhere")}
          </ButtonLink>
        ) : (
          <ErrorCard error={error} onRetry={onRetry} />
        )}
      </div>
    </PublicFrame>
  );
}

/** Three ways in: already signed in, by the password of an account, or as somebody new. */
function Accept({ invitation, token }: { invitation: Invitation; token: string }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const { person } = useSession();
  const language = i18n.language as Language;
  const accept = useMutation({
    mutationFn: (values: Record<string, string>) =>
      read(byToken.accept.$post({ param: { token }, json: person ? {} : { ...values, language } })),
    onSuccess: async ({ workspace }) => {
      await refreshSession();
      await navigate({ href: `/${workspace.slug}/overview` });
    },
  });
  return (
    <Form onSubmit={(values) => accept.mutate(values)}>
      {person ? (
        <p className="muted">
          {t("accounts.invitation.signedIn", { name: person.name, email: person.email })}
        </p>
      ) : (
        <Account isNew={!invitation.hasAccount} error={accept.error} />
      )}
      {!isShownAtFields(accept.error, ["name", "password"]) && <FormError error={accept.error} />}
      <Button size="xl" variant="primary" type="submit" isPending={accept.isPending}>
        {t("accounts.invitation.submit")}
      </Button>
    </Form>
  );
}

function Account({ isNew, error }: { isNew: boolean; error: Error | null }) {
  const { t } = useTranslation();
  return (
    <>
      {isNew ? (
        <TextField
          name="name"
          label={t("accounts.name")}
          error={problemOf(error, "name")}
          autoComplete="name"
          isRequired
          autoFocus
        />
      ) : (
        <p className="muted">{t("accounts.invitation.existing")}</p>
      )}
      <TextField
        name="password"
        type="password"
        label={t("accounts.password")}
        {...(isNew && { hint: t("accounts.passwordHint"), minLength: shortestPassword })}
        error={problemOf(error, "password")}
        autoComplete={isNew ? "new-password" : "current-password"}
        isRequired
      />
    </>
  );
}

import { useMutation } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, ApiError, read } from "../api.ts";
import { useSession } from "../session.ts";
import { Button, ButtonLink, Link } from "../ui/button.tsx";
import { Form, FormError } from "../ui/form.tsx";
import { Alert } from "../ui/states.tsx";
import { PublicFrame } from "./frame.tsx";
import { EmailField, NewPasswordField, PublicForm } from "./public-form.tsx";

/** Without a token: asks for a link. With the token of such a link: takes the new password. */
export function ResetPassword() {
  const { token } = useSearch({ from: "/reset-password" });
  return token ? <Choose token={token} /> : <Request />;
}

/** Asks for a link. It never says whether the address has an account. */
function Request() {
  const { t } = useTranslation();
  const { mail } = useSession();
  const request = useMutation({
    mutationFn: ({ email = "" }: Record<string, string>) =>
      read(api.api.auth["request-password-reset"].$post({ json: { email } })),
  });
  return (
    <PublicFrame title={t("accounts.forgot.title")} lead={t("accounts.forgot.lead")}>
      {request.isSuccess ? (
        <div className="form" role="status">
          <Alert tone="pro" title={t("accounts.forgot.sent", { email: request.variables["email"] ?? "" })}>
            {mail === "outbox" ? t("accounts.forgot.outbox") : undefined}
          </Alert>
          <p>
            <Link href="/sign-in">{t("accounts.forgot.back")}</Link>
          </p>
        </div>
      ) : (
        <PublicForm
          onSubmit={(values) => request.mutate(values)}
          sending={request}
          submit={t("accounts.forgot.submit")}
          elsewhere={{ href: "/sign-in", label: t("accounts.forgot.back") }}
        >
          <EmailField autoFocus />
        </PublicForm>
      )}
    </PublicFrame>
  );
}

function Choose({ token }: { token: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const reset = useMutation({
    mutationFn: ({ password = "" }: Record<string, string>) =>
      read(api.api.auth["reset-password"].$post({ json: { token, newPassword: password } })),
    onSuccess: () => navigate({ href: "/sign-in?reset=done" }),
  });
  const isOver = reset.error instanceof ApiError && reset.error.details?.reason === "reset_token_closed";
  return (
    <PublicFrame title={t("accounts.reset.title")}>
      <Form onSubmit={(values) => reset.mutate(values)}>
        <NewPasswordField label={t("accounts.newPassword")} autoFocus />
        <FormError error={reset.error} />
        {isOver ? (
          <ButtonLink size="xl" variant="primary" href="/reset-password">
            {t("accounts.reset.again")}
          </ButtonLink>
        ) : (
          <Button size="xl" variant="primary" type="submit" isPending={reset.isPending}>
            {t("accounts.reset.submit")}
          </Button>
        )}
      </Form>
    </PublicFrame>
  );
}

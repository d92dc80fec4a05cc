import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { useSession } from "../session.ts";
import { Button, Link } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Form, FormError } from "../ui/form.tsx";
import { Alert } from "../ui/states.tsx";
import { PublicFrame } from "./frame.tsx";

/** Asks for a link by which a new password can be set. It never says whether the address has an account. */
export function ForgotPassword() {
  const { t } = useTranslation();
  const { mail } = useSession();
  const request = useMutation({
    mutationFn: ({ email }: Record<string, string>) =>
      call("POST", "/api/auth/request-password-reset", { email, redirectTo: "/reset-password" }),
  });
  return (
    <PublicFrame title={t("accounts.forgot.title")} lead={t("accounts.forgot.lead")}>
      {request.isSuccess ? (
        <div className="form" role="status">
          <Alert tone="pro" title={t("accounts.forgot.sent", { email: request.variables["email"] ?? "" })}>
            {mail === "outbox" ? t("accounts.forgot.outbox") : undefined}
          </Alert>
        </div>
      ) : (
        <Form onSubmit={(values) => request.mutate(values)}>
          <TextField
            name="email"
            type="email"
            label={t("accounts.email")}
            autoComplete="username"
            isRequired
            autoFocus
          />
          <FormError error={request.error} />
          <Button size="xl" variant="primary" type="submit" isPending={request.isPending}>
            {t("accounts.forgot.submit")}
          </Button>
        </Form>
      )}
      <p style={{ marginTop: 18 }}>
        <Link href="/sign-in">{t("accounts.forgot.back")}</Link>
      </p>
    </PublicFrame>
  );
}

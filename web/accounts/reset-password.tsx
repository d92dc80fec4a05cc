import { useMutation } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ApiError, call } from "../api.ts";
import { Button, ButtonLink } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Form, FormError } from "../ui/form.tsx";
import { PublicFrame } from "./frame.tsx";

/** Sets a new password by the link from the mail. */
export function ResetPassword() {
  const { t } = useTranslation();
  const { token, error } = useSearch({ from: "/reset-password" });
  const navigate = useNavigate();
  const reset = useMutation({
    mutationFn: ({ password }: Record<string, string>) =>
      call("POST", "/api/auth/reset-password", { newPassword: password, token }),
    onSuccess: () => navigate({ href: "/sign-in?reset=done" }),
  });
  const isExpired =
    !token ||
    Boolean(error) ||
    (reset.error instanceof ApiError && /token/i.test(`${reset.error.code} ${reset.error.message}`));
  if (isExpired) {
    return (
      <PublicFrame title={t("accounts.reset.title")} lead={t("accounts.reset.invalid")}>
        <p style={{ marginTop: 24 }}>
          <ButtonLink size="xl" variant="primary" href="/forgot-password">
            {t("accounts.reset.again")}
          </ButtonLink>
        </p>
      </PublicFrame>
    );
  }
  return (
    <PublicFrame title={t("accounts.reset.title")}>
      <Form onSubmit={(values) => reset.mutate(values)}>
        <TextField
          name="password"
          type="password"
          label={t("accounts.newPassword")}
          hint={t("accounts.passwordHint")}
          autoComplete="new-password"
          minLength={10}
          isRequired
          autoFocus
        />
        <FormError error={reset.error} />
        <Button size="xl" variant="primary" type="submit" isPending={reset.isPending}>
          {t("accounts.reset.submit")}
        </Button>
      </Form>
    </PublicFrame>
  );
}

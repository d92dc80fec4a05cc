import { useMutation } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, read } from "../api.ts";
import { homeOf, refreshSession } from "../session.ts";
import { Button, Link } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Form, FormError } from "../ui/form.tsx";
import { Alert } from "../ui/states.tsx";
import { PublicFrame } from "./frame.tsx";

/** Only an address inside this site may follow a sign-in. */
function safeTarget(to: string | undefined): string | undefined {
  return to?.startsWith("/") && !to.startsWith("//") && !to.startsWith("/\\") ? to : undefined;
}

/** Signs in and goes where the person wanted to go. */
export function SignIn() {
  const { t } = useTranslation();
  const { to, reset } = useSearch({ from: "/sign-in" });
  const navigate = useNavigate();
  const signIn = useMutation({
    mutationFn: ({ email = "", password = "" }: Record<string, string>) =>
      read(api.api.auth["sign-in"].email.$post({ json: { email, password } })),
    onSuccess: async () => {
      const session = await refreshSession();
      await navigate({ href: safeTarget(to) ?? homeOf(session) });
    },
  });
  return (
    <PublicFrame title={t("accounts.signIn.title")} footer={t("accounts.signIn.footer")}>
      <Form onSubmit={(values) => signIn.mutate(values)}>
        {reset && <Alert tone="pro" title={t("accounts.reset.done")} />}
        <TextField
          name="email"
          type="email"
          label={t("accounts.email")}
          autoComplete="username"
          isRequired
          autoFocus
        />
        <TextField
          name="password"
          type="password"
          label={t("accounts.password")}
          autoComplete="current-password"
          isRequired
        />
        <FormError error={signIn.error} />
        <Button size="xl" variant="primary" type="submit" isPending={signIn.isPending}>
          {t("accounts.signIn.submit")}
        </Button>
        <p>
          <Link href="/reset-password">{t("accounts.signIn.forgot")}</Link>
        </p>
      </Form>
    </PublicFrame>
  );
}

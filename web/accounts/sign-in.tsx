import { useMutation } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, read } from "../api.ts";
import { homeOf, refreshSession } from "../session.ts";
import { TextField } from "../ui/field.tsx";
import { Alert } from "../ui/states.tsx";
import { PublicFrame } from "./frame.tsx";
import { EmailField, PublicForm } from "./public-form.tsx";

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
      <PublicForm
        onSubmit={(values) => signIn.mutate(values)}
        sending={signIn}
        submit={t("accounts.signIn.submit")}
        elsewhere={{ href: "/reset-password", label: t("accounts.signIn.forgot") }}
      >
        {reset && <Alert tone="pro" title={t("accounts.reset.done")} />}
        <EmailField autoFocus />
        <TextField
          name="password"
          type="password"
          label={t("accounts.password")}
          autoComplete="current-password"
          isRequired
        />
      </PublicForm>
    </PublicFrame>
  );
}

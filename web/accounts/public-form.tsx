import type { ComponentProps, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button, Link } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Form, FormError } from "../ui/form.tsx";
import { shortestPassword } from "./person.ts";

/** A form on a page outside the shell: its fields, one button, and a link elsewhere. */
export function PublicForm({
  onSubmit,
  sending: { error, isPending },
  submit,
  elsewhere,
  children,
}: {
  onSubmit: (values: Record<string, string>) => void;
  sending: { error: unknown; isPending: boolean };
  submit: string;
  elsewhere: { href: string; label: string };
  children: ReactNode;
}) {
  return (
    <Form onSubmit={onSubmit}>
      {children}
      <FormError error={error} />
      <Button size="xl" variant="primary" type="submit" isPending={isPending}>
        {submit}
      </Button>
      <p>
        <Link href={elsewhere.href}>{elsewhere.label}</Link>
      </p>
    </Form>
  );
}

/** The address by which a person is known. */
export function EmailField(props: Pick<ComponentProps<typeof TextField>, "autoFocus" | "error">) {
  const { t } = useTranslation();
  return (
    <TextField
      name="email"
      type="email"
      label={t("accounts.email")}
      autoComplete="username"
      isRequired
      {...props}
    />
  );
}

/** A password that somebody chooses. */
export function NewPasswordField({
  label,
  ...props
}: { label: string } & Pick<ComponentProps<typeof TextField>, "autoFocus" | "error" | "name">) {
  const { t } = useTranslation();
  return (
    <TextField
      name="password"
      type="password"
      label={label}
      hint={t("accounts.passwordHint")}
      autoComplete="new-password"
      minLength={shortestPassword}
      isRequired
      {...props}
    />
  );
}

import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../accounts/problems.ts";
import { NewPasswordField } from "../accounts/public-form.tsx";
import { api, ApiError, read } from "../api.ts";
import { queries } from "../queries.ts";
import { homeOf, refreshSession, useSession, useWorkspace, type Session } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { Card, Note } from "../ui/card.tsx";
import { Confirm } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { Form, FormError } from "../ui/form.tsx";
import { ErrorCard, Ghost, useErrorSentence } from "../ui/states.tsx";
import { toast } from "../ui/toast.tsx";

type Person = NonNullable<Session["person"]>;

/** Who is signed in: their name and e-mail, their password, and the way out of the workspace. */
export function AccountPage() {
  const { t } = useTranslation();
  const { person } = useSession();
  const { role } = useWorkspace();
  // Just left: for a moment the page is still here and nobody is signed in.
  if (!person) return null;
  return (
    <>
      <Card title={t("settings.account.title")}>
        <dl className="facts">
          <dt>{t("settings.account.name")}</dt>
          <dd>{person.name}</dd>
          <dt>{t("accounts.email")}</dt>
          <dd>{person.email}</dd>
          <dt>{t("settings.members.role")}</dt>
          <dd>{t(`settings.members.roles.${role}`)}</dd>
        </dl>
      </Card>
      <ChangePassword person={person} />
      <LeaveWorkspace person={person} />
    </>
  );
}

function ChangePassword({ person }: { person: Person }) {
  const { t } = useTranslation();
  const sentence = useErrorSentence();
  const [times, setTimes] = useState(0);
  const change = useMutation({
    mutationFn: ({ currentPassword = "", newPassword = "" }: Record<string, string>) =>
      read(api.api.auth["change-password"].$post({ json: { currentPassword, newPassword } })),
    onSuccess: () => {
      // A form drawn anew is an empty one.
      setTimes(times + 1);
      toast({ message: t("settings.account.passwordChanged") });
    },
  });
  const { error } = change;
  const isWrong = error instanceof ApiError && error.details?.reason === "wrong_password";
  const tooShort = problemOf(error, "newPassword");
  return (
    <Card title={t("settings.account.password")} sub={t("settings.account.passwordSub")}>
      <Form key={times} onSubmit={(values) => change.mutate(values)}>
        {/* Password managers look for the name that belongs to the password. */}
        <input
          className="sr"
          autoComplete="username"
          value={person.email}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <TextField
          name="currentPassword"
          type="password"
          label={t("settings.account.currentPassword")}
          error={isWrong ? sentence(error) : undefined}
          autoComplete="current-password"
          isRequired
        />
        <NewPasswordField name="newPassword" label={t("accounts.newPassword")} error={tooShort} />
        {!isWrong && tooShort === undefined && <FormError error={error} />}
        <div className="form-foot">
          <Button variant="primary" type="submit" isPending={change.isPending}>
            {t("settings.account.changePassword")}
          </Button>
        </div>
      </Form>
    </Card>
  );
}

function LeaveWorkspace({ person }: { person: Person }) {
  const { t } = useTranslation();
  const { slug, name } = useWorkspace();
  const members = useQuery({
    queryKey: [slug, "members"],
    queryFn: () => read(api.api.v1.members.$get()),
  });
  const owners = members.data?.members.filter(({ role }) => role === "owner") ?? [];
  const isOnlyOwner = owners.length === 1 && owners[0]?.id === person.id;
  return (
    <Card title={t("settings.account.leaveTitle", { name })}>
      {members.isPending && <Ghost lines={[[9, "70%"]]} />}
      {members.isError && (
        <ErrorCard
          title={t("settings.loadFailed")}
          error={members.error}
          onRetry={() => void members.refetch()}
        />
      )}
      {members.data &&
        (isOnlyOwner ? <Note>{t("settings.account.onlyOwner", { name })}</Note> : <Leave person={person} />)}
    </Card>
  );
}

function Leave({ person }: { person: Person }) {
  const { t } = useTranslation();
  const { name } = useWorkspace();
  const { workspaces } = useSession();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const leave = useMutation({
    mutationFn: () => api.api.v1.members[":id"].$delete({ param: { id: person.id } }),
    onSuccess: async () => {
      setOpen(false);
      const session = await refreshSession();
      await navigate({ href: homeOf(session) });
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
      toast({ message: t("settings.account.left", { name }) });
    },
  });
  const isLast = workspaces.length === 1;
  const consequence = t(isLast ? "settings.account.leaveLast" : "settings.account.leaveBody", { name });
  return (
    <>
      <p className="settings-lead">{consequence}</p>
      <Button danger onPress={() => setOpen(true)}>
        {t("settings.account.leaveAction", { name })}
      </Button>
      <Confirm
        title={t("settings.account.leaveConfirm", { name })}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        action={t("settings.account.leaveAction", { name })}
        isPending={leave.isPending}
        onConfirm={() => leave.mutate()}
      >
        <p className="muted">{consequence}</p>
        <FormError error={leave.error} />
      </Confirm>
    </>
  );
}

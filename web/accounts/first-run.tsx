import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, read } from "../api.ts";
import type { Language } from "../i18n.ts";
import { homeOf, refreshSession, useSession } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Form, FormError } from "../ui/form.tsx";
import { Icon } from "../ui/icons.tsx";
import { ProgressBar, ScoreChip } from "../ui/marks.tsx";
import { PublicFrame } from "./frame.tsx";
import { ownTimeZone } from "./person.ts";
import { isShownAtFields, problemOf } from "./problems.ts";
import { EmailField, NewPasswordField } from "./public-form.tsx";

function useEnter() {
  const navigate = useNavigate();
  return async () => {
    // The session says which workspace it is, so both doors end the same way.
    const session = await refreshSession();
    await navigate({ href: homeOf(session) });
  };
}

/** The page of a server nobody has signed in to yet: two doors. */
export function FirstRun() {
  const { t } = useTranslation();
  const [isOwn, setOwn] = useState(false);
  if (isOwn) return <Own onBack={() => setOwn(false)} />;
  return (
    <PublicFrame
      wide
      above={<SevensToNines />}
      title={t("accounts.firstRun.title")}
      lead={t("accounts.firstRun.lead")}
      footer={t("accounts.firstRun.footer")}
    >
      <div className="doors">
        <SampleDoor />
        <section className="card door">
          <Icon name="building" size={20} />
          <h2>{t("accounts.firstRun.own.title")}</h2>
          <p>{t("accounts.firstRun.own.body")}</p>
          <div className="door-end">
            <Button size="xl" onPress={() => setOwn(true)}>
              {t("accounts.firstRun.own.action")}
            </Button>
            <p className="note">{t("accounts.firstRun.own.note")}</p>
          </div>
        </section>
      </div>
    </PublicFrame>
  );
}

/** The promise of the product, in its own marks. */
function SevensToNines() {
  return (
    <div className="sevens-to-nines" aria-hidden="true">
      <ScoreChip score={7} large />
      <ScoreChip score={8} large />
      <Icon name="arrowRight" />
      <ScoreChip score={9} large />
    </div>
  );
}

function SampleDoor() {
  const { t } = useTranslation();
  const { setupTokenNeeded } = useSession();
  const enter = useEnter();
  const sample = useMutation({
    mutationFn: ({ setupToken }: Record<string, string>) =>
      read(api.api.v1["first-run"].sample.$post({ json: { setupToken } })),
    onSuccess: enter,
  });
  return (
    <section className="card door">
      <Icon name="tryIt" size={20} />
      <h2>{t("accounts.firstRun.sample.title")}</h2>
      <p>{t("accounts.firstRun.sample.body")}</p>
      <div className="door-end">
        {sample.isPending || sample.isSuccess ? (
          <ProgressBar label={t("accounts.firstRun.sample.loading")} />
        ) : (
          <Form onSubmit={(values) => sample.mutate(values)}>
            {setupTokenNeeded && <SetupToken error={problemOf(sample.error, "setupToken")} />}
            <FormError error={sample.error} />
            <Button size="xl" variant="primary" type="submit">
              {t("accounts.firstRun.sample.action")}
            </Button>
          </Form>
        )}
        <p className="note">{t("accounts.firstRun.sample.note")}</p>
      </div>
    </section>
  );
}

const fields = ["name", "email", "password", "workspaceName", "setupToken"];

function Own({ onBack }: { onBack: () => void }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language as Language;
  const { setupTokenNeeded } = useSession();
  const enter = useEnter();
  const own = useMutation({
    mutationFn: ({
      name = "",
      email = "",
      password = "",
      workspaceName = "",
      setupToken,
    }: Record<string, string>) =>
      read(
        api.api.v1["first-run"].own.$post({
          json: { name, email, password, workspaceName, setupToken, language, timeZone: ownTimeZone() },
        }),
      ),
    onSuccess: enter,
  });
  return (
    <PublicFrame
      title={t("accounts.firstRun.own.title")}
      lead={t("accounts.firstRun.own.body")}
      footer={t("accounts.firstRun.footer")}
    >
      <Form onSubmit={(values) => own.mutate(values)}>
        <TextField
          name="workspaceName"
          label={t("accounts.firstRun.own.workspaceName")}
          hint={t("accounts.firstRun.own.workspaceHint")}
          error={problemOf(own.error, "workspaceName")}
          autoComplete="organization"
          isRequired
          autoFocus
        />
        <TextField
          name="name"
          label={t("accounts.name")}
          error={problemOf(own.error, "name")}
          autoComplete="name"
          isRequired
        />
        <EmailField error={problemOf(own.error, "email")} />
        <NewPasswordField label={t("accounts.password")} error={problemOf(own.error, "password")} />
        {setupTokenNeeded && <SetupToken error={problemOf(own.error, "setupToken")} />}
        {!isShownAtFields(own.error, fields) && <FormError error={own.error} />}
        <Button size="xl" variant="primary" type="submit" isPending={own.isPending}>
          {t("accounts.firstRun.own.submit")}
        </Button>
        <Button variant="quiet" onPress={onBack}>
          {t("accounts.firstRun.own.back")}
        </Button>
      </Form>
    </PublicFrame>
  );
}

function SetupToken({ error }: { error: string | undefined }) {
  const { t } = useTranslation();
  return (
    <TextField
      name="setupToken"
      label={t("accounts.firstRun.own.setupToken")}
      hint={t("accounts.firstRun.own.setupHint")}
      error={error}
      autoComplete="off"
      isRequired
    />
  );
}

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { CheckboxGroup, Label } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { isShownAtFields, problemOf } from "../accounts/problems.ts";
import { api, read } from "../api.ts";
import { type Language, languages } from "../i18n.ts";
import { queries } from "../queries.ts";
import { useWorkspace } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { Checkbox, RadioGroup, Select } from "../ui/choice.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { Form, FormError } from "../ui/form.tsx";
import { eventWords } from "./event-words.ts";

const all = ["response.detractor", "case.opened", "case.closed"] as const;
type Told = (typeof all)[number];
type Kind = "email" | "slack";

/** Adds an address or a Slack channel. */
export function CreateReceiverDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const { slug } = useWorkspace();
  const [kind, setKind] = useState<Kind>("email");
  const [events, setEvents] = useState<Told[]>(["response.detractor", "case.opened"]);
  const [language, setLanguage] = useState<Language>(i18n.language as Language);
  const create = useMutation({
    mutationFn: ({ name = "", address = "" }: Record<string, string>) =>
      read(api.api.v1.receivers.$post({ json: { kind, name, address, events, language } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [slug, "receivers"] });
      leave();
    },
  });
  const leave = () => {
    create.reset();
    onClose();
  };
  return (
    <Dialog title={t("alerts.receivers.create")} isOpen={isOpen} onClose={leave}>
      <Form onSubmit={(values) => create.mutate(values)}>
        <RadioGroup<Kind>
          label={t("alerts.receivers.kind")}
          value={kind}
          onChange={setKind}
          options={(["email", "slack"] as const).map((id) => ({ id, label: t(`alerts.kinds.${id}`) }))}
        />
        <TextField
          name="name"
          label={t("settings.keys.name")}
          hint={t("alerts.receivers.nameHint")}
          error={problemOf(create.error, "name")}
          autoComplete="off"
          isRequired
          autoFocus
        />
        <TextField
          key={kind}
          name="address"
          type={kind === "email" ? "email" : "url"}
          label={t(kind === "email" ? "alerts.receivers.email" : "alerts.receivers.slack")}
          hint={kind === "slack" && t("alerts.receivers.slackHint")}
          error={problemOf(create.error, "address")}
          autoComplete="off"
          isRequired
        />
        <CheckboxGroup className="field" value={events} onChange={(events) => setEvents(events as Told[])}>
          <Label className="lab">{t("settings.webhooks.toldOf")}</Label>
          <div className="checks">
            {all.map((event) => (
              <Checkbox key={event} value={event}>
                {t(`settings.webhooks.events.${eventWords(event)}`)}
              </Checkbox>
            ))}
          </div>
        </CheckboxGroup>
        <Select<Language>
          label={t("alerts.receivers.language")}
          value={language}
          onChange={setLanguage}
          options={(Object.keys(languages) as Language[]).map((id) => ({ id, label: languages[id] }))}
        />
        {!isShownAtFields(create.error, ["name", "address"]) && <FormError error={create.error} />}
        <div className="form-foot">
          <Button variant="primary" type="submit" isPending={create.isPending}>
            {t("alerts.receivers.submit")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

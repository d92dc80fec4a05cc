import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { CheckboxGroup, Label } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { isShownAtFields, problemOf } from "../accounts/problems.ts";
import { api, read } from "../api.ts";
import { queries } from "../queries.ts";
import { useWorkspace } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/choice.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { Form, FormError } from "../ui/form.tsx";
import { Secret } from "./secret.tsx";
import { eventWords } from "./event-words.ts";

const all = [
  "response.recorded",
  "response.changed",
  "case.opened",
  "case.closed",
  "play.entered",
  "customer.passive_started",
] as const;
type Told = (typeof all)[number];

/** Makes a webhook and shows its secret, once. */
export function CreateWebhookDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const [events, setEvents] = useState<Told[]>(["response.recorded", "response.changed"]);
  const create = useMutation({
    mutationFn: ({ name = "", url = "" }: Record<string, string>) =>
      read(api.api.v1.webhooks.$post({ json: { name, url, events } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: [slug, "webhooks"] }),
  });
  const leave = () => {
    create.reset();
    onClose();
  };
  if (create.data) {
    return (
      <Dialog
        title={t("settings.webhooks.secretTitle")}
        isOpen={isOpen}
        onClose={leave}
        foot={
          <Button variant="primary" onPress={leave}>
            {t("settings.webhooks.done")}
          </Button>
        }
      >
        <p className="muted">{t("settings.webhooks.secretBody")}</p>
        <Secret text={create.data.secret} action={t("settings.webhooks.copySecret")} />
      </Dialog>
    );
  }
  return (
    <Dialog title={t("settings.webhooks.create")} isOpen={isOpen} onClose={leave}>
      <Form onSubmit={(values) => events.length > 0 && create.mutate(values)}>
        <TextField
          name="name"
          label={t("settings.keys.name")}
          hint={t("settings.webhooks.nameHint")}
          error={problemOf(create.error, "name")}
          autoComplete="off"
          isRequired
          autoFocus
        />
        <TextField
          name="url"
          label={t("settings.webhooks.url")}
          hint={t("settings.webhooks.urlHint")}
          error={problemOf(create.error, "url")}
          autoComplete="off"
          isRequired
        />
        <CheckboxGroup className="field" value={events} onChange={(events) => setEvents(events as Told[])}>
          <Label className="lab">{t("settings.webhooks.toldOf")}</Label>
          <div className="checks">
            {all.map((event) => (
              <Checkbox key={event} value={event} detail={<span className="mono">{event}</span>}>
                {t(`settings.webhooks.events.${eventWords(event)}`)}
              </Checkbox>
            ))}
          </div>
          {events.length === 0 && (
            <span className="field-error" role="alert">
              {t("settings.webhooks.eventMissing")}
            </span>
          )}
        </CheckboxGroup>
        {!isShownAtFields(create.error, ["name", "url"]) && <FormError error={create.error} />}
        <div className="form-foot">
          <Button variant="primary" type="submit" isPending={create.isPending}>
            {t("settings.webhooks.submit")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../../session.ts";
import { Link } from "../../../ui/button.tsx";
import { Select } from "../../../ui/choice.tsx";
import type { StepOf } from "../steps/step-ways.ts";
import { usePlayEditing } from "./play-editing.ts";
import { PlayField, PlayProblemNote } from "./play-field.tsx";
import { useVariables } from "./variables.ts";

/** A message into a channel of the team. */
export function SlackForm({ step, set }: { step: StepOf<"slack">; set: (step: StepOf<"slack">) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Receiver step={step} onChange={(receiver) => set({ ...step, receiver })} />
      <PlayField
        label={t("plays.tell.text")}
        path={`steps.${step.id}.text`}
        value={step.text}
        rows={3}
        variables={useVariables(step)}
        onChange={(text) => set({ ...step, text })}
      />
    </>
  );
}

/** A program that is told. */
export function WebhookForm({
  step,
  set,
}: {
  step: StepOf<"webhook">;
  set: (step: StepOf<"webhook">) => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      <Receiver step={step} onChange={(receiver) => set({ ...step, receiver })} />
      <p className="note">{t("plays.tell.webhook")}</p>
    </>
  );
}

function Receiver({ step, onChange }: { step: StepOf<"slack" | "webhook">; onChange: (id: string) => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { choices } = usePlayEditing();
  const fitting = choices.receivers.filter(({ kind }) => kind === step.kind);
  return (
    <div data-path={`steps.${step.id}.receiver`}>
      <Select
        label={t(`plays.tell.${step.kind}To`)}
        value={step.receiver || null}
        placeholder={t("plays.steps.choose")}
        options={fitting.map(({ id, name }) => ({ id, label: name }))}
        onChange={onChange}
      />
      {fitting.length === 0 && (
        <p className="hint">
          {t("plays.tell.none")} <Link href={`/${slug}/settings/webhooks`}>{t("plays.tell.toSettings")}</Link>
        </p>
      )}
      <PlayProblemNote path={`steps.${step.id}.receiver`} />
    </div>
  );
}

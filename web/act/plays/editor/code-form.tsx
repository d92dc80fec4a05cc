import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../../session.ts";
import { Link } from "../../../ui/button.tsx";
import { RadioGroup, Select } from "../../../ui/choice.tsx";
import { useFormat } from "../../../ui/format.ts";
import type { StepOf } from "../steps/step-ways.ts";
import { usePlayEditing } from "./play-editing.ts";
import { PlayProblemNote } from "./play-field.tsx";

const purposes = ["thanks", "answer", "offer", "review"] as const;

/** From which pool a code is handed out, for what, and what happens when none is left. */
export function CodeForm({ step, set }: { step: StepOf<"code">; set: (step: StepOf<"code">) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { slug } = useWorkspace();
  const { choices } = usePlayEditing();
  return (
    <>
      <div data-path={`steps.${step.id}.pool`}>
        <Select
          label={t("plays.code.pool")}
          value={step.pool || null}
          placeholder={t("plays.steps.choose")}
          options={choices.pools.map(({ id, name, free }) => ({
            id,
            label: name,
            detail: t("plays.code.free", { count: free, written: format.count(free) }),
          }))}
          onChange={(pool) => set({ ...step, pool })}
          hint={t("plays.code.hint")}
        />
        {choices.pools.length === 0 && (
          <p className="hint">
            {t("plays.code.none")} <Link href={`/${slug}/codes`}>{t("plays.code.toPools")}</Link>
          </p>
        )}
        <PlayProblemNote path={`steps.${step.id}.pool`} />
      </div>
      <RadioGroup
        label={t("plays.code.purpose")}
        value={step.purpose}
        options={purposes.map((id) => ({
          id,
          label: t(`plays.code.purposes.${id}`),
          detail: t(`plays.code.purposeDetails.${id}`),
        }))}
        onChange={(purpose) => set({ ...step, purpose })}
      />
      <RadioGroup
        label={t("plays.code.whenEmpty")}
        value={step.whenEmpty}
        options={(["wait", "skip"] as const).map((id) => ({ id, label: t(`plays.code.empty.${id}`) }))}
        onChange={(whenEmpty) => set({ ...step, whenEmpty })}
      />
    </>
  );
}

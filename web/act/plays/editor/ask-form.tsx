import { useTranslation } from "react-i18next";
import { SettingRow } from "../../../collect/editor/part.tsx";
import { Stepper } from "../../../collect/editor/stepper.tsx";
import { Select } from "../../../ui/choice.tsx";
import type { StepOf } from "../steps/step-ways.ts";
import { usePlayEditing } from "./play-editing.ts";
import { PlayProblemNote } from "./play-field.tsx";

/** Which survey asks everybody who entered, and on which day. */
export function AskForm({ step, set }: { step: StepOf<"ask">; set: (step: StepOf<"ask">) => void }) {
  const { t } = useTranslation();
  const { choices } = usePlayEditing();
  return (
    <>
      <p className="note">{t("plays.ask.lead")}</p>
      <div data-path={`steps.${step.id}.survey`}>
        <Select
          label={t("plays.ask.survey")}
          value={step.survey || null}
          placeholder={t("plays.steps.choose")}
          options={choices.surveys
            .filter(({ state, id }) => state !== "archived" || id === step.survey)
            .map(({ id, name, state }) =>
              state === "live"
                ? { id, label: name }
                : { id, label: name, detail: t(`surveys.states.${state}`) },
            )}
          onChange={(survey) => set({ ...step, survey })}
        />
        <PlayProblemNote path={`steps.${step.id}.survey`} />
      </div>
      <SettingRow
        title={t("plays.ask.day")}
        detail={t("plays.ask.dayDetail")}
        control={
          <Stepper
            label={t("plays.ask.day")}
            unit={t("editor.days")}
            value={step.day}
            min={1}
            max={365}
            onChange={(day) => day !== null && set({ ...step, day })}
          />
        }
      >
        <PlayProblemNote path={`steps.${step.id}.day`} />
      </SettingRow>
    </>
  );
}

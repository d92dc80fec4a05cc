import { useTranslation } from "react-i18next";
import { SettingRow } from "../../../collect/editor/part.tsx";
import { Stepper } from "../../../collect/editor/stepper.tsx";
import { Select } from "../../../ui/choice.tsx";
import type { StepOf } from "../steps/step-ways.ts";
import { usePlayEditing } from "./play-editing.ts";
import { PlayField, PlayProblemNote } from "./play-field.tsx";
import { useVariables } from "./variables.ts";

/** What a member is to do, who, and until when. */
export function TaskForm({ step, set }: { step: StepOf<"task">; set: (step: StepOf<"task">) => void }) {
  const { t } = useTranslation();
  const { choices } = usePlayEditing();
  const variables = useVariables(step);
  const { owner } = step;
  return (
    <>
      <PlayField
        label={t("plays.task.title")}
        path={`steps.${step.id}.title`}
        value={step.title}
        variables={variables}
        onChange={(title) => set({ ...step, title })}
      />
      <PlayField
        label={t("plays.task.note")}
        path={`steps.${step.id}.note`}
        value={step.note ?? ""}
        rows={2}
        variables={variables}
        onChange={(note) => set({ ...step, note: note.trim() === "" ? null : note })}
      />
      <Select
        label={t("plays.task.owner")}
        value={owner.kind === "person" ? owner.person : `${owner.kind}…`}
        options={[
          { id: "in_turn…", label: t("plays.task.inTurn") },
          { id: "account_owner…", label: t("plays.task.accountOwner") },
          ...choices.members.map(({ id, name }) => ({ id, label: name })),
        ]}
        onChange={(id) =>
          set({
            ...step,
            owner:
              id === "in_turn…"
                ? { kind: "in_turn" }
                : id === "account_owner…"
                  ? { kind: "account_owner" }
                  : { kind: "person", person: id },
          })
        }
      />
      <PlayProblemNote path={`steps.${step.id}.owner`} />
      <SettingRow
        title={t("plays.task.hours")}
        detail={t("plays.task.hoursDetail")}
        control={
          <Stepper
            label={t("plays.task.hours")}
            unit={t("editor.hours")}
            value={step.hours}
            min={1}
            max={24 * 90}
            onChange={(hours) => hours !== null && set({ ...step, hours })}
          />
        }
      />
    </>
  );
}

import { useTranslation } from "react-i18next";
import { Stepper } from "../../../collect/editor/stepper.tsx";
import { SettingRow } from "../../../collect/editor/part.tsx";
import { Select } from "../../../ui/choice.tsx";
import type { StepOf } from "../steps/step-ways.ts";
import { CategoriesField } from "./categories-field.tsx";
import { FilterField, newFilter } from "./filter-field.tsx";
import { PlayProblemNote } from "./play-field.tsx";
import { EventField } from "./wait-form.tsx";

type Branch = StepOf<"branch">;
const kinds = ["answered", "answer", "event", "customer", "share"] as const;

/** By what a branch decides. */
export function BranchForm({ step, set }: { step: Branch; set: (step: Branch) => void }) {
  const { t } = useTranslation();
  const { when } = step;
  const fresh: { [K in (typeof kinds)[number]]: () => Branch["when"] } = {
    answered: () => ({ kind: "answered" }),
    answer: () => ({ kind: "answer", categories: ["passive"] }),
    event: () => ({ kind: "event", event: "" }),
    customer: () => ({ kind: "customer", filter: newFilter() }),
    share: () => ({ kind: "share", share: 0.5 }),
  };
  return (
    <>
      <Select
        label={t("plays.branch.by")}
        value={when.kind}
        options={kinds.map((id) => ({ id, label: t(`plays.branch.kinds.${id}`) }))}
        onChange={(kind) => set({ ...step, when: fresh[kind]() })}
        hint={t(`plays.branch.hints.${when.kind}`)}
      />
      {when.kind === "answer" && (
        <CategoriesField
          value={when.categories}
          onChange={(categories) => categories && set({ ...step, when: { ...when, categories } })}
        />
      )}
      {when.kind === "event" && (
        <EventField
          path={`steps.${step.id}.when.event`}
          value={when.event}
          onChange={(event) => set({ ...step, when: { ...when, event } })}
        />
      )}
      {when.kind === "customer" && (
        <FilterField
          filter={when.filter}
          onChange={(filter) => set({ ...step, when: { ...when, filter } })}
        />
      )}
      {when.kind === "share" && (
        <SettingRow
          title={t("plays.branch.share")}
          control={
            <Stepper
              label={t("plays.branch.share")}
              unit={t("editor.when.percent")}
              value={Math.round(100 * when.share)}
              min={1}
              max={99}
              onChange={(percent) => percent && set({ ...step, when: { ...when, share: percent / 100 } })}
            />
          }
        />
      )}
      <PlayProblemNote path={`steps.${step.id}.when.filter`} />
    </>
  );
}

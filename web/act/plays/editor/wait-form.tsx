import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { SettingRow } from "../../../collect/editor/part.tsx";
import { Stepper } from "../../../collect/editor/stepper.tsx";
import { RadioGroup, Switch, Tabs } from "../../../ui/choice.tsx";
import type { StepOf } from "../steps/step-ways.ts";
import { CategoriesField } from "./categories-field.tsx";
import { usePlayEditing } from "./play-editing.ts";
import { PlayField } from "./play-field.tsx";

type Wait = StepOf<"wait">;

/** How long, and what ends the wait before. */
export function WaitForm({ step, set }: { step: Wait; set: (step: Wait) => void }) {
  const { t } = useTranslation();
  const [unit, setUnit] = useState<"hours" | "days">(step.hours % 24 === 0 ? "days" : "hours");
  const each = unit === "days" ? 24 : 1;
  const { until } = step;
  const { otherwise, ...oneWay } = step;
  const fresh = {
    time: null,
    answer: { kind: "answer" as const, categories: null },
    event: { kind: "event" as const, event: "" },
  };
  return (
    <>
      <SettingRow
        title={t("plays.wait.time")}
        control={
          <span className="steppers">
            <Stepper
              label={t("plays.wait.time")}
              unit={t(`editor.${unit}`)}
              value={Math.max(1, Math.round(step.hours / each))}
              min={1}
              max={(24 * 365) / each}
              onChange={(count) => count !== null && set({ ...step, hours: count * each })}
            />
            <Tabs
              label={t("plays.wait.unit")}
              value={unit}
              options={(["hours", "days"] as const).map((id) => ({ id, label: t(`editor.${id}`) }))}
              onChange={(next) => {
                setUnit(next);
                if (next === "days") set({ ...step, hours: 24 * Math.max(1, Math.round(step.hours / 24)) });
              }}
            />
          </span>
        }
      />
      <RadioGroup
        label={t("plays.wait.until")}
        value={until?.kind ?? "time"}
        options={(["time", "answer", "event"] as const).map((id) => ({
          id,
          label: t(`plays.wait.untils.${id}`),
        }))}
        onChange={(kind) => set({ ...oneWay, until: fresh[kind] })}
      />
      {until?.kind === "answer" && (
        <CategoriesField
          value={until.categories}
          isOptional
          onChange={(categories) => set({ ...step, until: { ...until, categories } })}
        />
      )}
      {until?.kind === "event" && (
        <EventField
          path={`steps.${step.id}.until.event`}
          value={until.event}
          onChange={(event) => set({ ...step, until: { ...until, event } })}
        />
      )}
      {until !== null && (
        <SettingRow
          title={t("plays.wait.divides")}
          detail={t("plays.wait.dividesDetail")}
          control={
            <Switch
              aria-label={t("plays.wait.divides")}
              isSelected={otherwise !== undefined}
              onChange={(on) => set(on ? { ...step, otherwise: step.next } : oneWay)}
            >
              {null}
            </Switch>
          }
        />
      )}
    </>
  );
}

/** The name of an event; those that are known are offered. */
export function EventField({
  path,
  value,
  onChange,
}: {
  path: string;
  value: string;
  onChange: (event: string) => void;
}) {
  const { t } = useTranslation();
  const { choices } = usePlayEditing();
  const list = useId();
  return (
    <>
      <PlayField label={t("plays.steps.event")} path={path} value={value} onChange={onChange} list={list} />
      <datalist id={list}>
        {choices.events.slice(0, 200).map((name) => (
          <option key={name}>{name}</option>
        ))}
      </datalist>
    </>
  );
}

import { useId } from "react";
import { Input, NumberField } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { typedValue } from "../../collect/editor/rule.ts";
import { Pick } from "../../ui/pick.tsx";
import { countsDays } from "./condition-forms.ts";
import type { PropsOf } from "./control-props.ts";
import { textOf } from "./filter-model.ts";
import { useLookups } from "./lookups.ts";

/** The name of a trait or an event; those that are known are offered. */
export function Name({ condition, control: { field }, number, onChange }: PropsOf<"name">) {
  const { t } = useTranslation();
  const { traits, events } = useLookups();
  const list = useId();
  const known = field === "event" ? events : condition.kind === "trait" ? traits.map(({ name }) => name) : [];
  return (
    <>
      <input
        className="sg-text"
        aria-label={t("segments.row.name", { number })}
        placeholder={t(`segments.choose.${field}`)}
        list={list}
        value={textOf(condition[field])}
        maxLength={field === "trait" ? 100 : 200}
        onChange={({ target }) => onChange({ ...condition, [field]: target.value })}
      />
      <datalist id={list}>
        {known.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </datalist>
    </>
  );
}

/** What a text, a number or a day is compared with. */
export function Value({ condition, number, onChange }: PropsOf<"value">) {
  const { t } = useTranslation();
  const { traits } = useLookups();
  const list = useId();
  const { is, value, days } = condition;
  if (is === "set" || is === "not_set") return null;
  if (countsDays(is)) {
    return <Days {...{ number, days }} onChange={(next) => onChange({ ...condition, days: next })} />;
  }
  const examples =
    condition.kind === "trait" ? (traits.find(({ name }) => name === condition["trait"])?.values ?? []) : [];
  const isList = is === "one_of" || is === "none_of";
  const read = (text: string) => (is === "contains" ? text : typedValue(text, is as "equal", examples));
  const readList = (text: string) =>
    text
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean)
      .map(read);
  return (
    <>
      <input
        className="sg-text"
        aria-label={t("segments.row.value", { number })}
        placeholder={t(isList ? "segments.choose.list" : "segments.choose.value")}
        list={list}
        // What is typed is not what is kept: "12," is a list that goes on.
        key={isList ? "list" : "one"}
        defaultValue={Array.isArray(value) ? value.map(textOf).join(", ") : textOf(value)}
        onChange={({ target }) =>
          onChange({ ...condition, value: isList ? readList(target.value) : read(target.value) })
        }
      />
      <datalist id={list}>
        {examples.map((example) => (
          <option key={String(example)}>{String(example)}</option>
        ))}
      </datalist>
    </>
  );
}

/** A number with its unit. */
export function NumberBox({
  label,
  unit,
  value,
  min,
  max,
  step = 1,
  onChange,
}: {
  label: string;
  unit?: string | undefined;
  value: unknown;
  min?: number | undefined;
  max?: number | undefined;
  step?: number | undefined;
  onChange: (value: number | undefined) => void;
}) {
  return (
    <NumberField
      className="sg-num"
      aria-label={unit ? `${label} (${unit})` : label}
      value={typeof value === "number" ? value : Number.NaN}
      {...(min !== undefined && { minValue: min })}
      {...(max !== undefined && { maxValue: max })}
      // Arrow keys go by steps; anything between can be typed.
      formatOptions={{ maximumFractionDigits: step === 1 ? 0 : 2 }}
      onChange={(next) => onChange(Number.isNaN(next) ? undefined : next)}
    >
      <Input />
      {unit && <span>{unit}</span>}
    </NumberField>
  );
}

function Days({
  number,
  days,
  onChange,
}: {
  number: string;
  days: unknown;
  onChange: (days: number | undefined) => void;
}) {
  const { t } = useTranslation();
  return (
    <NumberBox
      label={t("segments.row.days", { number })}
      unit={t("segments.units.days")}
      value={days}
      min={1}
      max={3_650}
      onChange={onChange}
    />
  );
}

/** So many days, or a day. */
export function Moment({ condition, number, onChange }: PropsOf<"moment">) {
  const { t } = useTranslation();
  const { is, days, day } = condition;
  if (countsDays(is))
    return <Days {...{ number, days }} onChange={(next) => onChange({ ...condition, days: next })} />;
  if (is === "set" || is === "not_set") return null;
  return (
    <input
      type="date"
      className="sg-text"
      aria-label={t("segments.row.value", { number })}
      value={textOf(day)}
      onChange={({ target }) => onChange({ ...condition, day: target.value || undefined })}
    />
  );
}

/** Ever, or in the last days. */
export function Within({ condition, number, onChange }: PropsOf<"within">) {
  const { t } = useTranslation();
  const { days, ...rest } = condition;
  return (
    <>
      <Pick
        label={t("segments.row.within", { number })}
        sections={[
          {
            title: "",
            options: (["ever", "days"] as const).map((id) => ({ id, label: t(`segments.within.${id}`) })),
          },
        ]}
        value={days === undefined ? "ever" : "days"}
        onChange={(id) => onChange(id === "ever" ? rest : { ...condition, days: 30 })}
      />
      {days !== undefined && (
        // Emptied, it stays until another number is typed, for without days it would be "ever".
        <Days {...{ number, days }} onChange={(next) => onChange({ ...condition, days: next ?? days })} />
      )}
    </>
  );
}

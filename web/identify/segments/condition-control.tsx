import { useId } from "react";
import { Input, NumberField } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { typedValue } from "../../collect/editor/rule.ts";
import { Pick, PickSome } from "../../ui/pick.tsx";
import { choices, comparisons, type Control, countsDays, withComparison } from "./condition-forms.ts";
import { choiceName, comparisonName, orList } from "./describe.ts";
import { type DraftCondition, textOf } from "./filter-model.ts";
import { useLookups } from "./lookups.ts";

interface ControlProps<One extends Control = Control> {
  condition: DraftCondition;
  control: One;
  number: string;
  onChange: (condition: DraftCondition) => void;
}

type Of<Type extends Control["type"]> = ControlProps<Extract<Control, { type: Type }>>;

/** One place of a condition's sentence. */
export function ConditionControl({ condition, control, number, onChange }: ControlProps) {
  const { t } = useTranslation();
  const set = (changes: object) => onChange({ ...condition, ...changes });
  switch (control.type) {
    case "name":
      return <Name {...{ condition, control, number, onChange }} />;
    case "is":
      return (
        <Pick
          label={t("segments.row.how", { number })}
          sections={[
            {
              title: "",
              options: comparisons[control.words].map((id: string) => ({
                id,
                label: comparisonName(t, control.words, id),
              })),
            },
          ]}
          value={textOf(condition["is"])}
          onChange={(is) => onChange(withComparison(condition, is))}
        />
      );
    case "exists":
      return (
        <Pick
          label={t("segments.row.how", { number })}
          sections={[
            {
              title: "",
              options: [
                { id: "yes", label: t("segments.exists.yes") },
                { id: "no", label: t("segments.exists.no") },
              ],
            },
          ]}
          value={condition["is"] === false ? "no" : "yes"}
          onChange={(id) => set({ is: id === "yes" })}
        />
      );
    case "value":
      return <Value {...{ condition, control, number, onChange }} />;
    case "number":
      return (
        <NumberBox
          label={t("segments.row.value", { number })}
          unit={control.unit && t(`segments.units.${control.unit}`)}
          value={condition["value"]}
          min={control.min}
          max={control.max}
          step={control.step}
          onChange={(value) => set({ value })}
        />
      );
    case "moment":
      return <Moment {...{ condition, control, number, onChange }} />;
    case "choices":
      return <Choose {...{ condition, control, number, onChange }} />;
    case "survey":
      return <Survey {...{ condition, control, number, onChange }} />;
    case "surveys":
      return <Surveys {...{ condition, control, number, onChange }} />;
    case "segment":
      return <SegmentPick {...{ condition, control, number, onChange }} />;
    case "currency":
      return (
        <input
          className="sg-text short"
          aria-label={t("segments.row.currency", { number })}
          placeholder={t("segments.any.currency")}
          value={textOf(condition["currency"])}
          maxLength={10}
          onChange={({ target }) => set({ currency: target.value.trim() || undefined })}
        />
      );
    case "which":
      return (
        <Pick
          label={t("segments.row.which", { number })}
          sections={[
            {
              title: "",
              options: (["any", "last"] as const).map((id) => ({ id, label: t(`segments.which.${id}`) })),
            },
          ]}
          value={condition["which"] === "last" ? "last" : "any"}
          onChange={(which) => set({ which })}
        />
      );
    case "within":
      return <Within {...{ condition, control, number, onChange }} />;
    default:
      return <span className="sg-word">{t(`segments.words.${control.word}`)}</span>;
  }
}

function Name({ condition, control: { field }, number, onChange }: Of<"name">) {
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

function Value({ condition, number, onChange }: Of<"value">) {
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

function NumberBox({
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

function Moment({ condition, number, onChange }: Of<"moment">) {
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

function Choose({ condition, control: { field, of, isOptional }, number, onChange }: Of<"choices">) {
  const { t } = useTranslation();
  const chosen = Array.isArray(condition[field]) ? (condition[field] as string[]) : [];
  const label =
    field === "from" || field === "to"
      ? t(`segments.row.${field}`, { number })
      : t("segments.row.value", { number });
  const names = chosen.map((id) => choiceName(t, of, id));
  const none = isOptional ? t("segments.any.category") : t("segments.choose.some");
  return (
    <PickSome<string>
      label={label}
      options={choices[of].map((id: string) => ({ id, label: choiceName(t, of, id) }))}
      value={chosen}
      written={names.length > 0 ? orList(t, names) : none}
      onChange={(ids) =>
        onChange({ ...condition, [field]: isOptional && ids.length === 0 ? undefined : ids })
      }
    />
  );
}

const any = "any";

function Survey({ condition, number, onChange }: Of<"survey">) {
  const { t } = useTranslation();
  const { surveys } = useLookups();
  const chosen = condition["survey"] as string | undefined;
  // Where there is one survey, all answers are to it.
  if (surveys.length < 2 && chosen === undefined) return null;
  return (
    <Pick
      label={t("segments.row.survey", { number })}
      sections={[
        {
          title: "",
          options: [
            { id: any, label: t("segments.toSurvey", { survey: t("segments.any.survey") }) },
            ...surveys.map(({ id, name }) => ({ id, label: t("segments.toSurvey", { survey: name }) })),
          ],
        },
      ]}
      value={chosen ?? any}
      onChange={(id) => onChange({ ...condition, survey: id === any ? undefined : id })}
    />
  );
}

function Surveys({ condition, number, onChange }: Of<"surveys">) {
  const { t } = useTranslation();
  const { surveys } = useLookups();
  const chosen = Array.isArray(condition["value"]) ? (condition["value"] as string[]) : [];
  const names = surveys.filter(({ id }) => chosen.includes(id)).map(({ name }) => name);
  return (
    <PickSome<string>
      label={t("segments.row.survey", { number })}
      options={surveys.map(({ id, name }) => ({ id, label: name }))}
      value={chosen}
      written={names.length > 0 ? orList(t, names) : t("segments.choose.survey")}
      onChange={(value) => onChange({ ...condition, value })}
    />
  );
}

function SegmentPick({ condition, number, onChange }: Of<"segment">) {
  const { t } = useTranslation();
  const { segments } = useLookups();
  return (
    <Pick
      label={t("segments.row.value", { number })}
      sections={[{ title: "", options: segments.map(({ id, name }) => ({ id, label: name })) }]}
      placeholder={t("segments.choose.segment")}
      value={(condition["segment"] as string | undefined) ?? null}
      onChange={(segment) => onChange({ ...condition, segment })}
    />
  );
}

function Within({ condition, number, onChange }: Of<"within">) {
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

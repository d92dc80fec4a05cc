import { useTranslation } from "react-i18next";
import { Pick, PickSome } from "../../ui/pick.tsx";
import { choices } from "./condition-forms.ts";
import type { PropsOf } from "./control-props.ts";
import { choiceName, orList } from "./describe.ts";
import { useLookups } from "./lookups.ts";

const any = "any";

/** Some of a list of words. */
export function Choose({
  condition,
  control: { field, of, isOptional },
  number,
  onChange,
}: PropsOf<"choices">) {
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

/** One survey, or any. */
export function Survey({ condition, number, onChange }: PropsOf<"survey">) {
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

/** Some of the surveys. */
export function Surveys({ condition, number, onChange }: PropsOf<"surveys">) {
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

/** One of the other segments. */
export function SegmentPick({ condition, number, onChange }: PropsOf<"segment">) {
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

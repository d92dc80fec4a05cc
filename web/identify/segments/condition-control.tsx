import { useTranslation } from "react-i18next";
import { Pick } from "../../ui/pick.tsx";
import { comparisons, withComparison } from "./condition-forms.ts";
import type { ControlProps } from "./control-props.ts";
import { comparisonName } from "./describe.ts";
import { textOf } from "./filter-model.ts";
import { Choose, SegmentPick, Survey, Surveys } from "./picked-controls.tsx";
import { Moment, Name, NumberBox, Value, Within } from "./written-controls.tsx";

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

import { useTranslation } from "react-i18next";
import { Checkbox } from "../../../ui/choice.tsx";

const all = ["detractor", "passive", "promoter"] as const;
type Category = (typeof all)[number];

/** Which answers are meant; with `isOptional`, none chosen means any. */
export function CategoriesField({
  value,
  onChange,
  isOptional = false,
}: {
  value: readonly Category[] | null;
  onChange: (categories: Category[] | null) => void;
  isOptional?: boolean;
}) {
  const { t } = useTranslation();
  const chosen = value ?? [];
  return (
    <div className="field">
      <div className="checks pl-row" role="group" aria-label={t("plays.steps.answers")}>
        {all.map((category) => (
          <Checkbox
            key={category}
            isSelected={chosen.includes(category)}
            // The last one stays, where one is needed.
            isDisabled={!isOptional && chosen.length === 1 && chosen.includes(category)}
            onChange={(on) => {
              const next = all.filter((each) => (each === category ? on : chosen.includes(each)));
              onChange(next.length === 0 ? null : next);
            }}
          >
            {t(`editor.questions.after.${category}`)}
          </Checkbox>
        ))}
      </div>
      {isOptional && <span className="hint">{t("plays.steps.anyAnswer")}</span>}
    </div>
  );
}

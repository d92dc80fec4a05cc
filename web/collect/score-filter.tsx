import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { segmentOf } from "../ui/marks.tsx";

const scores = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** Any of the eleven scores, several at once. */
export function ScoreFilter({ value, onChange }: { value: number[]; onChange: (scores: number[]) => void }) {
  const { t } = useTranslation();
  return (
    <ToggleButtonGroup
      className="rs-scores"
      aria-label={t("responses.scores")}
      selectionMode="multiple"
      selectedKeys={value.map(String)}
      onSelectionChange={(keys) => onChange([...keys].map(Number).toSorted((a, b) => a - b))}
    >
      <span className="rs-scores-l" aria-hidden="true">
        {t("responses.scores")}
      </span>
      {scores.map((score) => (
        <ToggleButton
          key={score}
          id={String(score)}
          className={`rs-score ${segmentOf(score)}`}
          aria-label={t("responses.scoreIs", { score })}
        >
          {score}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

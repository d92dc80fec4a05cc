import { useTranslation } from "react-i18next";
import { Card, HeroNumber } from "../ui/card.tsx";
import { useFormat } from "../ui/format.ts";
import { ProgressBar, ScoreChip } from "../ui/marks.tsx";
import type { OverviewData } from "./overview-data.ts";
import { enough } from "./say.ts";

/** Fewer than 30 answers: no score, but the answers themselves and when there will be one. */
export function TooFewCard({ overview }: { overview: OverviewData }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { score, pace, latest } = overview;
  const answers = latest.length > 0 ? latest : score.scores.flatMap((n, at) => Array<number>(n).fill(at));
  return (
    <Card span={12} className="ov-few" title={t("overview.nps")}>
      <HeroNumber detail={t("overview.answers", { count: score.n })} />
      <p className="muted">
        {pace?.enoughOn
          ? t("overview.few.soon", { day: format.dayAndMonth(pace.enoughOn) })
          : t("overview.few.pace")}
      </p>
      <ProgressBar quiet label={t("overview.few.progress")} value={score.n} max={enough} />
      <div className="ov-chips" role="group" aria-label={t("overview.few.theAnswers")}>
        {answers
          .toSorted((a, b) => a - b)
          .map((answer, index) => (
            <ScoreChip key={index} score={answer} />
          ))}
      </div>
    </Card>
  );
}

import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../session.ts";
import { Card, Claim, HeroNumber } from "../../ui/card.tsx";
import { SegmentBar, type SegmentPart } from "../../ui/charts/segment-bar.tsx";
import { useFormat } from "../../ui/format.ts";
import { ProgressBar, ScoreChip } from "../../ui/marks.tsx";
import { responsesAddress } from "../addresses.ts";
import { enough } from "./enough.ts";
import type { Days, SurveyDetails, SurveyResults } from "./survey-data.ts";

/** The score with its interval and the passives in the middle; under 30 answers the answers themselves. */
export function ScoreCard({
  survey,
  results,
  days,
}: {
  survey: SurveyDetails;
  results: SurveyResults;
  days: Days;
}) {
  const { t } = useTranslation();
  if (results.n < enough) return <TooFew results={results} />;
  return (
    <Card span={12} className="sv-hero" label={t("surveys.score.nps")}>
      <Nps results={results} />
      <Passives survey={survey} results={results} days={days} />
    </Card>
  );
}

function Nps({ results: { nps, npsInterval, n } }: { results: SurveyResults }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div>
      <h2>{t("surveys.score.nps")}</h2>
      <HeroNumber
        value={nps === null ? undefined : format.nps(nps)}
        {...(npsInterval && { interval: format.npsInterval(npsInterval) })}
      />
      <p className="note">{t("surveys.score.answers", { count: n })}</p>
    </div>
  );
}

function Passives({ survey, results, days }: { survey: SurveyDetails; results: SurveyResults; days: Days }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { scores, passiveShareInterval } = results;
  const [sevens = 0, eights = 0] = scores.slice(7, 9);
  const passives = sevens + eights;
  const detractors = scores.slice(0, 7).reduce((sum, n) => sum + n, 0);
  const promoters = scores.slice(9).reduce((sum, n) => sum + n, 0);
  const hrefOf = (part: SegmentPart) =>
    responsesAddress(slug, {
      survey: survey.id,
      ...(typeof part === "number" ? { score: String(part) } : { category: part }),
      ...days,
    });
  return (
    <div>
      <SegmentBar
        of="answers"
        counts={{ detractors, sevens, eights, promoters }}
        passiveInterval={passiveShareInterval ?? undefined}
        hrefOf={hrefOf}
      />
      <Claim>
        {passives === 0
          ? t("surveys.score.noPassives")
          : [
              t("surveys.score.passives", { count: passives }),
              eights > 0 && t("surveys.score.oneShort", { count: eights }),
            ]
              .filter(Boolean)
              .join(" ")}
      </Claim>
    </div>
  );
}

function TooFew({ results: { n, scores } }: { results: SurveyResults }) {
  const { t } = useTranslation();
  return (
    <Card span={12} title={t("surveys.score.nps")}>
      <div className="sv-few">
        <HeroNumber detail={t("surveys.score.answers", { count: n })} />
        <p className="muted">{t("surveys.score.few")}</p>
        <ProgressBar quiet label={t("surveys.score.fewProgress")} value={n} max={enough} />
        <div className="sv-chips" role="group" aria-label={t("surveys.score.fewAnswers")}>
          {scores.flatMap((times, score) =>
            Array.from({ length: times }, (_, index) => (
              <ScoreChip key={`${score}-${index}`} score={score} />
            )),
          )}
        </div>
      </div>
    </Card>
  );
}

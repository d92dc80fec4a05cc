import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../session.ts";
import { Card } from "../../ui/card.tsx";
import { useFormat } from "../../ui/format.ts";
import { ProgressBar } from "../../ui/marks.tsx";
import { Alert, Catch, ErrorCard, Ghost } from "../../ui/states.tsx";
import { CurveCard, drawnCurve } from "./curve-card.tsx";
import { GroupsCard } from "./groups-card.tsx";
import { HowDecidedCard } from "./how-decided-card.tsx";
import { enoughResults, type PlayResult as Result, resultQuery } from "./results-data.ts";
import { StatStrip } from "./stat-strip.tsx";
import { usePoints } from "./use-verdict.ts";
import { VerdictCard } from "./verdict-card.tsx";
import "./results.css";

/** The result of one play, for its own page and for the page of results: cards of the grid they stand in. */
export function PlayResult({ playId, middle }: { playId: string; middle?: React.ReactNode }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { data, error, refetch } = useQuery(resultQuery(slug, playId));
  if (!data) {
    return (
      <Card span={12} label={t("results.verdict")}>
        {error ? (
          <ErrorCard title={t("results.error")} error={error} onRetry={() => void refetch()} />
        ) : (
          <Ghost lines={[[36, "60%"], [36, "44%"], [16, "70%"], 32]} />
        )}
      </Card>
    );
  }
  return (
    <Catch
      renderError={(thrown, retry) => (
        <Card span={12}>
          <ErrorCard title={t("results.error")} error={thrown} onRetry={retry} />
        </Card>
      )}
    >
      <Cards result={data} middle={middle} />
    </Catch>
  );
}

function Cards({ result, middle }: { result: Result; middle: React.ReactNode }) {
  const { arms, plan, groups } = result;
  const isEnough = Math.min(arms.treated.results, arms.holdout.results) >= enoughResults;
  const hasCurve = isEnough && drawnCurve(result).length >= 3;
  const hasGroups = isEnough && groups.length > 0;
  return (
    <>
      <Warnings result={result} />
      <VerdictCard result={result} />
      {plan && !isEnough && plan.holdout > 0 && <TooFew result={result} />}
      <StatStrip result={result} />
      {middle}
      {hasCurve && <CurveCard result={result} />}
      {hasGroups && <GroupsCard result={result} />}
      {plan && <HowDecidedCard result={result} />}
    </>
  );
}

/** What has to be known before any figure below is read. */
function Warnings({ result: { sampleRatio, response } }: { result: Result }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { interval } = usePoints();
  const share = ({ k, n }: { k: number; n: number }) => format.share(n > 0 ? (100 * k) / n : 0);
  const differs = response?.differs && Math.min(response.treated.n, response.holdout.n) >= enoughResults;
  if (!sampleRatio?.alarm && !differs) return null;
  return (
    <div className="c12 stackcol">
      {sampleRatio?.alarm && (
        <Alert tone="det" title={t("results.warning.ratioTitle")}>
          {t("results.warning.ratio", {
            treated: format.count(sampleRatio.treated),
            holdout: format.count(sampleRatio.holdout),
            expected: format.share(100 * sampleRatio.expected),
          })}
        </Alert>
      )}
      {response && differs && (
        <Alert tone="pas" icon="warning" title={t("results.warning.responseTitle")}>
          {t("results.warning.response", {
            treated: share(response.treated),
            holdout: share(response.holdout),
            interval: response.trimmed ? interval(response.trimmed.low, response.trimmed.high) : "–",
          })}
        </Alert>
      )}
    </div>
  );
}

/** Fewer than 30 in an arm: no figure at all, but how far it is. */
function TooFew({ result: { arms } }: { result: Result }) {
  const { t } = useTranslation();
  const format = useFormat();
  const smaller = Math.min(arms.treated.results, arms.holdout.results);
  return (
    <Card span={12} title={t("results.few.title")}>
      <p className="muted pr-few">
        {t("results.few.body", {
          treated: format.count(arms.treated.results),
          holdout: format.count(arms.holdout.results),
          waiting: format.count(
            arms.treated.entered + arms.holdout.entered - arms.treated.results - arms.holdout.results,
          ),
        })}
      </p>
      <ProgressBar
        label={t("results.few.progress")}
        value={smaller}
        max={enoughResults}
        detail={t("results.of", { k: format.count(smaller), n: format.count(enoughResults) })}
      />
    </Card>
  );
}

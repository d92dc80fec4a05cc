import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../session.ts";
import { ButtonLink, Link } from "../../ui/button.tsx";
import { Card, Note, PageHeader } from "../../ui/card.tsx";
import { useFormat } from "../../ui/format.ts";
import { Badge } from "../../ui/marks.tsx";
import { EmptyState, ErrorCard, Ghost } from "../../ui/states.tsx";
import { enoughResults, type ResultLine, resultsQuery } from "./results-data.ts";
import { stateOf, usePoints, useVerdict } from "./use-verdict.ts";
import "./results.css";

/** All plays with their verdicts, those to be decided first. */
export function Results() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { data, error, refetch } = useQuery(resultsQuery(slug));
  return (
    <>
      <PageHeader title={data ? <Heading lines={data} /> : t("results.title")}>
        {t("results.lead")}
      </PageHeader>
      {data ? (
        data.length > 0 ? (
          <Lines lines={data} />
        ) : (
          <Empty />
        )
      ) : (
        <Card label={t("results.title")}>
          {error ? (
            <ErrorCard title={t("results.listError")} error={error} onRetry={() => void refetch()} />
          ) : (
            <Ghost lines={[64, 64, 64]} />
          )}
        </Card>
      )}
    </>
  );
}

function Heading({ lines }: { lines: readonly ResultLine[] }) {
  const { t } = useTranslation();
  const ready = lines.filter(({ ready }) => ready).length;
  if (lines.length === 0) return t("results.title");
  return ready > 0 ? t("results.heading", { count: ready }) : t("results.headingNone");
}

function Empty() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  return (
    <Card label={t("results.title")}>
      <EmptyState
        icon="prove"
        roomy
        title={t("results.empty.title")}
        action={
          <ButtonLink variant="primary" href={`/${slug}/plays`}>
            {t("results.empty.action")}
          </ButtonLink>
        }
      >
        {t("results.empty.body")}
      </EmptyState>
    </Card>
  );
}

function Lines({ lines }: { lines: readonly ResultLine[] }) {
  const { t } = useTranslation();
  return (
    <Card flush label={t("results.title")}>
      <ul className="pr-list">
        {lines.map((line) => (
          <Line key={line.play.id} line={line} />
        ))}
      </ul>
      <div className="card-body">
        <Note>{t("results.listNote")}</Note>
      </div>
    </Card>
  );
}

function Line({ line }: { line: ResultLine }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const format = useFormat();
  const { points, interval } = usePoints();
  const { headline, detail } = useVerdict();
  const { play, verdict, goal, days, arms } = line;
  const state = stateOf(line);
  const isEnough = Math.min(arms.treated.results, arms.holdout.results) >= enoughResults;
  const read = verdict.interval ?? line.difference;
  return (
    <li className="pr-line">
      <div className="pr-what">
        <div className="pr-name">
          <Link className="pr-link" href={`/${slug}/plays/${play.id}`}>
            {play.name}
          </Link>
          <Badge tone={state === "ready" ? "silent" : "line"}>
            {state === "ready" && <span className="pr-dot" />}
            {state === "decided" ? t(`results.state.${play.decision!}`) : t(`results.state.${state}`)}
          </Badge>
          {play.state !== "live" && play.state !== "draft" && (
            <span className="faint small">{t(`results.playState.${play.state}`)}</span>
          )}
        </div>
        <p className="pr-said">
          <b>{headline(verdict, goal)}</b> {!isEnough || state !== "ready" ? detail(verdict, undefined) : ""}
        </p>
        <p className="faint small">
          {goal && days !== null && `${t(`results.goal.${goal.kind}`, { days })} `}
          {t("results.counts", {
            results: format.count(arms.treated.results + arms.holdout.results),
            entered: format.count(arms.treated.entered + arms.holdout.entered),
          })}
        </p>
      </div>
      {isEnough && read ? (
        <div className="pr-diff">
          <b>{points(read.difference)}</b>
          <span className="faint small">{interval(read.low, read.high)}</span>
        </div>
      ) : (
        <div className="pr-diff faint">–</div>
      )}
    </li>
  );
}

import { GoneSurvey } from "./gone-survey.tsx";
import { useQuery } from "@tanstack/react-query";
import { useParams, useRouter, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { isGone } from "../../api.ts";
import { useMayDo, useWorkspace } from "../../session.ts";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { Card, PendingPage } from "../../ui/card.tsx";
import { DateRange } from "../../ui/field.tsx";
import { Alert, EmptyState, ErrorCard, Ghost } from "../../ui/states.tsx";
import { AskedCard } from "./asked-card.tsx";
import { LinkCard } from "./link-card.tsx";
import { ScoreCard } from "./score-card.tsx";
import { SetAsideCard } from "./set-aside-card.tsx";
import { SplitsCard } from "./splits-card.tsx";
import {
  resultsQuery,
  surveyQuery,
  type Days,
  type SurveyDetails,
  type SurveyResults,
} from "./survey-data.ts";
import { SurveyHeader } from "./survey-header.tsx";
import { WidgetCard } from "./widget-card.tsx";
import "./surveys.css";

/** One survey: what came back, from whom, by which way; and its ways out into the world. */
export function OneSurvey() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { surveyId = "" } = useParams({ strict: false });
  const { data: survey, error, refetch } = useQuery(surveyQuery(slug, surveyId));
  if (survey) return <Page survey={survey} />;
  return (
    <PendingPage title={t("surveys.title")} href={`/${slug}/surveys`}>
      {isGone(error) ? (
        <GoneSurvey />
      ) : error ? (
        <ErrorCard title={t("surveys.one.error")} error={error} onRetry={() => void refetch()} />
      ) : (
        <Ghost lines={[[22, "40%"], 14, [14, "80%"], 160]} />
      )}
    </PendingPage>
  );
}

function Page({ survey }: { survey: SurveyDetails }) {
  const { slug } = useWorkspace();
  const { days, setDays } = useDays();
  const results = useQuery(resultsQuery(slug, survey.id, days));
  const { data } = results;
  const isRange = Boolean(days.from ?? days.to);
  return (
    <>
      <SurveyHeader survey={survey} results={data} isRange={isRange} />
      {survey.changed && survey.published && <NotPublished survey={survey} />}
      {(isRange || (data && data.n > 0)) && (
        <div className="sv-days">
          <DateRange
            from={days.from}
            until={days.to}
            onChange={({ from, until }) => setDays({ ...(from && { from }), ...(until && { to: until }) })}
          />
        </div>
      )}
      <div className="grid">
        <Results survey={survey} results={results} days={days} onAllDays={() => setDays({})} />
        <LinkCard survey={survey} />
        <WidgetCard survey={survey} />
      </div>
    </>
  );
}

/** The days stand in the address, so that a view can be sent to somebody. */
function useDays() {
  const router = useRouter();
  const search: Partial<Record<string, string>> = useSearch({ strict: false });
  const days: Days = { ...(search.from && { from: search.from }), ...(search.to && { to: search.to }) };
  const setDays = (next: Days) => {
    const query = new URLSearchParams({ ...next }).toString();
    void router.navigate({
      href: `${location.pathname}${query && `?${query}`}`,
      replace: true,
      resetScroll: false,
    });
  };
  return { days, setDays };
}

function NotPublished({ survey }: { survey: SurveyDetails }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayEdit = useMayDo("editor");
  return (
    <Card label={t("surveys.one.changedTitle")} className="sv-notice">
      <Alert
        title={t("surveys.one.changedTitle")}
        actions={
          mayEdit && (
            <ButtonLink size="sm" href={`/${slug}/surveys/${survey.id}/edit`}>
              {t("surveys.one.changedAction")}
            </ButtonLink>
          )
        }
      >
        {t("surveys.one.changedBody", { version: survey.version })}
      </Alert>
    </Card>
  );
}

function Results({
  survey,
  results: { data, error, refetch },
  days,
  onAllDays,
}: {
  survey: SurveyDetails;
  results: { data: SurveyResults | undefined; error: unknown; refetch: () => unknown };
  days: Days;
  onAllDays: () => void;
}) {
  const { t } = useTranslation();
  const isRange = Boolean(days.from ?? days.to);
  if (!data) {
    return (
      <Card span={12} label={t("surveys.score.nps")}>
        {error ? (
          <ErrorCard title={t("surveys.one.error")} error={error} onRetry={() => void refetch()} />
        ) : (
          <Ghost lines={[[14, "20%"], [64, "30%"], 14, 88]} />
        )}
      </Card>
    );
  }
  if (data.n === 0 && data.setAside.total === 0) {
    return <Nothing survey={survey} isRange={isRange} onAllDays={onAllDays} results={data} />;
  }
  return (
    <>
      <ScoreCard survey={survey} results={data} days={days} />
      <SplitsCard results={data} />
      <AskedCard survey={survey} results={data} isRange={isRange} />
      <SetAsideCard survey={survey} results={data} />
    </>
  );
}

function Nothing({
  survey,
  isRange,
  onAllDays,
  results,
}: {
  survey: SurveyDetails;
  isRange: boolean;
  onAllDays: () => void;
  results: SurveyResults;
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayEdit = useMayDo("editor");
  if (isRange) {
    return (
      <Card span={12} label={t("surveys.score.nps")}>
        <EmptyState
          icon="calendar"
          roomy
          title={t("surveys.one.waitTitle")}
          action={<Button onPress={onAllDays}>{t("surveys.one.rangeClear")}</Button>}
        >
          {t("surveys.one.rangeBody")}
        </EmptyState>
      </Card>
    );
  }
  const isDraft = survey.state === "draft";
  return (
    <>
      <Card span={12} label={t("surveys.score.nps")}>
        <EmptyState
          icon="send"
          roomy
          title={t(isDraft ? "surveys.one.draftTitle" : "surveys.one.waitTitle")}
          action={
            isDraft &&
            mayEdit && (
              <ButtonLink variant="primary" href={`/${slug}/surveys/${survey.id}/edit`}>
                {t("surveys.one.edit")}
              </ButtonLink>
            )
          }
        >
          {t(
            isDraft
              ? "surveys.one.draftBody"
              : survey.state === "live"
                ? "surveys.one.waitBody"
                : "surveys.one.restBody",
          )}
        </EmptyState>
      </Card>
      {results.invited > 0 && <AskedCard survey={survey} results={results} isRange={isRange} />}
    </>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ImportOffer } from "../collect/import-offer.tsx";
import type { MovesSpan } from "../prove/moves/moves-filter.ts";
import { TodayCard } from "../prove/today/today-card.tsx";
import { MovedSinceCard } from "../prove/moves/moved-since-card.tsx";
import { surveysQuery } from "../collect/surveys-data.ts";
import { useNow } from "../ui/now.ts";
import { useSession, useTimeZone, useWorkspace } from "../session.ts";
import { Link } from "../ui/button.tsx";
import { Card, PageHeader } from "../ui/card.tsx";
import { useFormat } from "../ui/format.ts";
import { ChoiceMenu } from "../ui/menu.tsx";
import { Alert, Catch, EmptyState, ErrorCard, Ghost } from "../ui/states.tsx";
import { HeroCard } from "./hero-card.tsx";
import { overviewQuery, type Choice, type OverviewData } from "./overview-data.ts";
import { dayOf, enough, greetingOf, hourOf, stateSentence } from "./say.ts";
import { SplitsCard } from "./splits-card.tsx";
import { TooFewCard } from "./too-few-card.tsx";
import { TrendCard } from "./trend-card.tsx";
import "./overview.css";

/** With fewer weeks than these, a line would only join the dots. */
const weeksOfTrend = 4;

/** The overview: what changed, is it real, and how far are the passives from a nine. */
export function Overview() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { choice } = useChoice();
  const query = useQuery(overviewQuery(slug, choice));
  const { data, error, refetch } = query;
  return (
    <>
      <Header overview={data} choice={choice} />
      {data && error && <Stale at={query.dataUpdatedAt} />}
      {data ? (
        <Cards overview={data} choice={choice} />
      ) : error ? (
        <Card>
          <ErrorCard
            title={t("overview.heroError")}
            error={error}
            stillTrue={t("overview.stillTrue")}
            onRetry={() => void refetch()}
          />
        </Card>
      ) : (
        <Ghosts />
      )}
    </>
  );
}

/** Survey and wave live in the address, so that a view can be sent to somebody. */
function useChoice() {
  const router = useRouter();
  const { slug } = useWorkspace();
  const search: Partial<Record<string, string>> = useSearch({ strict: false });
  const choice: Choice = { survey: search.survey, wave: search.wave };
  const choose = (next: Choice) => {
    const kept = Object.entries(next).filter((entry): entry is [string, string] => Boolean(entry[1]));
    const text = new URLSearchParams(kept).toString();
    void router.navigate({ href: `/${slug}/overview${text && `?${text}`}`, resetScroll: false });
  };
  return { choice, choose };
}

function Header({ overview, choice }: { overview: OverviewData | undefined; choice: Choice }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { person } = useSession();
  const timeZone = useTimeZone();
  const now = useNow();
  const greeting = t(`overview.greeting.${greetingOf(hourOf(now))}`);
  const [firstName] = (person?.name ?? "").split(" ");
  const today = dayOf(now, timeZone);
  return (
    <PageHeader
      title={firstName ? t("overview.greeting.named", { greeting, name: firstName }) : greeting}
      actions={overview && <Menus overview={overview} choice={choice} />}
    >
      {overview ? stateSentence(t, format, overview, today) : `${format.weekday(today)}.`}
    </PageHeader>
  );
}

function Menus({ overview, choice }: { overview: OverviewData; choice: Choice }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { choose } = useChoice();
  const surveys = useQuery(surveysQuery(slug)).data ?? [];
  const waves = overview.waves.map(({ id, name, n }) => ({
    id,
    label: name,
    detail: t("overview.answers", { count: n }),
  }));
  return (
    <>
      {waves.length > 0 && (
        <ChoiceMenu
          label={t("overview.wave")}
          options={[...waves, { id: "all", label: t("overview.waveAll") }]}
          value={overview.wave?.id ?? "all"}
          onChange={(wave) => choose({ ...choice, wave })}
        />
      )}
      {surveys.length > 1 && overview.survey && (
        <ChoiceMenu
          label={t("overview.survey")}
          options={surveys.map(({ id, name, n }) => ({
            id,
            label: name,
            detail: t("overview.answers", { count: n }),
          }))}
          value={overview.survey.id}
          onChange={(survey) => choose({ survey })}
        >
          {overview.survey.name}
        </ChoiceMenu>
      )}
    </>
  );
}

function Cards({ overview, choice }: { overview: OverviewData; choice: Choice }) {
  const { t } = useTranslation();
  const isEmpty = overview.score.n === 0 && overview.waves.length === 0;
  if (isEmpty) return <FirstRun />;
  const hasTrend = overview.trend.filter(({ n, smooth }) => n > 0 && smooth !== null).length >= weeksOfTrend;
  const movesSpan = spanOfMoves(overview);
  const hasSplits = overview.score.n >= enough && comparable(overview).length > 0;
  const trendSpan = movesSpan ? 6 : 12;
  const todaySpan = hasSplits ? 7 : 12;
  return (
    <div className="grid">
      <Guard title={t("overview.heroDrawError")} span={12}>
        {overview.score.n < enough ? (
          <TooFewCard overview={overview} />
        ) : (
          <HeroCard overview={overview} choice={choice} />
        )}
      </Guard>
      <Guard title={t("today.error")} span={todaySpan}>
        <TodayCard span={todaySpan} />
      </Guard>
      {hasSplits && (
        <Guard title={t("overview.splits.error")} span={5}>
          <SplitsCard overview={overview} attributes={comparable(overview)} span={5} />
        </Guard>
      )}
      {hasTrend && (
        <Guard title={t("overview.trend.error")} span={trendSpan}>
          <TrendCard overview={overview} span={trendSpan} />
        </Guard>
      )}
      {movesSpan && (
        <Guard title={t("moves.drawError")} span={hasTrend ? 6 : 12}>
          <MovedSinceCard span={movesSpan} width={hasTrend ? 6 : 12} />
        </Guard>
      )}
    </div>
  );
}

/** Between which waves customers can have moved; undefined where there is none before. */
function spanOfMoves({ survey, wave, previous }: OverviewData): MovesSpan | undefined {
  return survey && wave && previous ? { survey: survey.id, from: previous.wave.id, to: wave.id } : undefined;
}

/** The attributes with at least two values: one value alone splits nothing. */
function comparable({ splits }: OverviewData) {
  return (["channel", "language"] as const).filter(
    (attribute) => splits.filter((split) => split.attribute === attribute).length > 1,
  );
}

/** A mistake in one card stays in that card. */
function Guard({
  title,
  span,
  children,
}: {
  title: string;
  span: 5 | 6 | 7 | 12;
  children: React.ReactNode;
}) {
  return (
    <Catch
      renderError={(error, retry) => (
        <Card span={span}>
          <ErrorCard title={title} error={error} onRetry={retry} />
        </Card>
      )}
    >
      {children}
    </Catch>
  );
}

function FirstRun() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const [before = "", after = ""] = t("overview.empty.api", { path: "\n" }).split("\n");
  return (
    <Card label={t("overview.empty.title")}>
      <EmptyState
        icon="send"
        roomy
        title={t("overview.empty.title")}
        action={<ImportOffer />}
        link={
          <span className="small faint ov-api">
            {before}
            <Link href={`/${slug}/settings/api-keys`}>
              <code className="mono">POST /api/v1/responses</code>
            </Link>
            {after}
          </span>
        }
      >
        {t("overview.empty.body")}
      </EmptyState>
    </Card>
  );
}

function Stale({ at }: { at: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="ov-stale">
      <Alert title={t("overview.stale", { time: format.dateTime(new Date(at)) })}>
        {t("overview.staleBody")}
      </Alert>
    </div>
  );
}

function Ghosts() {
  const { t } = useTranslation();
  return (
    <div className="grid">
      <Card span={12} className="ov-hero" label={t("overview.nps")}>
        <div className="ov-score">
          <Ghost lines={[[13, "50%"], [70, "80%"], [13, "92%"], [13, "70%"], 92]} />
        </div>
        <div className="ov-segments">
          <Ghost lines={[[13, "30%"], [44, "36%"], 66, [16, "84%"], [12, "66%"]]} />
        </div>
      </Card>
      <Card span={7} title={t("overview.trend.title")}>
        <Ghost lines={[320]} />
      </Card>
      <Card span={5} title={t("overview.splits.both")}>
        <Ghost
          lines={[
            [14, "100%"],
            [14, "92%"],
            [14, "96%"],
            [14, "88%"],
          ]}
        />
      </Card>
    </div>
  );
}

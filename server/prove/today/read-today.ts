import { sql } from "kysely";
import { listCases } from "../../act/inbox/list-cases.ts";
import { forecastAsking } from "../../collect/asking/forecast-asking.ts";
import { dayOf } from "../../collect/score-days.ts";
import { audienceSegments } from "../../identify/segments/audience-segments.ts";
import { SurveySettings } from "../../collect/surveys/survey-settings.ts";
import { addDays, mondayOf } from "../../identify/wave.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { listResults } from "../results/list-results.ts";
import { inOrder, type TodayItem } from "./today.ts";

/** Surveys beyond these are not looked at: what they would ask takes a look at their whole audience. */
const mostSurveys = 5;

/** What is to be done today, over all stages; the oldest deadline first. */
export async function readToday(db: Database, clock: Clock, workspaceId: string): Promise<TodayItem[]> {
  const found = await Promise.all([
    readWaiting(db, workspaceId, clock.now()),
    readCooling(db, workspaceId, clock.now()),
    readDecidable(db, workspaceId, clock.now()),
    readAsking(db, clock, workspaceId),
  ]);
  return inOrder(found.flat());
}

/** Customers, whose cases the inbox lists: tasks and cases that members opened may stand beside the one in hand. */
async function readWaiting(db: Database, workspaceId: string, now: Date): Promise<TodayItem[]> {
  const { rows } = await sql<{ customers: number; cases: number; detractors: number; late: number }>`
    select count(distinct customer_id)::int as customers, count(*)::int as cases,
      count(distinct customer_id) filter (where score_before <= 6)::int as detractors,
      count(distinct customer_id) filter (where due_at < ${now})::int as late
    from cases where workspace_id = ${workspaceId}::uuid and state = 'open'`.execute(db);
  const [first] = (await listCases(db, { workspaceId }, { state: "open", limit: 1 })).items;
  if (!first) return [];
  const { id: caseId, customer, openedAt, dueAt } = first;
  const name = customer.account?.name ?? customer.name ?? customer.email ?? customer.externalId;
  return [{ kind: "reply", deadline: dueAt, ...rows[0]!, longest: { caseId, name, openedAt, dueAt } }];
}

/** Passives by their answer who began to cool in the last two whole weeks: of a week under way nobody's state is known. */
async function readCooling(db: Database, workspaceId: string, now: Date): Promise<TodayItem[]> {
  const since = addDays(mondayOf(dayOf(now)), -14);
  const { rows } = await sql<{
    currency: string | null;
    customers: number;
    basic: number;
    revenue: number | null;
  }>`
    select s.currency, count(*)::int as customers, count(*) filter (where 'basic_features' = any (s.reasons))::int as basic,
      sum(s.counted_revenue) as revenue
    from standings s
    where s.workspace_id = ${workspaceId}::uuid and s.status in ('stated', 'both') and s.state = 'cooling' and not s.gone
      and s.state_since >= ${since}::date
    group by 1 order by count(s.counted_revenue) desc`.execute(db);
  const customers = rows.reduce((sum, row) => sum + row.customers, 0);
  if (customers === 0) return [];
  const basic = rows.reduce((sum, row) => sum + row.basic, 0);
  const { revenue, currency } = rows[0]!;
  return [{ kind: "review", deadline: null, since, customers, basic, revenue, currency }];
}

async function readDecidable(db: Database, workspaceId: string, now: Date): Promise<TodayItem[]> {
  const results = await listResults(db, workspaceId, now);
  return results
    .filter(({ ready }) => ready)
    .flatMap(({ play: { id, name }, verdict: { decision, interval }, difference }) => {
      if (decision === "cannot tell") return [];
      const found = interval ?? difference;
      return {
        kind: "decide" as const,
        deadline: null,
        play: { id, name },
        verdict: decision,
        difference: found && {
          points: 100 * found.difference,
          interval: [100 * found.low, 100 * found.high],
        },
      };
    });
}

/** What live surveys ask within seven days. */
async function readAsking(db: Database, clock: Clock, workspaceId: string): Promise<TodayItem[]> {
  const surveys = await db
    .selectFrom("surveys")
    .select(["id", "name", "settings"])
    .where("workspaceId", "=", workspaceId)
    .where("state", "=", "live")
    .where("version", ">", 0)
    .orderBy("liveSince", "desc")
    .limit(mostSurveys)
    .execute();
  const items: TodayItem[] = [];
  for (const { id, name, settings } of surveys) {
    const parsed = SurveySettings.safeParse(settings);
    if (!parsed.success) continue;
    const of = { workspaceId, surveyId: id, settings: parsed.data };
    const { asked, nextAt, nextN, heldBack } = await forecastAsking(db, audienceSegments, clock, of);
    if (!nextAt || asked === 0) continue;
    const [most] = heldBack.toSorted((a, b) => b.n - a.n);
    const held = heldBack.reduce((sum, { n }) => sum + n, 0);
    items.push({
      kind: "check",
      deadline: nextAt,
      survey: { id, name },
      asked,
      next: { at: nextAt, customers: nextN },
      heldBack: most ? { customers: held, most: most.reason } : null,
    });
  }
  return items;
}

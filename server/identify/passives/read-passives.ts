import { sql } from "kysely";
import { wilsonInterval } from "../../statistics/share-interval.ts";
import type { Database } from "../../platform/database/open.ts";
import { changeBins, type MapRow, mapRows, mostDots, type Passives, type State, states } from "./passives.ts";
import { type RuleName, ruleNames } from "./rule.ts";

interface Group {
  row: MapRow | null;
  gone: boolean;
  state: State;
  status: "stated" | "behavioural" | "both" | "silent" | null;
  currency: string | null;
  plan: string | null;
  reasons: RuleName[];
  bin: number | null;
  n: number;
  answered: number;
  revenue: number;
  withRevenue: number;
}

/** All figures of the page of passives: one look at one row for each customer, whatever they did and said. */
export async function readPassives(db: Database, workspaceId: string): Promise<Passives> {
  const [all, refreshing] = await Promise.all([readGroups(db, workspaceId), isRefreshing(db, workspaceId)]);
  const groups = all.filter(({ gone }) => !gone);
  const onMap = groups.filter(({ row }) => row !== null);
  const currency = mainCurrency(onMap);
  const total = (some: readonly Group[], of: "n" | "answered" = "n") =>
    some.reduce((sum, group) => sum + group[of], 0);
  const passives = total(onMap.filter(({ row }) => row === "7" || row === "8"));
  const respondents = total(groups, "answered");
  const interval = wilsonInterval(passives, respondents);
  const countOf = (status: Group["status"]) => total(onMap.filter((group) => group.status === status));
  const counts = mapRows.map((row) => total(onMap.filter((group) => group.row === row)));
  return {
    customers: total(groups),
    respondents,
    passives,
    sevens: counts[mapRows.indexOf("7")]!,
    eights: counts[mapRows.indexOf("8")]!,
    passiveShare: respondents === 0 ? null : (100 * passives) / respondents,
    passiveShareInterval: interval ? [100 * interval.low, 100 * interval.high] : null,
    statuses: {
      stated: countOf("stated"),
      behavioural: countOf("behavioural"),
      both: countOf("both"),
      silent: countOf("silent"),
    },
    reasons: reasonsOf(all),
    currency,
    otherCurrencies: onMap
      .filter((group) => group.currency !== currency)
      .reduce((sum, { withRevenue }) => sum + withRevenue, 0),
    activityKnown: groups.some(({ state }) => state !== "unknown"),
    refreshing,
    plans: plansOf(all),
    rows: await Promise.all(
      mapRows.map(async (row, i) => {
        const ofRow = onMap.filter((group) => group.row === row);
        const few = counts.slice(0, i + 1).reduce((sum, n) => sum + n, 0) <= mostDots;
        return {
          row,
          customers: counts[i]!,
          cells: states.map((state) => {
            const ofCell = ofRow.filter((group) => group.state === state);
            const inCurrency = ofCell.filter((group) => group.currency === currency);
            return {
              state,
              customers: total(ofCell),
              revenue: {
                amount: inCurrency.reduce((sum, { revenue }) => sum + revenue, 0),
                customers: inCurrency.reduce((sum, { withRevenue }) => sum + withRevenue, 0),
              },
            };
          }),
          dots: few ? (counts[i] === 0 ? [] : await readDots(db, workspaceId, row)) : null,
          bins: few ? null : binsOf(ofRow),
        };
      }),
    ),
  };
}

async function readGroups(db: Database, workspaceId: string): Promise<Group[]> {
  const { rows } = await sql<Group>`
    select s.map_row as row, s.gone, s.state, s.status, s.currency, s.plan, s.reasons, s.change_bin as bin,
      count(*)::float8 as n, count(s.score)::float8 as answered, coalesce(sum(s.counted_revenue), 0) as revenue,
      count(s.counted_revenue)::float8 as "withRevenue"
    from standings s where s.workspace_id = ${workspaceId}::uuid
    group by 1, 2, 3, 4, 5, 6, 7, 8`.execute(db);
  return rows;
}

/** The currency that most customers with a revenue have. */
function mainCurrency(groups: readonly Group[]): string | null {
  const sums = new Map<string | null, number>();
  for (const { currency, withRevenue } of groups) sums.set(currency, (sums.get(currency) ?? 0) + withRevenue);
  const [main] = [...sums].sort(([a, n], [b, m]) => m - n || ((a ?? "") < (b ?? "") ? -1 : 1));
  return main && main[1] > 0 ? main[0] : null;
}

function binsOf(groups: readonly Group[]): number[] {
  const bins = Array.from({ length: changeBins }, () => 0);
  for (const { bin, n } of groups) if (bin !== null) bins[bin]! += n;
  return bins;
}

function reasonsOf(groups: readonly Group[]): Passives["reasons"] {
  return ruleNames.map((rule) => {
    const found = groups.filter(
      ({ status, reasons }) => (status === "behavioural" || status === "both") && reasons.includes(rule),
    );
    const sum = (some: readonly Group[]) => some.reduce((all, { n }) => all + n, 0);
    return { rule, customers: sum(found), stated: sum(found.filter(({ status }) => status === "both")) };
  });
}

const mostPlans = 100;

function plansOf(groups: readonly Group[]): Passives["plans"] {
  const counts = new Map<string, number>();
  for (const { plan, status, n } of groups)
    if (plan !== null && status !== null) counts.set(plan, (counts.get(plan) ?? 0) + n);
  return [...counts]
    .map(([plan, customers]) => ({ plan, customers }))
    .sort((a, b) => b.customers - a.customers || (a.plan < b.plan ? -1 : 1))
    .slice(0, mostPlans);
}

type Dots = NonNullable<Passives["rows"][number]["dots"]>;

async function readDots(db: Database, workspaceId: string, row: MapRow): Promise<Dots> {
  const { rows } = await sql<Dots[number]>`
    select s.customer_id as id, coalesce(c.name, c.email, c.external_id) as name, s.score, s.state, s.change, s.revenue, s.currency
    from standings s left join customers c on c.id = s.customer_id
    where s.workspace_id = ${workspaceId}::uuid and s.map_row = ${row}
    order by s.change nulls last, s.customer_id`.execute(db);
  return rows;
}

async function isRefreshing(db: Database, workspaceId: string): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`
    select exists (select from pgboss.job where name = 'refresh-standings' and singleton_key = ${workspaceId}
      and state < 'completed') as is`.execute(db);
  return rows[0]!.is;
}

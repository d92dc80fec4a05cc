import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { PassiveCustomer, PassiveSort } from "./passives.ts";
import type { RuleName } from "./rule.ts";
import type { PassiveSelection } from "./select-passives.ts";

interface ListOptions {
  now: Date;
  sort?: PassiveSort;
  cursor?: string | undefined;
  limit?: number;
}

/** One page of the customers who are passive in some way; `next` is null on the last. */
export async function listPassives(
  db: Database,
  selection: PassiveSelection,
  { now, sort = "attention", cursor, limit = 50 }: ListOptions,
): Promise<{ items: PassiveCustomer[]; next: string | null }> {
  const after = cursor === undefined ? undefined : readCursor(cursor, sort);
  const keys = sql.join(sortKeys[sort].map((key) => sql.raw(key)));
  const { rows } = await sql<ListRow>`
    select p.*, c.name, c.email, c.external_id as "externalId", coalesce(a.name, a.key) as account,
      coalesce(c.anonymous, true) as anonymous, e.usual, ${lastWeeks(now)} as weeks
    from (
      select s.customer_id as id, s.plan, s.score, s.category, s.previous_score as "previousScore",
        s.answered_at as "answeredAt", s.asked, s.asked_at as "askedAt", s.status, s.status_since as "statusSince",
        s.reasons, s.reason_values as "reasonValues", s.state, s.state_since as "stateSince", s.change, s.revenue, s.currency,
        array[${keys}] as keys
      from standings s
      where ${selection}
        ${after ? sql`and (${keys}, s.customer_id) > (${sql.join(after.keys.map((key) => sql`${key}::float8`))}, ${after.id}::uuid)` : sql``}
      order by ${keys}, s.customer_id limit ${limit + 1}
    ) as p
    left join customers c on c.id = p.id
    left join accounts a on a.id = c.account_id
    left join engagement e on e.customer_id = p.id
    order by p.keys, p.id`.execute(db);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map(toCustomer),
    next: last ? writeCursor(sort, last) : null,
  };
}

/** How many customers there are in a selection. */
export async function countPassives(db: Database, selection: PassiveSelection): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from standings s where ${selection}`.execute(db);
  return rows[0]!.n;
}

const highestFirst = (column: string) => `coalesce(-${column}, 'infinity'::float8)`;

/** Numbers that rise in the order of each sort; the customer's id comes after them. */
const sortKeys: Record<PassiveSort, string[]> = {
  // Those who answered 7 or 8 before others, those who use less before those who do not, then by revenue.
  attention: [
    "case when s.score in (7, 8) then 0 else 1 end::float8",
    "case s.state when 'dormant' then 0 when 'cooling' then 0 when 'unknown' then 2 else 1 end::float8",
    highestFirst("s.revenue"),
  ],
  revenue: [highestFirst("s.revenue")],
  change: ["coalesce(case when s.state <> 'unknown' then s.change end, 'infinity'::float8)"],
  answered: [highestFirst("extract(epoch from s.answered_at)::float8")],
  since: [highestFirst("extract(epoch from s.status_since)::float8")],
};

const weeksShown = 12;

/** Events of the last whole weeks of the engagement `e`; null where nothing is known. */
function lastWeeks(now: Date) {
  const monday = new Date(now);
  monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7) - 7 * weeksShown);
  const from = monday.toISOString().slice(0, 10);
  return sql`case when e.customer_id is not null then (
    select array_agg(coalesce(e.week_events[(${from}::date - e.first_week) / 7 + n], 0) order by n)
    from generate_series(1, ${weeksShown}) as n) end`;
}

interface ListRow extends Omit<PassiveCustomer, "answeredAt" | "askedAt" | "statusSince" | "reasons"> {
  answeredAt: Date | null;
  askedAt: Date | null;
  statusSince: Date;
  reasons: RuleName[];
  reasonValues: Record<string, Record<string, number | string>>;
  keys: number[];
}

function toCustomer(row: ListRow): PassiveCustomer {
  const { reasonValues, keys: _, ...customer } = row;
  return {
    ...customer,
    answeredAt: row.answeredAt?.toISOString() ?? null,
    askedAt: row.askedAt?.toISOString() ?? null,
    statusSince: row.statusSince.toISOString(),
    reasons: row.reasons.map((rule) => ({ rule, values: reasonValues[rule] ?? {} })),
  };
}

function writeCursor(sort: PassiveSort, { keys, id }: ListRow): string {
  return Buffer.from([sort, ...keys.map(String), id].join(" ")).toString("base64url");
}

function readCursor(text: string, sort: PassiveSort): { keys: string[]; id: string } {
  const [name, ...rest] = Buffer.from(text, "base64url").toString().split(" ");
  const id = rest.pop() ?? "";
  const ours =
    name === sort &&
    rest.length === sortKeys[sort].length &&
    rest.every((key) => /^(-?\d+(\.\d+)?(e[+-]?\d+)?|Infinity)$/.test(key)) &&
    /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id);
  if (ours) return { keys: rest, id };
  throw new Refusal(
    "bad_input",
    "cursor: is not one of ours; take `next` of the page before, with the same sort.",
  );
}

import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { type CustomerFilter, type CustomerSort, type ListedCustomer, marks } from "./customer.ts";
import type { RuleName } from "../passives/rule.ts";
import { customerCondition, hasMark } from "./customer-condition.ts";
import { after, orderBy, sortKey, writeCursor } from "./customer-order.ts";

const countedTo = 10_000;

interface Wanted {
  filter: CustomerFilter;
  sort: CustomerSort;
  cursor?: string | undefined;
  limit?: number;
  /** Only these of them. */
  ids?: readonly string[] | undefined;
  /** Whether it matters how many there are in all. */
  counted?: boolean;
}

export interface CustomerPage {
  items: ListedCustomer[];
  next: string | null;
  total: number;
  totalIsExact: boolean;
}

/** One page of customers, and how many there are in all. @throws Refusal for another list's cursor, or a segment that is gone */
export async function listCustomers(
  db: Database,
  clock: Clock,
  workspaceId: string,
  { filter, sort, cursor, limit = 100, ids, counted = true }: Wanted,
): Promise<CustomerPage> {
  const condition = await customerCondition(db, clock, workspaceId, filter);
  const fits = ids ? sql<boolean>`(${condition} and c.id = any (${ids}::uuid[]))` : condition;
  const rest = cursor === undefined ? sql<boolean>`true` : after(cursor, sort);
  const { rows } = await sql<Row>`
    with chosen as (
      select c.id, ${sortKey(sort)} as key, row_number() over (order by ${orderBy(sort)}) as place
      from customers c left join standings s on s.customer_id = c.id
        ${sort === "active" ? sql`left join engagement e on e.customer_id = c.id` : sql``}
      where ${fits} and ${rest} order by ${orderBy(sort)} limit ${limit + 1}
    )
    select c.id, c.name, c.email, c.external_id as "externalId", c.anonymous, c.verified, c.created_at as "createdAt",
      a.id as "accountId", coalesce(a.name, a.key) as "accountName", e.last_at as "activeAt",
      array_remove(array[${sql.join(marks.map((mark) => sql`case when ${hasMark[mark]} then ${mark}::text end`))}], null) as marks,
      s.score, s.answered_at as "answeredAt", coalesce(s.answers, 0) as answers,
      coalesce(s.asked, 0) as asked, s.status,
      coalesce(s.state, 'unknown') as state, coalesce(s.reasons, '{}') as reasons, s.reason_values as "reasonValues", s.change, s.plan, s.revenue, s.currency,
      chosen.key
    from chosen join customers c on c.id = chosen.id
      left join accounts a on a.workspace_id = ${workspaceId}::uuid and a.id = c.account_id
      left join standings s on s.customer_id = c.id
      left join engagement e on e.customer_id = c.id
    order by chosen.place`.execute(db);
  const items = rows.slice(0, limit);
  // The only page says itself how many there are.
  const isWhole = cursor === undefined && rows.length <= limit;
  const totalOf = async () =>
    isWhole ? { total: rows.length, totalIsExact: true } : count(db, filter, fits);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items: items.map(({ key: _key, ...row }) => toListed(row)),
    next: last ? writeCursor({ sort, key: last.key, id: last.id }) : null,
    ...(counted ? await totalOf() : { total: items.length, totalIsExact: false }),
  };
}

type Row = Omit<ListedCustomer, "account" | "createdAt" | "activeAt" | "answeredAt" | "reasons"> & {
  reasons: RuleName[];
  reasonValues: Record<string, Record<string, number | string>> | null;
  accountId: string | null;
  accountName: string | null;
  createdAt: Date;
  activeAt: Date | null;
  answeredAt: Date | null;
  key: string | null;
};

function toListed(found: Omit<Row, "key">): ListedCustomer {
  const { accountId, accountName, createdAt, activeAt, answeredAt, reasons, reasonValues, ...row } = found;
  return {
    ...row,
    reasons: reasons.map((rule) => ({ rule, values: reasonValues?.[rule] ?? {} })),
    account: accountId === null ? null : { id: accountId, name: accountName ?? "" },
    createdAt: createdAt.toISOString(),
    activeAt: activeAt?.toISOString() ?? null,
    answeredAt: answeredAt?.toISOString() ?? null,
  };
}

/** Searches through texts and segments are counted up to a number, beyond which nobody reads on. */
async function count(
  db: Database,
  { text, segment, status, category, state }: CustomerFilter,
  fits: Awaited<ReturnType<typeof customerCondition>>,
): Promise<Pick<CustomerPage, "total" | "totalIsExact">> {
  const standings = status || category || state ? sql`left join standings s on s.customer_id = c.id` : sql``;
  const isSlow = text !== undefined || segment !== undefined;
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (
      select from customers c ${standings} where ${fits} ${isSlow ? sql`limit ${countedTo}` : sql``}) as counted`.execute(
    db,
  );
  const n = rows[0]!.n;
  return { total: n, totalIsExact: !isSlow || n < countedTo };
}

import { z } from "@hono/zod-openapi";
import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { categoryApart, codesOf } from "./move-figures.ts";
import { gone, movedCustomers, silent, type Span } from "./moved-customers.ts";
import { MoveCategory, type MovedCustomer } from "./moves.ts";

/** Which moves are wanted; without both, all who are in the table. */
export const MovedFilter = z.object({
  before: MoveCategory.optional().describe("What they were in the first period."),
  after: MoveCategory.optional().describe("What they are in the second."),
});
export type MovedFilter = z.infer<typeof MovedFilter>;

interface Page {
  cursor?: string | undefined;
  limit?: number;
}

interface ListRow extends Omit<MovedCustomer, "before" | "after" | "beforeScore" | "afterScore"> {
  before: number;
  after: number;
  worth: number;
}

/**
 * One page of the customers who moved so, the highest revenue first; `next` is null on the last. Whoever is on the page is
 * most often among a few thousand of the highest revenue, so it looks at those first, and at everybody only for rare moves.
 */
export async function listMoved(
  db: Database,
  span: Span,
  filter: MovedFilter,
  { cursor, limit = 50 }: Page = {},
): Promise<{ items: MovedCustomer[]; next: string | null }> {
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const looks = after && Number(after.worth) < 0 ? [] : widths.filter((width) => width >= limit * 10);
  let rows: ListRow[] = [];
  for (const width of [...looks, undefined]) {
    rows = await readRows(db, span, filter, { after, limit, width });
    if (rows.length > limit) break;
  }
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items: rows.slice(0, limit).map(toCustomer), next: last ? writeCursor(last) : null };
}

/** Customers whom a look is of, those of the highest revenue; the last look is of all. */
const widths = [10_000, 100_000];

interface Look {
  after: Position | undefined;
  limit: number;
  /** Undefined: everybody, those without a revenue too. */
  width: number | undefined;
}

async function readRows(
  db: Database,
  span: Span,
  filter: MovedFilter,
  { after, limit, width }: Look,
): Promise<ListRow[]> {
  const isAfter = (id: string) =>
    after ? sql`(-${worth}, ${sql.raw(id)}) > (-${after.worth}::float8, ${after.id}::uuid)` : sql`true`;
  const leaders = sql`
    leaders as materialized (
      select s.customer_id from standings s
      where s.workspace_id = ${span.workspaceId}::uuid and s.revenue >= 0 and ${isAfter("s.customer_id")}
      order by -${worth}, s.customer_id limit ${width})`;
  const among = width === undefined ? undefined : sql`leaders`;
  const { rows } = await sql<ListRow>`
    with ${among ? sql`${leaders},` : sql``} moved as materialized (
      select m.* from (${movedCustomers(span, among)}) as m
      where ${isIn("m.before", filter.before)} and ${isIn("m.after", filter.after)})
    select p.*, c.name, c.email, c.external_id as "externalId", coalesce(a.name, a.key) as account,
      coalesce(c.anonymous, true) as anonymous
    from (
      select m.customer_id as id, m.before, m.after, s.plan, s.change, s.revenue, s.currency, ${worth} as worth
      from moved m
      left join standings s on s.customer_id = m.customer_id
      where ${isAfter("m.customer_id")}
      order by -${worth}, m.customer_id limit ${limit + 1}
    ) as p
    left join customers c on c.id = p.id
    left join accounts a on a.id = c.account_id
    order by -p.worth, p.id`.execute(db);
  return rows;
}

const worth = sql<number>`coalesce(s.revenue, -1)`;

/** Null is who was not asked, and in no row. */
function isIn(column: string, category: MoveCategory | undefined) {
  const value = sql.raw(column);
  return category ? sql`${value} = any (${codesOf(category)}::integer[])` : sql`${value} is not null`;
}

function toCustomer(row: ListRow): MovedCustomer {
  const { before, after, worth: _, ...customer } = row;
  return {
    ...customer,
    before: categoryApart(before),
    beforeScore: scoreOf(before),
    after: categoryApart(after),
    afterScore: scoreOf(after),
  };
}

const scoreOf = (code: number) => (code === silent || code === gone ? null : code);

function writeCursor({ worth, id }: ListRow): string {
  return Buffer.from(`${worth} ${id}`).toString("base64url");
}

interface Position {
  worth: string;
  id: string;
}

function readCursor(text: string): Position {
  const parts = /^(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?) ([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/.exec(
    Buffer.from(text, "base64url").toString(),
  );
  if (parts) return { worth: parts[1]!, id: parts[2]! };
  throw new Refusal("bad_input", "cursor: is not one of this list; take `next` of the page before.", {
    reason: "bad_cursor",
  });
}

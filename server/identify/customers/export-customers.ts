import { stringify } from "csv-stringify/sync";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import type { CustomerFilter, ListedCustomer } from "./customer.ts";
import { type CustomerPage, listCustomers } from "./list-customers.ts";

const columns = [
  "id",
  "externalId",
  "name",
  "email",
  "account",
  "plan",
  "score",
  "answeredAt",
  "answers",
] as const;
const more = ["status", "reasons", "activity", "change", "activeAt", "revenue", "currency", "marks"] as const;
const pageSize = 1_000;

/**
 * The customers that fit a filter, or these of them, as CSV, a piece at a time. A cell that a spreadsheet would compute
 * (=, +, -, @ in front) gets an apostrophe before it.
 * @throws Refusal, before the first piece, for a segment that is gone
 */
export async function exportCustomers(
  db: Database,
  clock: Clock,
  workspaceId: string,
  { filter, ids }: { filter: CustomerFilter; ids?: readonly string[] | undefined },
): Promise<AsyncGenerator<string>> {
  const page = (cursor?: string) =>
    listCustomers(db, clock, workspaceId, {
      filter,
      sort: "newest",
      cursor,
      limit: pageSize,
      ids,
      counted: false,
    });
  return writePages(await page(), page);
}

async function* writePages(
  first: CustomerPage,
  read: (cursor: string) => Promise<CustomerPage>,
): AsyncGenerator<string> {
  yield stringify([[...columns, ...more]]);
  for (let page = first; ; page = await read(page.next)) {
    if (page.items.length > 0) yield stringify(page.items.map(cellsOf), { escape_formulas: true });
    if (page.next === null) return;
  }
}

function cellsOf(customer: ListedCustomer): (string | number)[] {
  const { id, externalId, name, email, account, plan, score, answeredAt, answers } = customer;
  const { status, reasons, state, change, activeAt, revenue, currency, marks } = customer;
  const own = [id, externalId, name, email, account?.name, plan, score, answeredAt, answers];
  const others = [
    status,
    reasons.map(({ rule }) => rule).join(" "),
    state,
    change,
    activeAt,
    revenue,
    currency,
    marks.join(" "),
  ];
  return [...own, ...others].map((cell) => cell ?? "");
}

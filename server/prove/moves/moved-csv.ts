import { csvLine } from "../../platform/csv-line.ts";
import type { Database } from "../../platform/database/open.ts";
import { listMoved, type MovedFilter } from "./list-moved.ts";
import type { Span } from "./moved-customers.ts";
import type { MovedCustomer } from "./moves.ts";

// Large, for each page is a look at all answers of both periods.
const pageSize = 20_000;

/** All customers who moved so as a CSV file, in the order of the list. */
export async function* movedCsv(db: Database, span: Span, filter: MovedFilter): AsyncGenerator<string> {
  yield csvLine(columns.map(([name]) => name));
  for (let cursor: string | undefined; ;) {
    const { items, next } = await listMoved(db, span, filter, { cursor, limit: pageSize });
    if (items.length > 0) yield items.map((item) => csvLine(columns.map(([, cell]) => cell(item)))).join("");
    if (next === null) return;
    cursor = next;
  }
}

const columns: [name: string, cell: (customer: MovedCustomer) => string | number | null][] = [
  ["customer", ({ externalId }) => externalId],
  ["name", ({ name }) => name],
  ["email", ({ email }) => email],
  ["account", ({ account }) => account],
  ["plan", ({ plan }) => plan],
  ["before", ({ before }) => before],
  ["score before", ({ beforeScore }) => beforeScore],
  ["after", ({ after }) => after],
  ["score after", ({ afterScore }) => afterScore],
  [
    "change of activity in percent",
    ({ change }) => (change === null ? null : Math.round(change * 1000) / 10),
  ],
  ["revenue", ({ revenue }) => revenue],
  ["currency", ({ currency }) => currency],
  ["id", ({ id }) => id],
];

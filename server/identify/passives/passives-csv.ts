import { csvLine } from "../../platform/csv-line.ts";
import type { Database } from "../../platform/database/open.ts";
import { listPassives } from "./list-passives.ts";
import type { PassiveCustomer, PassiveSort } from "./passives.ts";
import type { PassiveSelection } from "./select-passives.ts";

// Large, for each page is a look at all rows of the filter.
const pageSize = 20_000;

/** All customers of a filter as a CSV file, in the order of the list. */
export async function* passivesCsv(
  db: Database,
  selection: PassiveSelection,
  { now, sort }: { now: Date; sort: PassiveSort },
): AsyncGenerator<string> {
  yield csvLine(columns.map(([name]) => name));
  for (let cursor: string | undefined; ;) {
    const { items, next } = await listPassives(db, selection, { now, sort, cursor, limit: pageSize });
    if (items.length > 0) yield items.map((item) => csvLine(columns.map(([, cell]) => cell(item)))).join("");
    if (next === null) return;
    cursor = next;
  }
}

const columns: [name: string, cell: (customer: PassiveCustomer) => string | number | null][] = [
  ["customer", ({ externalId }) => externalId],
  ["name", ({ name }) => name],
  ["email", ({ email }) => email],
  ["account", ({ account }) => account],
  ["plan", ({ plan }) => plan],
  ["status", ({ status }) => status],
  ["since", ({ statusSince }) => statusSince.slice(0, 10)],
  ["score", ({ score }) => score],
  ["answered", ({ answeredAt }) => answeredAt?.slice(0, 10) ?? null],
  ["asked", ({ asked }) => asked],
  ["activity", ({ state }) => state],
  ["change in percent", ({ change }) => (change === null ? null : Math.round(change * 1000) / 10)],
  ["reasons", ({ reasons }) => reasons.map(({ rule }) => rule).join("; ")],
  ["revenue", ({ revenue }) => revenue],
  ["currency", ({ currency }) => currency],
  ["id", ({ id }) => id],
];

import { csvLine } from "../../platform/csv-line.ts";
import type { Database } from "../../platform/database/open.ts";
import { listIncentives } from "./list-incentives.ts";

const columns =
  "id,code,pool,customerId,customer,email,purpose,play,givenBy,reason,givenAt,redeemedAt,redeemedBy,byScore";
const pageSize = 1_000;

/** The ledger of a pool as CSV, a piece at a time. A cell that a spreadsheet would compute gets an apostrophe before it. */
export async function* exportIncentives(
  db: Database,
  { workspaceId, poolId }: { workspaceId: string; poolId: string },
): AsyncGenerator<string> {
  yield `${columns}\r\n`;
  for (let cursor: string | undefined; ;) {
    const { items, next } = await listIncentives(db, { workspaceId, poolId, cursor, limit: pageSize });
    yield items
      .map(({ customer, pool, play, ...row }) =>
        csvLine([
          row.id,
          row.code,
          pool.name,
          customer.id,
          customer.name,
          customer.email,
          row.purpose,
          play?.name ?? null,
          row.givenBy,
          row.reason,
          row.givenAt,
          row.redeemedAt,
          row.redeemedBy,
          String(row.byScore),
        ]),
      )
      .join("");
    if (next === null) return;
    cursor = next;
  }
}

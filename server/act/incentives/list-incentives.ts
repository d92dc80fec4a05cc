import { sql } from "kysely";
import { type Cursor, readCursor, writeCursor } from "../../collect/cursor.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { IncentivePurpose } from "../../platform/database/schema-act.ts";
import type { Incentive } from "./code-pool.ts";
import { givenByScore } from "./given-by-score.ts";

interface Wanted {
  workspaceId: string;
  poolId?: string | undefined;
  customerId?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

interface Row {
  id: string;
  code: string;
  poolId: string;
  poolName: string;
  customerId: string;
  customerName: string | null;
  customerEmail: string | null;
  purpose: IncentivePurpose;
  playId: string | null;
  playName: string | null;
  version: number | null;
  givenBy: string | null;
  reason: string | null;
  givenAt: Date;
  at: string;
  redeemedAt: Date | null;
  redeemedBy: Incentive["redeemedBy"];
}

/** A page of the ledger, newest first. @throws Refusal for a cursor that is none */
export async function listIncentives(
  db: Database,
  { workspaceId, poolId, customerId, cursor, limit }: Wanted,
): Promise<{ items: Incentive[]; next: string | null }> {
  const from = cursor === undefined ? undefined : readCursor(cursor);
  if (cursor !== undefined && !from)
    throw new Refusal("bad_input", "This cursor is none; begin without one.", { reason: "bad_cursor" });
  const rows = await readRows(db, { workspaceId, poolId, customerId, from, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const byScore = await givenByScore(db, workspaceId, page);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map((row) => toIncentive(row, byScore.has(`${row.playId} ${row.version}`))),
    next: last ? writeCursor({ at: last.at, id: last.id }) : null,
  };
}

async function readRows(
  db: Database,
  { workspaceId, poolId, customerId, from, limit }: Omit<Wanted, "cursor"> & { from: Cursor | undefined },
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select i.id, i.code, i.pool_id as "poolId", p.name as "poolName", i.customer_id as "customerId",
      c.name as "customerName", c.email as "customerEmail", i.purpose, i.play_id as "playId", y.name as "playName",
      e.version, m.name as "givenBy", i.reason, i.given_at as "givenAt",
      to_char(i.given_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
      i.redeemed_at as "redeemedAt", i.redeemed_by as "redeemedBy"
    from incentives i join code_pools p on p.id = i.pool_id
    left join customers c on c.id = i.customer_id
    left join plays y on y.id = i.play_id
    left join enrolments e on e.customer_id = i.customer_id and e.id = i.enrolment_id
    left join people m on m.id = i.given_by
    where i.workspace_id = ${workspaceId}::uuid
      ${poolId === undefined ? sql`` : sql`and i.pool_id = ${poolId}::uuid`}
      ${customerId === undefined ? sql`` : sql`and i.customer_id = ${customerId}::uuid`}
      ${from ? sql`and (i.given_at, i.id) < (${from.at}::timestamptz, ${from.id}::uuid)` : sql``}
    order by i.given_at desc, i.id desc limit ${limit}`.execute(db);
  return rows;
}

function toIncentive(row: Row, byScore: boolean): Incentive {
  const { id, code, purpose, givenBy, reason, redeemedBy } = row;
  return {
    id,
    code,
    pool: { id: row.poolId, name: row.poolName },
    customer: { id: row.customerId, name: row.customerName, email: row.customerEmail },
    purpose,
    play: row.playId === null ? null : { id: row.playId, name: row.playName ?? "" },
    givenBy,
    reason,
    givenAt: row.givenAt.toISOString(),
    redeemedAt: row.redeemedAt?.toISOString() ?? null,
    redeemedBy,
    byScore,
  };
}

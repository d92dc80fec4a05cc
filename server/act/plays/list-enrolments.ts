import { z } from "@hono/zod-openapi";
import { sql } from "kysely";
import { readCursor, writeCursor } from "../../collect/cursor.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { findPlayRow, type PlayPlace } from "./find-play-row.ts";

const states = z.enum(["active", "done", "stopped"]);
const arms = z.enum(["treated", "holdout"]);

export const EnrolmentsQuery = z.object({
  state: states.optional(),
  arm: arms.optional(),
  cursor: z.string().optional().describe("`next` of the page before."),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type EnrolmentsQuery = z.infer<typeof EnrolmentsQuery>;

const time = z.iso.datetime().nullable();

/** One customer in one play. */
export const Enrolment = z
  .object({
    id: z.uuid(),
    customer: z.object({
      id: z.uuid(),
      name: z.string().nullable(),
      email: z.string().nullable(),
      account: z.string().nullable(),
    }),
    version: z.int(),
    entry: z.int().describe("2 for somebody who enters the second time."),
    arm: arms,
    state: states,
    step: z.string().nullable().describe("Where they are; null for those left alone, and after the last."),
    stoppedBy: z.string().nullable().describe("Why they left early."),
    enteredAt: z.iso.datetime(),
    endedAt: time,
    scoreBefore: z.int().nullable(),
    goalAt: time.describe("When they reached the goal."),
    reached: z.boolean().nullable().describe("null: their days are not over."),
    resultDue: z.iso.datetime(),
  })
  .openapi("Enrolment");
export type Enrolment = z.infer<typeof Enrolment>;

export const EnrolmentsPage = z.object({ items: z.array(Enrolment), next: z.string().nullable() });

interface Row {
  id: string;
  customerId: string;
  name: string | null;
  email: string | null;
  account: string | null;
  cursorAt: string;
  version: number;
  entry: number;
  arm: Enrolment["arm"];
  state: Enrolment["state"];
  step: string | null;
  stoppedBy: string | null;
  enteredAt: Date;
  endedAt: Date | null;
  scoreBefore: number | null;
  goalAt: Date | null;
  reached: boolean | null;
  resultDue: Date;
}

/** One page of those who entered a play, latest first. @throws Refusal when the workspace has no such play */
export async function listEnrolments(
  db: Database,
  play: PlayPlace,
  { state, arm, cursor, limit }: EnrolmentsQuery,
): Promise<z.infer<typeof EnrolmentsPage>> {
  await findPlayRow(db, play);
  const after = cursor === undefined ? undefined : readCursor(cursor);
  if (cursor !== undefined && !after)
    throw new Refusal("bad_input", "cursor: is not one of ours; take `next` of the page before.");
  const { rows } = await sql<Row>`
    select e.id, e.customer_id as "customerId", c.name, c.email, coalesce(a.name, a.key) as account,
      to_char(e.entered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "cursorAt", e.version, e.entry, e.arm,
      e.state, e.step, e.stopped_by as "stoppedBy", e.entered_at as "enteredAt", e.ended_at as "endedAt",
      e.score_before as "scoreBefore", e.goal_at as "goalAt", e.reached, e.result_due as "resultDue"
    from enrolments e join customers c on c.id = e.customer_id
      left join accounts a on a.workspace_id = ${play.workspaceId}::uuid and a.id = c.account_id
    where e.workspace_id = ${play.workspaceId}::uuid and e.play_id = ${play.id}::uuid
      ${state === undefined ? sql`` : sql`and e.state = ${state}`} ${arm === undefined ? sql`` : sql`and e.arm = ${arm}`}
      ${after ? sql`and (e.entered_at, e.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
    order by e.entered_at desc, e.id desc limit ${limit + 1}`.execute(db);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(shown),
    next: rows.length > limit && last ? writeCursor({ at: last.cursorAt, id: last.id }) : null,
  };
}

function shown(row: Row): Enrolment {
  const { id, version, entry, arm, state, step, stoppedBy, scoreBefore, reached } = row;
  return {
    id,
    customer: { id: row.customerId, name: row.name, email: row.email, account: row.account },
    version,
    entry,
    arm,
    state,
    step,
    stoppedBy,
    scoreBefore,
    reached,
    enteredAt: row.enteredAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    goalAt: row.goalAt?.toISOString() ?? null,
    resultDue: row.resultDue.toISOString(),
  };
}

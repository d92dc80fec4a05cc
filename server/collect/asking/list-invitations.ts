import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { currentCustomer } from "../customers/follow-merges.ts";
import { type Cursor, readCursor, writeCursor } from "../cursor.ts";
import type { Invitation } from "./invitation.ts";
import { hasFate, type InvitationFate } from "./invitation-fate.ts";

/** Which invitations are wanted. */
export interface InvitationFilter {
  survey?: string | undefined;
  state?: Invitation["state"] | undefined;
  customer?: string | undefined;
  fate?: InvitationFate | undefined;
}

/** One page of invitations, newest first. */
export async function listInvitations(
  db: Database,
  workspaceId: string,
  filter: InvitationFilter,
  { now, cursor, limit = 100 }: { now: Date; cursor?: string | undefined; limit?: number },
): Promise<{ items: Invitation[]; next: string | null }> {
  const after = cursor === undefined ? undefined : readCursor(cursor);
  if (cursor !== undefined && !after)
    throw new Refusal("bad_input", "cursor: is not one of ours; take `next` of the page before.");
  const customer = filter.customer && (await currentCustomer(db, filter.customer));
  const surveys = filter.survey ? [filter.survey] : await surveyIds(db, workspaceId);
  // One survey at a time, because the index is in the order of time within a survey.
  const pages = await Promise.all(
    surveys.map(async (survey) =>
      selectPage(db, workspaceId, { ...filter, survey, customer }, { now, after, limit: limit + 1 }),
    ),
  );
  const rows = pages.flat().sort((a, b) => compare(b.exactAt, a.exactAt) || compare(b.id, a.id));
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map(toInvitation),
    next: last ? writeCursor({ at: last.exactAt, id: last.id }) : null,
  };
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

async function surveyIds(db: Database, workspaceId: string): Promise<string[]> {
  const rows = await db.selectFrom("surveys").select("id").where("workspaceId", "=", workspaceId).execute();
  return rows.map(({ id }) => id);
}

function selectPage(
  db: Database,
  workspaceId: string,
  { survey, state, customer, fate }: InvitationFilter,
  { now, after, limit }: { now: Date; after: Cursor | undefined; limit: number },
) {
  return selectInvitations(db, workspaceId)
    .where("i.surveyId", "=", survey!)
    .$if(state !== undefined, (query) => query.where("i.state", "=", state!))
    .$if(customer !== undefined, (query) => query.where("i.customerId", "=", customer!))
    .$if(fate !== undefined, (query) => query.where(hasFate(fate!, now)))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(i.created_at, i.id) < (${after!.at}::timestamptz, ${after!.id}::uuid)`),
    )
    .orderBy("i.createdAt", "desc")
    .orderBy("i.id", "desc")
    .limit(limit)
    .execute();
}

/** Invitations with what is shown of their customers. */
export function selectInvitations(db: Database, workspaceId: string) {
  return (
    db
      .selectFrom("invitations as i")
      .leftJoin("customers as c", "c.id", "i.customerId")
      .where("i.workspaceId", "=", workspaceId)
      .select(["i.id", "i.customerId", "i.surveyId", "i.version", "i.channel", "i.language", "i.state"])
      .select([
        "i.reason",
        "i.recipient",
        "i.createdAt",
        "i.sendAfter",
        "i.expiresAt",
        "i.sentAt",
        "i.reminders",
        "i.remindAt",
      ])
      .select(["i.openedAt", "i.answeredAt", "i.bouncedAt", "i.complainedAt", "i.unsubscribedAt"])
      .select(["c.name", "c.email"])
      // With its microseconds, which a Date would lose.
      .select(
        sql<string>`to_char(i.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as("exactAt"),
      )
  );
}

type InvitationRow = Awaited<ReturnType<ReturnType<typeof selectInvitations>["execute"]>>[number];

/** The row of an invitation as it is shown. */
export function toInvitation(row: InvitationRow): Invitation {
  const { name, email, exactAt: _, ...invitation } = row;
  const text = (time: Date | null) => time && time.toISOString();
  return {
    ...invitation,
    createdAt: row.createdAt.toISOString(),
    sendAfter: row.sendAfter.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    sentAt: text(row.sentAt),
    remindAt: text(row.remindAt),
    openedAt: text(row.openedAt),
    answeredAt: text(row.answeredAt),
    bouncedAt: text(row.bouncedAt),
    complainedAt: text(row.complainedAt),
    unsubscribedAt: text(row.unsubscribedAt),
    customer: { name, email },
  };
}

import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { newId } from "../../platform/ids.ts";
import { currentCustomer } from "../customers/follow-merges.ts";
import { dayOf } from "../score-days.ts";
import type { SetAsideReason } from "./judge-answer.ts";
import { randomUuid } from "./random-uuid.ts";

/** An answer that is taken for a machine's. */
export interface SetAside {
  workspaceId: string;
  surveyId: string;
  /** Of the invitation; both absent for a public link. */
  customerId?: string;
  invitationId?: string;
  score: number;
  reason: SetAsideReason;
  channel: string;
  language: string;
  anonymous: boolean;
}

/** More of one invitation tell nothing new. */
const mostOfOne = 50;

/** Keeps an answer aside: it is shown with its reason and counted nowhere. */
export async function setAside(db: Database, clock: Clock, aside: SetAside): Promise<void> {
  const { workspaceId, surveyId, score, reason, channel, language, anonymous } = aside;
  const { invitationId = null } = aside;
  const now = clock.now();
  const at = anonymous ? new Date(dayOf(now)) : now;
  const id = anonymous ? randomUuid() : newId(clock);
  await inTransaction(db, async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    const customerId = aside.customerId ? await currentCustomer(db, aside.customerId) : randomUuid();
    if (invitationId && (await countOf(db, customerId, invitationId)) >= mostOfOne) return;
    await sql`
      insert into set_asides (workspace_id, customer_id, id, invitation_id, survey_id, at, score, reason, channel, language)
      select w.id, ${customerId}::uuid, ${id}::uuid, ${invitationId}::uuid, ${surveyId}::uuid, ${at}::timestamptz,
        ${score}::smallint, ${reason}::text, ${channel}::text, ${language}::text
      from workspaces w where w.id = ${workspaceId}::uuid
        -- Nothing of a customer who was deleted meanwhile.
        and (${invitationId}::uuid is null or exists (select from invitations i join customers c on c.id = i.customer_id
          where i.customer_id = ${customerId}::uuid and i.id = ${invitationId}::uuid))`.execute(db);
  });
}

async function countOf(db: Database, customerId: string, invitationId: string): Promise<number> {
  const { n } = await db
    .selectFrom("setAsides")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .where("customerId", "=", customerId)
    .where("invitationId", "=", invitationId)
    .executeTakeFirstOrThrow();
  return n;
}

import { sql } from "kysely";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import type { Click } from "./judge-answer.ts";
import { type AskedInvitation, mostClicks } from "./read-asked.ts";

/** Writes down that a link was fetched, by whomever; the first time marks the invitation as opened. */
export async function recordClick(
  db: Database,
  { survey, customerId, id: invitationId, openedAt, clicks }: AskedInvitation,
  { id, at, method, score, honeypot, scanner }: Click & { id: string; scanner: string | undefined },
): Promise<void> {
  // An anonymous survey keeps none.
  if (survey.anonymous || clicks.length >= mostClicks) return;
  await inTransaction(db, async (db) => {
    await lockWorkspace(db, survey.workspaceId, "shared");
    await sql`
      insert into clicks (workspace_id, customer_id, id, invitation_id, survey_id, at, method, score, honeypot, scanner)
      select i.workspace_id, ${customerId}::uuid, ${id}::uuid, ${invitationId}::uuid, ${survey.id}::uuid,
        ${at}::timestamptz, ${method}::text, ${score}::smallint, ${honeypot}::boolean, ${scanner ?? null}::text
      from invitations i join customers c on c.id = i.customer_id
      where i.customer_id = ${customerId}::uuid and i.id = ${invitationId}::uuid`.execute(db);
    if (openedAt || method !== "GET" || honeypot) return;
    await db
      .updateTable("invitations")
      .set({ openedAt: at })
      .where("customerId", "=", customerId)
      .where("id", "=", invitationId)
      .where("openedAt", "is", null)
      .execute();
  });
}

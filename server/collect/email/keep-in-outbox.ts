import { workspaceExists } from "../../platform/accounts/workspace-exists.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { idOf } from "../../platform/ids.ts";
import type { Resources } from "../../platform/resources.ts";
import { remindAt } from "../asking/invitation.ts";
import { followMerges } from "../customers/follow-merges.ts";
import { markSent } from "./settle-invitations.ts";
import type { ReadyMessage } from "./write-invitations.ts";

/** Without a mail server: shows the messages in Settings → Outbox, and counts them as sent. */
export async function keepInOutbox(
  { database, clock }: Pick<Resources, "database" | "clock">,
  workspaceId: string,
  written: readonly ReadyMessage[],
): Promise<void> {
  if (written.length === 0) return;
  const at = clock.now();
  await inTransaction(database.db, async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    if (!(await workspaceExists(db, workspaceId))) return;
    const messages = await ofPresentCustomers(db, written);
    if (messages.length === 0) return;
    await db
      .insertInto("outbox")
      .values(
        messages.map(({ invitation, recipient, mail }) => ({
          id: idOf("mail-of-invitation", invitation.id, String(invitation.reminders)),
          workspaceId,
          personId: null,
          recipient,
          ...mail,
          at,
        })),
      )
      .onConflict((c) => c.column("id").doNothing())
      .execute();
    await markSent(
      db,
      messages.map((message) => sentMessage(message, at)),
    );
  });
}

/** Without those of customers who were erased after their mail was written. */
async function ofPresentCustomers(db: Database, messages: readonly ReadyMessage[]): Promise<ReadyMessage[]> {
  const named = messages.map(({ invitation }) => invitation.customerId);
  const merges = await followMerges(db, named);
  const current = (id: string) => merges.get(id) ?? id;
  const rows = await db
    .selectFrom("customers")
    .select("id")
    .where("id", "in", [...new Set(named.map(current))])
    .execute();
  const present = new Set(rows.map(({ id }) => id));
  return messages.filter(({ invitation }) => present.has(current(invitation.customerId)));
}

/** What `markSent` is told of a message that went out. */
export function sentMessage({ invitation, survey }: ReadyMessage, at: Date) {
  const { customerId, id, reminders } = invitation;
  const settings = { reminders: survey.settings.reminders, anonymous: survey.anonymous };
  return { customerId, id, reminders, at, remindAt: remindAt(settings, reminders, at) };
}

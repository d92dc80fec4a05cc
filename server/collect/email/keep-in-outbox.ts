import { workspaceExists } from "../../platform/accounts/workspace-exists.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { idOf } from "../../platform/ids.ts";
import type { Resources } from "../../platform/resources.ts";
import { remindAt } from "../asking/invitation.ts";
import { markSent } from "./settle-invitations.ts";
import type { ReadyMessage } from "./write-invitations.ts";

/** Without a mail server: shows the messages in Settings → Outbox, and counts them as sent. */
export async function keepInOutbox(
  { database, clock }: Pick<Resources, "database" | "clock">,
  workspaceId: string,
  messages: readonly ReadyMessage[],
): Promise<void> {
  if (messages.length === 0) return;
  const at = clock.now();
  await inTransaction(database.db, async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    if (!(await workspaceExists(db, workspaceId))) return;
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

/** What `markSent` is told of a message that went out. */
export function sentMessage({ invitation, survey }: ReadyMessage, at: Date) {
  const { customerId, id, reminders } = invitation;
  const settings = { reminders: survey.settings.reminders, anonymous: survey.anonymous };
  return { customerId, id, reminders, at, remindAt: remindAt(settings, reminders, at) };
}

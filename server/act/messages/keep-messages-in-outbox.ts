import { followMerges } from "../../collect/customers/follow-merges.ts";
import { workspaceExists } from "../../platform/accounts/workspace-exists.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { idOf } from "../../platform/ids.ts";
import type { Resources } from "../../platform/resources.ts";
import { type ReadyMessage, sentMessage } from "./message-mail.ts";
import { markMessagesSent } from "./settle-messages.ts";

/** Without a mail server: shows mails of plays and of the inbox in Settings → Outbox, and counts them as sent. */
export async function keepMessagesInOutbox(
  { database, clock }: Pick<Resources, "database" | "clock">,
  workspaceId: string,
  written: readonly ReadyMessage[],
): Promise<void> {
  if (written.length === 0) return;
  const at = clock.now();
  await inTransaction(database.db, async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    if (!(await workspaceExists(db, workspaceId))) return;
    const named = written.map(({ message }) => message.customerId);
    const merges = await followMerges(db, named);
    const current = (id: string) => merges.get(id) ?? id;
    // Some may have been erased after their mail was claimed.
    const present = await db
      .selectFrom("customers")
      .select("id")
      .where("id", "in", [...new Set(named.map(current))])
      .execute();
    const ids = new Set(present.map(({ id }) => id));
    const kept = written.filter(({ message }) => ids.has(current(message.customerId)));
    if (kept.length === 0) return;
    await db
      .insertInto("outbox")
      .values(
        kept.map(({ message, recipient }) => ({
          id: idOf("mail-of-message", message.id),
          workspaceId,
          personId: null,
          recipient,
          subject: message.subject,
          text: message.text,
          html: message.html,
          at,
        })),
      )
      .onConflict((c) => c.column("id").doNothing())
      .execute();
    await markMessagesSent(
      db,
      kept.map((message) => sentMessage(message, at)),
    );
  });
}

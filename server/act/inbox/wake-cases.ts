import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Resources } from "../../platform/resources.ts";
import { readInboxSettings } from "./inbox-settings.ts";
import { noteChange } from "./note-change.ts";
import { replyDue } from "./reply-due.ts";

const atOnce = 200;

/** Does the job `wake-cases`: what was snoozed until now is open again. */
export async function wakeCases({
  database: { db },
  clock,
}: Pick<Resources, "database" | "clock">): Promise<void> {
  for (;;) {
    const now = clock.now();
    const due = await db
      .selectFrom("cases")
      .select(["workspaceId", "customerId", "id"])
      .where("state", "=", "snoozed")
      .where("snoozedUntil", "<=", now)
      .orderBy("snoozedUntil")
      .limit(atOnce)
      .execute();
    for (const { workspaceId, customerId, id } of due) {
      await inTransaction(db, async (db) => {
        const settings = await readInboxSettings(db, workspaceId);
        const dueAt = await replyDue(db, workspaceId, settings, now);
        const woken = await db
          .updateTable("cases")
          // What is to be done when it wakes is due from then on.
          .set({ state: "open", snoozedUntil: null, dueAt, updatedAt: now })
          .where("customerId", "=", customerId)
          .where("id", "=", id)
          .where("state", "=", "snoozed")
          .where("snoozedUntil", "<=", now)
          .returning("id")
          .executeTakeFirst();
        if (woken)
          await noteChange(
            db,
            { workspaceId, customerId, caseId: id },
            { what: "woke", byId: null, at: now },
          );
      });
    }
    if (due.length < atOnce) return;
  }
}

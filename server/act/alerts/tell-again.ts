import type { Database } from "../../platform/database/open.ts";
import { type AlertFacts, alertAgainBody, alertBody, type Says } from "./alert-texts.ts";
import { alertId, type ToldReceiver } from "./write-deliveries.ts";

/** So long after the last change; who still types makes no second alert of each word. */
const patience = 10_000;
const event = "response.detractor";

interface ChangedAnswer {
  workspaceId: string;
  customerId: string;
  id: string;
  says: Says;
  facts: AlertFacts;
  now: Date;
}

/**
 * Tells those who were told of this answer once more when it says something else now: why, or another score. Each is told
 * once, after the last change; who has not been told yet is told the new words at once. In the caller's transaction, which
 * holds the lock of the customer's cases.
 */
export async function tellAgain(
  db: Database,
  receivers: readonly ToldReceiver[],
  answer: ChangedAnswer,
): Promise<void> {
  const { customerId, id, says, facts } = answer;
  for (const { id: receiverId, kind, language } of receivers) {
    if (kind === "webhook") continue;
    const first = await db
      .selectFrom("deliveries")
      .select(["id", "state", "says", "body"])
      .where("customerId", "=", customerId)
      .where("id", "=", alertId(receiverId, event, [id]))
      .executeTakeFirst();
    if (!first?.says) continue;
    const again = alertId(receiverId, event, [id, "again"]);
    const isNews = saysMore(first.says, says);
    if (first.state === "due" && isNews) {
      const body = JSON.stringify(alertBody(kind, language, event, facts));
      if (await replaceUntold(db, { customerId, id: first.id }, { body, says })) {
        await withdraw(db, { customerId, id: again });
        continue;
      }
    }
    if (!isNews) await withdraw(db, { customerId, id: again });
    else if (first.state !== "failed" && first.state !== "cancelled") {
      const { subject = "" } = JSON.parse(first.body) as Record<string, string>;
      const body = alertAgainBody(kind, language, facts, { ...first.says, subject });
      await writeAgain(db, answer, { id: again, receiverId, follows: first.id, body: JSON.stringify(body) });
    }
  }
}

/** A comment that was taken back is nothing that anybody has to be told. */
function saysMore(told: Says, now: Says): boolean {
  return now.score !== told.score || (now.comment !== null && now.comment !== told.comment);
}

interface Named {
  customerId: string;
  id: string;
}

async function replaceUntold(
  db: Database,
  { customerId, id }: Named,
  { body, says }: { body: string; says: Says },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("deliveries")
    .set({ body, says: JSON.stringify(says) })
    .where("customerId", "=", customerId)
    .where("id", "=", id)
    .where("state", "=", "due")
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

async function withdraw(db: Database, { customerId, id }: Named): Promise<void> {
  await db
    .deleteFrom("deliveries")
    .where("customerId", "=", customerId)
    .where("id", "=", id)
    .where("state", "=", "due")
    .where("attempts", "=", 0)
    .execute();
}

/** The round of deliveries that comes every few seconds finds it; none is asked for, or it would go out before the last change. */
async function writeAgain(
  db: Database,
  { workspaceId, customerId, says, now }: ChangedAnswer,
  row: { id: string; receiverId: string; follows: string; body: string },
): Promise<void> {
  const dueAt = new Date(now.getTime() + patience);
  await db
    .insertInto("deliveries")
    .values({ workspaceId, customerId, ...row, event, says: JSON.stringify(says), dueAt, createdAt: now })
    .onConflict((c) =>
      c
        .columns(["customerId", "id"])
        .doUpdateSet({ body: row.body, says: JSON.stringify(says), dueAt })
        .where("deliveries.state", "=", "due")
        .where("deliveries.attempts", "=", 0)
        .where("deliveries.body", "!=", row.body),
    )
    .execute();
}

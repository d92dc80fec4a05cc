import { sql } from "kysely";
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
  isDetractor: boolean;
  says: Says;
  facts: AlertFacts;
  now: Date;
}

/**
 * Tells those who were told of this answer once more when it says something else now: why, or another score. Each is told
 * once, after the last change; who has not been told yet is told the new words at once. While a try is under way nobody knows
 * which of them it will be: the second alert waits for it, and a try after it says the new words instead. In the caller's
 * transaction, which holds the lock of the customer's cases.
 */
export async function tellAgain(
  db: Database,
  receivers: readonly ToldReceiver[],
  answer: ChangedAnswer,
): Promise<void> {
  const { customerId, id, isDetractor, says, facts, now } = answer;
  for (const { id: receiverId, kind, language } of receivers) {
    if (kind === "webhook") continue;
    const first = await db
      .selectFrom("deliveries")
      .select(["id", "state", "says", "body"])
      .where("customerId", "=", customerId)
      .where("id", "=", alertId(receiverId, event, [id]))
      .forUpdate()
      .executeTakeFirst();
    if (!first?.says) continue;
    const again = { customerId, id: alertId(receiverId, event, [id, "again"]) };
    if (first.state !== "delivered") {
      // Those who are told of detractors would wonder at a mere 9.
      const words = isDetractor
        ? alertBody(kind, language, event, facts)
        : alertAgainBody(kind, language, facts, { ...first.says, subject: null });
      await renew(db, { customerId, id: first.id }, { body: JSON.stringify(words), says, notBefore: now });
    }
    const mayHaveBeenTold = first.state === "delivered" || first.state === "sending";
    const isNews = mayHaveBeenTold && saysMore(first.says, says);
    const { subject = "" } = JSON.parse(first.body) as Record<string, string>;
    const body = JSON.stringify(alertAgainBody(kind, language, facts, { ...first.says, subject }));
    const notBefore = new Date(now.getTime() + patience);
    if (!isNews) await withdraw(db, again);
    else
      await writeAgain(db, answer, { id: again.id, receiverId, follows: first.id, body, dueAt: notBefore });
    await renew(db, again, { body, says, notBefore });
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

/** Gives an alert that has not been told other words; one that a try is under way with says them at the next try, if there is one. */
async function renew(
  db: Database,
  { customerId, id }: Named,
  { body, says, notBefore }: { body: string; says: Says; notBefore: Date },
): Promise<void> {
  await sql`
    update deliveries set
      body = case state when 'sending' then body else ${body} end,
      says = case state when 'sending' then says else ${JSON.stringify(says)}::jsonb end,
      newer = case state when 'sending' then ${JSON.stringify({ body, says })}::jsonb end,
      due_at = case when state = 'due' and body <> ${body} then greatest(due_at, ${notBefore}::timestamptz) else due_at end
    where customer_id = ${customerId}::uuid and id = ${id}::uuid and state <> 'delivered'`.execute(db);
}

async function withdraw(db: Database, { customerId, id }: Named): Promise<void> {
  await db
    .deleteFrom("deliveries")
    .where("customerId", "=", customerId)
    .where("id", "=", id)
    .where("state", "=", "due")
    .execute();
}

/** The round of deliveries that comes every few seconds finds it; none is asked for, or it would go out before the last change. */
async function writeAgain(
  db: Database,
  { workspaceId, customerId, says, now }: ChangedAnswer,
  row: { id: string; receiverId: string; follows: string; body: string; dueAt: Date },
): Promise<void> {
  await db
    .insertInto("deliveries")
    .values({ workspaceId, customerId, ...row, event, says: JSON.stringify(says), createdAt: now })
    .onConflict((c) => c.doNothing())
    .execute();
}

import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { giveUpMessages } from "../asking/give-up-messages.ts";
import { contactIdOf } from "../asking/invitation.ts";

interface QueuedMessage {
  customerId: string;
  id: string;
  sendAfter: Date;
  restDays: number;
}

const day = 24 * 3_600_000;

/**
 * After two customers became one: what would ask this person twice is dropped. Of the first mails that wait, those that
 * would come within the rest from another contact; and reminders of what was answered, or asked again, by another mail.
 */
export async function calmInvitations(db: Database, customerId: string): Promise<void> {
  const { rows: queued } = await sql<QueuedMessage>`
    select i.customer_id as "customerId", i.id, i.send_after as "sendAfter",
      coalesce((s.settings ->> 'restDays')::integer, 0) as "restDays"
    from invitations i join surveys s on s.id = i.survey_id
    where i.customer_id = ${customerId}::uuid and i.state = 'queued' and i.reminders = 0 and i.channel = 'email'
    order by i.send_after, i.id`.execute(db);
  if (queued.length > 0) {
    const contacts = await db
      .selectFrom("contacts")
      .select(["id", "at"])
      .where("customerId", "=", customerId)
      .execute();
    const waiting = new Set(queued.map(({ id }) => contactIdOf(id, 0)));
    const taken = contacts.filter(({ id }) => !waiting.has(id)).map(({ at }) => at.getTime());
    const surplus = queued.filter(({ sendAfter, restDays }) => {
      const rests = taken.some((at) => at > sendAfter.getTime() - restDays * day);
      if (!rests) taken.push(sendAfter.getTime());
      return rests;
    });
    await giveUpMessages(db, surplus, { state: "cancelled", reason: "rest" });
  }
  await sql`
    update invitations i set remind_at = null
    where i.customer_id = ${customerId}::uuid and i.remind_at is not null and exists (
      select from invitations other
      where other.customer_id = i.customer_id and other.survey_id = i.survey_id and other.id <> i.id
        and (other.answered_at >= i.created_at or other.state = 'sent' and other.created_at > i.created_at))`.execute(
    db,
  );
}

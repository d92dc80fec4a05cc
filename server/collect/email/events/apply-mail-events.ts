import { hash } from "node:crypto";
import { sql } from "kysely";
import { inTransaction } from "../../../platform/database/in-transaction.ts";
import type { Database } from "../../../platform/database/open.ts";
import type { Resources } from "../../../platform/resources.ts";
import { keyOf, suppressAddress } from "../../asking/suppress-address.ts";
import { normaliseEmail } from "../../customer.ts";
import type { SuppressionReason } from "../../asking/suppression.ts";
import { currentCustomer } from "../../customers/follow-merges.ts";
import type { MailEvent, MailEventSource } from "./mail-event.ts";

interface Batch {
  source: MailEventSource;
  events: readonly MailEvent[];
  /** Names this delivery; the same a second time changes nothing. */
  once: string;
  /** Whether the sender is known well enough to believe an address alone. */
  byAddress: boolean;
}

const reasons: Record<Exclude<MailEvent["kind"], "soft_bounce">, SuppressionReason> = {
  hard_bounce: "bounced",
  complaint: "complained",
  unsubscribe: "unsubscribed",
};

/** How far back an event may lie, and so how long a delivery is remembered. */
export const rememberedHours = 25;
const mailedWithinDays = 45;

/**
 * Takes addresses off the list after bounces and complaints, and notes what else was reported.
 * @returns how many of the events were about mails of ours; none for a delivery that was taken before
 */
export async function applyMailEvents(
  { database, clock }: Pick<Resources, "database" | "clock">,
  { source, events, once, byAddress }: Batch,
): Promise<number> {
  return inTransaction(database.db, async (db) => {
    if (!(await isFirst(db, clock.now(), `mail-event ${source} ${hash("sha256", once)}`))) return 0;
    let applied = 0;
    for (const event of events) {
      for (const mailed of await findMailed(db, clock.now(), event, byAddress)) {
        applied++;
        if (event.kind === "soft_bounce") await noteSoftBounce(db, mailed);
        else {
          const { recipient: email, ...whom } = mailed;
          await suppressAddress(db, clock, {
            ...whom,
            email,
            reason: reasons[event.kind],
            source,
            detail: event.detail ?? null,
          });
        }
      }
    }
    return applied;
  });
}

/** Remembers a delivery, in the table of what passes with time. */
async function isFirst(db: Database, now: Date, key: string): Promise<boolean> {
  const until = new Date(now.getTime() + rememberedHours * 3_600_000);
  const { rows } = await sql`
    insert into rate_limits as r (key, count, until) values (${key}, 1, ${until})
    on conflict (key) do update set until = excluded.until where r.until <= ${now}
    returning key`.execute(db);
  return rows.length > 0;
}

interface Mailed {
  workspaceId: string;
  customerId: string;
  invitationId: string;
  surveyId: string;
  recipient: string;
}

/**
 * The mail that an event is about, in the one workspace that sent it. By its address alone only where that can be no other:
 * one workspace knows the address, and nobody who signs in here has it, to whom Nines writes too.
 */
async function findMailed(
  db: Database,
  now: Date,
  { message, recipient }: MailEvent,
  byAddress: boolean,
): Promise<Mailed[]> {
  if (message) {
    const found = await mails(db)
      .where("i.customerId", "=", await currentCustomer(db, message.customerId))
      .where("i.id", "=", message.id)
      .execute();
    if (found.length > 0) return found.flatMap(complete);
  }
  if (!byAddress || !recipient) return [];
  const [customer, another] = await db
    .selectFrom("customerKeys")
    .select("customerId")
    .where("key", "=", keyOf(recipient))
    .limit(2)
    .execute();
  if (!customer || another || (await isPerson(db, recipient))) return [];
  const since = new Date(now.getTime() - mailedWithinDays * 24 * 3_600_000);
  const found = await mails(db)
    .where("i.customerId", "=", customer.customerId)
    .where("i.sentAt", ">", since)
    .orderBy("i.sentAt", "desc")
    .limit(100)
    .execute();
  return found
    .flatMap(complete)
    .filter(({ recipient: mailed }) => keyOf(mailed) === keyOf(recipient))
    .slice(0, 1);
}

/** Whether somebody who signs in here has this address. */
async function isPerson(db: Database, email: string): Promise<boolean> {
  const person = await db
    .selectFrom("people")
    .select("id")
    .where("email", "=", normaliseEmail(email))
    .executeTakeFirst();
  return person !== undefined;
}

function mails(db: Database) {
  return db
    .selectFrom("invitations as i")
    .innerJoin("customers as c", "c.id", "i.customerId")
    .select(["i.workspaceId", "i.customerId", "i.id as invitationId", "i.surveyId", "i.recipient", "c.email"])
    .where("i.channel", "=", "email");
}

function complete({
  email,
  recipient,
  ...row
}: { email: string | null; recipient: string | null } & Omit<Mailed, "recipient">): Mailed[] {
  const address = recipient ?? email;
  return address === null ? [] : [{ ...row, recipient: address }];
}

async function noteSoftBounce(db: Database, { customerId, invitationId }: Mailed): Promise<void> {
  await db
    .updateTable("invitations")
    .set({ reason: "soft_bounce" })
    .where("customerId", "=", customerId)
    .where("id", "=", invitationId)
    .where("state", "=", "sent")
    .where("bouncedAt", "is", null)
    .execute();
}

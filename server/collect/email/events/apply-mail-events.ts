import { hash } from "node:crypto";
import { sql } from "kysely";
import { inTransaction } from "../../../platform/database/in-transaction.ts";
import type { Database } from "../../../platform/database/open.ts";
import type { Resources } from "../../../platform/resources.ts";
import { keyOf, suppressAddress } from "../../asking/suppress-address.ts";
import { normaliseEmail } from "../../customer.ts";
import type { SuppressionReason } from "../../asking/suppression.ts";
import { currentCustomer } from "../../customers/follow-merges.ts";
import type { FoundMail, OtherMail } from "../other-mail.ts";
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
  otherMail?: OtherMail,
): Promise<number> {
  return inTransaction(database.db, async (db) => {
    if (!(await isFirst(db, clock.now(), `mail-event ${source} ${hash("sha256", once)}`))) return 0;
    let applied = 0;
    for (const event of events) {
      const now = clock.now();
      for (const { other, ...mailed } of await findMailed(db, { now, otherMail, byAddress }, event)) {
        applied++;
        const what = event.kind === "soft_bounce" ? event.kind : reasons[event.kind];
        if (other) await otherMail?.mark(db, other, what, now);
        else if (what === "soft_bounce") await noteSoftBounce(db, mailed);
        if (what === "soft_bounce") continue;
        const { recipient: email, ...whom } = mailed;
        const detail = event.detail ?? null;
        await suppressAddress(db, clock, { ...whom, email, reason: what, source, detail });
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
  recipient: string;
  sentAt: Date | null;
  invitationId?: string;
  surveyId?: string;
  /** Where it was no invitation. */
  other?: FoundMail;
}

interface Search {
  now: Date;
  otherMail: OtherMail | undefined;
  byAddress: boolean;
}

/**
 * The mail that an event is about, in the one workspace that sent it. By its address alone only where that can be no other:
 * one workspace knows the address, and nobody who signs in here has it, to whom Nines writes too.
 */
async function findMailed(
  db: Database,
  { now, otherMail, byAddress }: Search,
  { message, recipient }: MailEvent,
): Promise<Mailed[]> {
  if (message) {
    const customerId = await currentCustomer(db, message.customerId);
    const found = await mails(db)
      .where("i.customerId", "=", customerId)
      .where("i.id", "=", message.id)
      .execute();
    if (found.length > 0) return found.flatMap(complete);
    const other = await otherMail?.find(db, { customerId, id: message.id });
    if (other) return [asMailed(other)];
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
  const others = (await otherMail?.sentSince(db, customer.customerId, since)) ?? [];
  return [...found.flatMap(complete), ...others.map(asMailed)]
    .filter(({ recipient: mailed }) => keyOf(mailed) === keyOf(recipient))
    .sort((a, b) => b.sentAt!.getTime() - a.sentAt!.getTime())
    .slice(0, 1);
}

function asMailed(other: FoundMail): Mailed {
  const { workspaceId, customerId, recipient, sentAt } = other;
  return { workspaceId, customerId, recipient, sentAt, other };
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
    .select([
      "i.workspaceId",
      "i.customerId",
      "i.id as invitationId",
      "i.surveyId",
      "i.recipient",
      "i.sentAt",
      "c.email",
    ])
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

async function noteSoftBounce(
  db: Database,
  { customerId, invitationId = "" }: Omit<Mailed, "other">,
): Promise<void> {
  await db
    .updateTable("invitations")
    .set({ reason: "soft_bounce" })
    .where("customerId", "=", customerId)
    .where("id", "=", invitationId)
    .where("state", "=", "sent")
    .where("bouncedAt", "is", null)
    .execute();
}

import { type RawBuilder, sql } from "kysely";

/** What can have become of an invitation, as its list can be asked; what the customer did goes before the mail's fate. */
export const invitationFates = [
  "waiting",
  "sent",
  "opened",
  "answered",
  "unsubscribed",
  "bounced",
  "failed",
  "cancelled",
  "expired",
] as const;
export type InvitationFate = (typeof invitationFates)[number];

const untold =
  "i.answered_at is null and i.complained_at is null and i.unsubscribed_at is null and i.bounced_at is null";
const given = `${untold} and i.state not in ('failed', 'cancelled')`;

/** Whether an invitation `i` has this fate; each has exactly one. */
export function hasFate(fate: InvitationFate, now: Date): RawBuilder<boolean> {
  const open = sql`${sql.raw(given)} and i.expires_at > ${now}`;
  const conditions: Record<InvitationFate, RawBuilder<unknown>> = {
    waiting: sql`${open} and i.state in ('queued', 'sending')`,
    sent: sql`${open} and i.state = 'sent' and i.opened_at is null`,
    opened: sql`${open} and i.state = 'sent' and i.opened_at is not null`,
    answered: sql`i.answered_at is not null`,
    unsubscribed: sql`i.answered_at is null and (i.complained_at is not null or i.unsubscribed_at is not null)`,
    bounced: sql`i.bounced_at is not null and i.answered_at is null and i.complained_at is null
      and i.unsubscribed_at is null`,
    failed: sql`${sql.raw(untold)} and i.state = 'failed'`,
    cancelled: sql`${sql.raw(untold)} and i.state = 'cancelled'`,
    expired: sql`${sql.raw(given)} and i.expires_at <= ${now}`,
  };
  return sql<boolean>`(${conditions[fate]})`;
}

import { sql } from "kysely";
import { dropQueuedMessages } from "../messages/settle-messages.ts";
import type { Database } from "../../platform/database/open.ts";
import { giveBackCodes } from "../incentives/give-back-codes.ts";
import { goalMoment } from "./goal.ts";

/** Why an enrolment ended before its steps did. */
export type StopReason =
  | "unsubscribed"
  | "complaint"
  | "goal"
  | "replied"
  | "higher_priority"
  | "merged"
  | "entered_again"
  | "play_ended";

// Where a play tells only members, those enter too who want no mail or have complained: that alone is no reason to leave.
const writes = sql<boolean>`(v.definition @? '$.steps[*] ? (@.kind == "email" || @.kind == "ask")')`;

/** Who had entered as `o` would not have entered as `e`: once is enough, or too few days lie between. */
const keepsOut = sql<boolean>`(
  (v.definition #>> '{audience,again,afterDays}') is null
  or o.entered_at > e.entered_at - (v.definition #>> '{audience,again,afterDays}')::integer * interval '24 hours')`;

interface Stopped {
  customerId: string;
  id: string;
  reason: StopReason;
}

/**
 * Ends enrolments of these customers whose play says so: who wants no more mail, has complained, has answered a mail, has
 * reached the goal, or has entered a play with a higher priority; and of two in the same play, brought by two customers
 * who were found to be one, the younger. In both arms alike. What was planned to ask them stays planned.
 * @returns the enrolments that ended
 */
export async function stopEnrolments(
  db: Database,
  customers: readonly string[],
  now: Date,
): Promise<Set<string>> {
  if (customers.length === 0) return new Set();
  const { rows } = await sql<Stopped>`
    select * from (
      select e.customer_id as "customerId", e.id, case
        when c.unsubscribed_at is not null and (${writes} or c.unsubscribed_at > e.entered_at) then 'unsubscribed'
        when (v.definition #>> '{stop,complaint}')::boolean and exists (
          select from complaints k where k.customer_id = e.customer_id and k.closed_at is null
            and (${writes} or k.opened_at > e.entered_at)) then 'complaint'
        when (v.definition #>> '{stop,reply}')::boolean and exists (
          select from messages m where m.customer_id = e.customer_id and m.direction = 'in'
            and m.created_at >= e.entered_at and m.reason is distinct from 'automatic') then 'replied'
        when (v.definition #>> '{stop,goal}')::boolean and ${goalMoment} is not null then 'goal'
        when exists (
          select from enrolments o where o.customer_id = e.customer_id and o.play_id = e.play_id
            and (o.entered_at, o.id) < (e.entered_at, e.id)
            and (o.state = 'active' or ${keepsOut})) then 'merged'
        when (v.definition #>> '{stop,higherPriority}')::boolean and exists (
          select from enrolments o join play_versions ov on ov.play_id = o.play_id and ov.number = o.version
          where o.customer_id = e.customer_id and o.play_id <> e.play_id and o.result_due > e.entered_at
            and (ov.definition ->> 'priority')::integer > (v.definition ->> 'priority')::integer) then 'higher_priority'
        end as reason
      from enrolments e
        join customers c on c.id = e.customer_id
        join play_versions v on v.play_id = e.play_id and v.number = e.version
      where e.customer_id = any (${customers}::uuid[]) and e.state = 'active'
    ) as found where reason is not null`.execute(db);
  await endEnrolments(db, rows, now);
  return new Set(rows.map(({ id }) => id));
}

/** Ends these enrolments for a reason each, and takes back what was planned for them, but for the ask. */
export async function endEnrolments(db: Database, stopped: readonly Stopped[], now: Date): Promise<void> {
  if (stopped.length === 0) return;
  const customers = stopped.map(({ customerId }) => customerId);
  const enrolments = stopped.map(({ id }) => id);
  const reasons = stopped.map(({ reason }) => reason);
  const those = sql`unnest(${customers}::uuid[], ${enrolments}::uuid[], ${reasons}::text[]) as r (customer_id, id, reason)`;
  await sql`
    update enrolments e set state = 'stopped', stopped_by = r.reason, ended_at = ${now}::timestamptz
    from ${those} where e.customer_id = r.customer_id and e.id = r.id and e.state = 'active'`.execute(db);
  await sql`
    update step_runs s set state = 'cancelled', reason = r.reason, done_at = ${now}::timestamptz
    from ${those}
    where s.customer_id = r.customer_id and s.enrolment_id = r.id and s.state = 'due' and s.kind <> 'ask'`.execute(
    db,
  );
  await dropQueuedMessages(db, { customers, enrolments, reason: "stopped" });
  await giveBackCodes(db, stopped);
}

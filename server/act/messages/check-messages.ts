import { sql } from "kysely";
import { findAskedByOthers } from "../../collect/asking/asked-by-others.ts";
import { type Hours, nextForCustomer } from "../../collect/asking/hours.ts";
import { followMerges } from "../../collect/customers/follow-merges.ts";
import { readSuppressed } from "../../collect/asking/read-suppressed.ts";
import { keyOf } from "../../collect/asking/suppress-address.ts";
import type { SuppressionReason } from "../../collect/asking/suppression.ts";
import type { Database } from "../../platform/database/open.ts";
import { emailAddress } from "../../platform/mail/address.ts";
import { readHeldOut } from "../plays/held-out.ts";
import type { ClaimedMessage } from "./claim-messages.ts";

/** A mail that may be sent, and when its day begins and ends. */
export interface CheckedMessage {
  message: ClaimedMessage;
  recipient: string;
  /** The first moment from `at` on when it may go out. */
  opens: (at: Date) => Date;
}

/** One that may not, and why. */
export interface DroppedMessage {
  message: ClaimedMessage;
  state: "failed" | "cancelled";
  reason: string;
}

/** What is known of the customer and the play of a mail right before it goes out. */
interface Facts {
  id: string;
  verified: boolean;
  unsubscribed: boolean;
  timeZone: string | null;
  workspaceTimeZone: string;
  complaint: boolean;
  playState: string | null;
  enrolmentState: string | null;
  stoppedBy: string | null;
  hours: Hours | null;
  restDays: number | null;
  quietInComplaint: boolean | null;
}

/**
 * Looks once more, right before sending, which of these mails may go out. What a member writes to a customer by hand goes
 * to whoever wants no mail of plays, too; but nothing goes to an address that is not there, or that called mail of ours spam.
 * @returns `moved`: those whose customers were merged since they were claimed; they are looked at under the names of today
 */
export async function checkMessages(
  db: Database,
  workspaceId: string,
  claimed: readonly ClaimedMessage[],
  now: Date,
): Promise<{ ready: CheckedMessage[]; dropped: DroppedMessage[]; moved: ClaimedMessage[] }> {
  const facts = await readFacts(db, claimed);
  const suppressed = await readSuppressed(
    db,
    workspaceId,
    claimed.map(({ recipient }) => recipient),
  );
  const ofPlays = claimed.filter(({ playId }) => playId !== null);
  const isHeldOut = ofPlays.length > 0 ? await readHeldOut(db, workspaceId) : () => false;
  const askedByOthers = await findAskedByOthers(
    db,
    ofPlays.map(({ customerId, id }) => ({ customerId, id, restDays: facts.get(id)?.restDays ?? 0 })),
    now,
  );
  const merges = await followMerges(
    db,
    claimed.flatMap(({ id, customerId }) => (facts.has(id) ? [] : [customerId])),
  );
  const moved = claimed.filter(({ customerId }) => merges.has(customerId));
  const ready: CheckedMessage[] = [];
  const dropped: DroppedMessage[] = [];
  for (const message of claimed) {
    const { id, recipient } = message;
    const known = facts.get(id);
    const address = emailAddress.safeParse(recipient);
    const suppression = recipient === null ? undefined : suppressed.get(keyOf(recipient));
    if (merges.has(message.customerId)) continue;
    if (!known) {
      dropped.push({ message, state: "cancelled", reason: "no_such_customer" });
      continue;
    }
    const reason =
      reasonToDrop(message, known, suppression) ??
      (message.playId !== null && isHeldOut(message.customerId) ? "permanent_holdout" : undefined);
    if (reason !== undefined)
      // Whoever wrote a reply has to learn that it did not go out; of mail of plays nobody is waiting to hear.
      dropped.push({ message, state: message.playId === null ? "failed" : "cancelled", reason });
    else if (askedByOthers.has(id)) dropped.push({ message, state: "cancelled", reason: "rest" });
    else if (recipient === null || (message.playId !== null && !known.verified))
      dropped.push({ message, state: "failed", reason: "no_address" });
    else if (!address.success) dropped.push({ message, state: "failed", reason: "no_such_address" });
    else ready.push({ message, recipient: address.data, opens: (at) => opensAt(known, at) });
  }
  return { ready, dropped, moved };
}

function reasonToDrop(
  { playId }: ClaimedMessage,
  known: Facts,
  suppression: SuppressionReason | undefined,
): string | undefined {
  if (suppression === "bounced" || suppression === "complained") return suppression;
  if (playId === null) return undefined;
  if (suppression) return suppression;
  if (known.unsubscribed) return "unsubscribed";
  if (known.playState === null || known.playState === "ended") return "play_ended";
  if (known.enrolmentState === "stopped") return known.stoppedBy ?? "stopped";
  if (known.complaint && known.quietInComplaint) return "complaint";
  return undefined;
}

function opensAt({ hours, timeZone, workspaceTimeZone }: Facts, at: Date): Date {
  return hours === null ? at : nextForCustomer({ settings: { hours }, workspaceTimeZone }, timeZone, at);
}

async function readFacts(db: Database, claimed: readonly ClaimedMessage[]): Promise<Map<string, Facts>> {
  const { rows } = await sql<Facts>`
    select r.id, c.verified, c.unsubscribed_at is not null as unsubscribed, c.time_zone as "timeZone",
      w.time_zone as "workspaceTimeZone",
      exists (select from complaints k where k.customer_id = c.id and k.closed_at is null) as complaint,
      p.state as "playState", e.state as "enrolmentState", e.stopped_by as "stoppedBy",
      v.definition -> 'hours' as hours, (v.definition ->> 'restDays')::integer as "restDays",
      (v.definition #>> '{stop,complaint}')::boolean as "quietInComplaint"
    from unnest(
        ${claimed.map(({ customerId }) => customerId)}::uuid[], ${claimed.map(({ id }) => id)}::uuid[],
        ${claimed.map(({ enrolmentId }) => enrolmentId)}::uuid[], ${claimed.map(({ playId }) => playId)}::uuid[]
      ) as r (customer_id, id, enrolment_id, play_id)
      join customers c on c.id = r.customer_id
      join workspaces w on w.id = c.workspace_id
      left join enrolments e on e.customer_id = c.id and e.id = r.enrolment_id
      left join plays p on p.id = r.play_id
      left join play_versions v on v.play_id = e.play_id and v.number = e.version`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

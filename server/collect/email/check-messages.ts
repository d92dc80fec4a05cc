import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { emailAddress } from "../../platform/mail/address.ts";
import { findAskedByOthers } from "../asking/asked-by-others.ts";
import { nextForCustomer } from "../asking/hours.ts";
import { followMerges } from "../customers/follow-merges.ts";
import { readSuppressed } from "../asking/read-suppressed.ts";
import { keyOf } from "../asking/suppress-address.ts";
import type { PublishedSurvey } from "../surveys/published-survey.ts";
import type { ClaimedInvitation } from "./claim-invitations.ts";
import { type Addressee, surveyKey } from "./write-invitations.ts";

/** A claimed invitation that may be sent. */
export interface CheckedMessage {
  invitation: ClaimedInvitation;
  survey: PublishedSurvey;
  addressee: Addressee & { recipient: string };
}

/** One that may not, and why. */
export interface DroppedMessage {
  invitation: ClaimedInvitation;
  state: "failed" | "cancelled";
  reason: string;
}

/** One that may not at this hour, and when. */
export interface PostponedMessage {
  invitation: ClaimedInvitation;
  sendAfter: Date;
}

/**
 * Looks once more, right before sending, who of these may be written to.
 * @returns `moved`: those whose customers were merged since they were claimed; they are looked at under the names of today
 */
export async function checkMessages(
  db: Database,
  workspaceId: string,
  {
    claimed,
    surveys,
    now,
  }: { claimed: readonly ClaimedInvitation[]; surveys: Map<string, PublishedSurvey>; now: Date },
): Promise<{
  ready: CheckedMessage[];
  dropped: DroppedMessage[];
  postponed: PostponedMessage[];
  moved: ClaimedInvitation[];
}> {
  const ids = claimed.map(({ customerId }) => customerId);
  const customers = await db
    .selectFrom("customers")
    .select(["id", "email", "name", "traits", "timeZone", "unsubscribedAt", "verified"])
    .where("workspaceId", "=", workspaceId)
    .where(sql<boolean>`id = any (${ids}::uuid[])`)
    .execute();
  const customerOf = new Map(customers.map((customer) => [customer.id, customer]));
  const merges = await followMerges(
    db,
    ids.filter((id) => !customerOf.has(id)),
  );
  const moved = claimed.filter(({ customerId }) => merges.has(customerId));
  const recipientOf = (invitation: ClaimedInvitation) =>
    invitation.recipient ?? customerOf.get(invitation.customerId)?.email ?? null;
  const suppressed = await readSuppressed(db, workspaceId, claimed.map(recipientOf));
  const complaints = await readComplaints(db, workspaceId, ids);
  const firsts = claimed
    .filter(({ reminders }) => reminders === 0)
    .map((each) => ({
      customerId: each.customerId,
      id: each.id,
      restDays: surveys.get(surveyKey(each))?.settings.restDays ?? 0,
    }));
  const askedByOthers = await findAskedByOthers(db, firsts, now);

  const ready: CheckedMessage[] = [];
  const dropped: DroppedMessage[] = [];
  const postponed: PostponedMessage[] = [];
  for (const invitation of claimed) {
    if (merges.has(invitation.customerId)) continue;
    const survey = surveys.get(surveyKey(invitation));
    const customer = customerOf.get(invitation.customerId);
    const recipient = recipientOf(invitation);
    const drop = (state: DroppedMessage["state"], reason: string) =>
      dropped.push({ invitation, state, reason });
    const suppression = recipient === null ? undefined : suppressed.get(keyOf(recipient));
    const address = emailAddress.safeParse(recipient);
    if (!survey || survey.state === "archived") drop("cancelled", "survey_not_live");
    else if (!customer) drop("cancelled", "no_such_customer");
    else if (invitation.cancelled) drop("cancelled", "cancelled");
    else if (invitation.answeredAt) drop("cancelled", "answered");
    else if (invitation.expiresAt <= now) drop("cancelled", "expired");
    else if (suppression) drop("cancelled", suppression);
    else if (customer.unsubscribedAt) drop("cancelled", "unsubscribed");
    else if (isQuiet(survey, complaints.get(customer.id), now)) drop("cancelled", "complaint");
    else if (askedByOthers.has(invitation.id)) drop("cancelled", "rest");
    // What a browser claims to be somebody's address is nobody's.
    else if (recipient === null || !customer.verified) drop("failed", "no_address");
    else if (!address.success) drop("failed", "no_such_address");
    else {
      const { name, traits, timeZone } = customer;
      const sendAfter = nextForCustomer(survey, timeZone, now);
      if (sendAfter > now) postponed.push({ invitation, sendAfter });
      else ready.push({ invitation, survey, addressee: { recipient: address.data, name, traits, timeZone } });
    }
  }
  return { ready, dropped, postponed, moved };
}

const hour = 3_600_000;

interface LastComplaint {
  isOpen: boolean;
  closedAt: Date | null;
}

async function readComplaints(
  db: Database,
  workspaceId: string,
  customerIds: readonly string[],
): Promise<Map<string, LastComplaint>> {
  const { rows } = await sql<LastComplaint & { customerId: string }>`
    select customer_id as "customerId", bool_or(closed_at is null) as "isOpen", max(closed_at) as "closedAt"
    from complaints where workspace_id = ${workspaceId}::uuid and customer_id = any (${customerIds}::uuid[])
    group by customer_id`.execute(db);
  return new Map(rows.map((row) => [row.customerId, row]));
}

function isQuiet(
  { settings: { quietAfterComplaint: quiet } }: PublishedSurvey,
  complaint: LastComplaint | undefined,
  now: Date,
): boolean {
  if (!quiet || !complaint) return false;
  const { isOpen, closedAt } = complaint;
  return isOpen || (closedAt !== null && closedAt.getTime() > now.getTime() - quiet.days * 24 * hour);
}

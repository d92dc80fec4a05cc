import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import type { Traits } from "../../platform/database/schema.ts";
import { emailAddress } from "../../platform/mail/address.ts";
import { keyOf } from "../asking/suppress-address.ts";
import type { PublishedSurvey } from "../surveys/published-survey.ts";
import type { ClaimedInvitation } from "./claim-invitations.ts";
import { surveyKey } from "./write-invitations.ts";

/** A claimed invitation that may be sent. */
export interface CheckedMessage {
  invitation: ClaimedInvitation;
  survey: PublishedSurvey;
  addressee: { recipient: string; name: string | null; traits: Traits };
}

/** One that may not, and why. */
export interface DroppedMessage {
  invitation: ClaimedInvitation;
  state: "failed" | "cancelled";
  reason: string;
}

/** Looks once more, right before sending, who of these may be written to. */
export async function checkMessages(
  db: Database,
  workspaceId: string,
  {
    claimed,
    surveys,
    now,
  }: { claimed: readonly ClaimedInvitation[]; surveys: Map<string, PublishedSurvey>; now: Date },
): Promise<{ ready: CheckedMessage[]; dropped: DroppedMessage[] }> {
  const ids = claimed.map(({ customerId }) => customerId);
  const customers = await db
    .selectFrom("customers")
    .select(["id", "email", "name", "traits"])
    .where("workspaceId", "=", workspaceId)
    .where(sql<boolean>`id = any (${ids}::uuid[])`)
    .execute();
  const customerOf = new Map(customers.map((customer) => [customer.id, customer]));
  const recipientOf = (invitation: ClaimedInvitation) =>
    invitation.recipient ?? customerOf.get(invitation.customerId)?.email ?? null;
  const suppressed = await readSuppressed(db, workspaceId, claimed.map(recipientOf));

  const ready: CheckedMessage[] = [];
  const dropped: DroppedMessage[] = [];
  for (const invitation of claimed) {
    const survey = surveys.get(surveyKey(invitation));
    const customer = customerOf.get(invitation.customerId);
    const recipient = recipientOf(invitation);
    const drop = (state: DroppedMessage["state"], reason: string) =>
      dropped.push({ invitation, state, reason });
    const suppression = recipient === null ? undefined : suppressed.get(keyOf(recipient));
    const address = emailAddress.safeParse(recipient);
    if (!survey || survey.state === "archived") drop("cancelled", "survey_not_live");
    else if (!customer) drop("cancelled", "no_such_customer");
    else if (invitation.answeredAt) drop("cancelled", "answered");
    else if (invitation.expiresAt <= now) drop("cancelled", "expired");
    else if (suppression) drop("cancelled", suppression);
    else if (recipient === null) drop("failed", "no_address");
    else if (!address.success) drop("failed", "no_such_address");
    else {
      const { name, traits } = customer;
      ready.push({ invitation, survey, addressee: { recipient: address.data, name, traits } });
    }
  }
  return { ready, dropped };
}

async function readSuppressed(
  db: Database,
  workspaceId: string,
  recipients: readonly (string | null)[],
): Promise<Map<string, string>> {
  const addresses = recipients.filter((recipient) => recipient !== null);
  const rows = await db
    .selectFrom("suppressions")
    .select(["key", "reason"])
    .where("workspaceId", "=", workspaceId)
    .where(sql<boolean>`key = any (${addresses.map(keyOf)}::text[])`)
    .execute();
  return new Map(rows.map(({ key, reason }) => [key, reason]));
}

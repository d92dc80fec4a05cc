import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import type { PublishedSurvey } from "../surveys/published-survey.ts";
import { reasonsToHold } from "./hold-back.ts";
import type { HeldReason } from "./new-invitation.ts";
import { skipSuppressed } from "./skip-suppressed.ts";

/** A customer who may be asked, and why not. */
export interface Standing {
  customerId: string;
  email: string | null;
  language: string | null;
  timeZone: string | null;
  held: Exclude<HeldReason, "not_sampled" | "hours" | "cap"> | null;
}

/** Why one customer is not to be asked by this survey at a time, if there is a reason. */
export async function findHold(
  db: Database,
  survey: PublishedSurvey,
  { customerId, channel, at, now }: { customerId: string; channel: "email" | "api"; at: Date; now: Date },
): Promise<Standing> {
  const { no_address, unsubscribed, bounced, complaint, rest, open_invitation } = reasonsToHold(survey, at);
  // A link that a program shows needs no address, and may be shown again.
  const byMail = sql<boolean>`${channel === "email"}::boolean`;
  const { rows } = await sql<Standing>`
    select c.id as "customerId", c.email, c.language, c.time_zone as "timeZone", case
      when ${byMail} and ${no_address} then 'no_address' when ${unsubscribed} then 'unsubscribed'
      when ${byMail} and ${bounced} then 'bounced' when ${complaint} then 'complaint' when ${rest} then 'rest'
      when ${byMail} and ${open_invitation} then 'open_invitation' end as held
    from customers c where c.id = ${customerId}::uuid and c.workspace_id = ${survey.workspaceId}::uuid`.execute(
    db,
  );
  const standing = rows[0]!;
  if (standing.held || !standing.email) return standing;
  const email = standing.email;
  const left = await skipSuppressed(db, survey.workspaceId, [{ customerId, email }], now);
  if (left.length > 0) return standing;
  const { unsubscribedAt } = await db
    .selectFrom("customers")
    .select("unsubscribedAt")
    .where("id", "=", customerId)
    .executeTakeFirstOrThrow();
  if (!unsubscribedAt && channel === "api") return standing;
  return { ...standing, held: unsubscribedAt ? "unsubscribed" : "bounced" };
}

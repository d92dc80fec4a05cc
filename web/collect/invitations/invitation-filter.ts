import type { InvitationFate } from "../../../server/collect/asking/invitation-fate.ts";

/** The fates that can be asked for, in the order in which they come about. */
export const fates = [
  "waiting",
  "sent",
  "opened",
  "answered",
  "unsubscribed",
  "bounced",
  "failed",
  "cancelled",
  "expired",
] as const satisfies readonly InvitationFate[];

/** What narrows the list of invitations, exactly as it stands in the address and in the API. */
export interface InvitationFilter {
  survey?: string | undefined;
  fate?: (typeof fates)[number] | undefined;
}

/** The filters in an address; everything else in it is left out. */
export function filterOf(search: Partial<Record<string, string>>): InvitationFilter {
  const fate = fates.find((fate) => fate === search.fate);
  return { ...(search.survey && { survey: search.survey }), ...(fate && { fate }) };
}

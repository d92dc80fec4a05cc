import { newInvitationTokens } from "../../collect/answering/invitation-token.ts";
import { readSecret } from "../../platform/accounts/read-secret.ts";
import type { Resources } from "../../platform/resources.ts";

/** The link by which the reader of a mail of a play unsubscribes; good for ever, and the same each time it is made. */
export async function letterLink(
  resources: Pick<Resources, "config" | "database">,
  { customerId, messageId }: { customerId: string; messageId: string },
): Promise<string> {
  const tokens = newInvitationTokens(await readSecret(resources));
  const token = tokens.sign("letter", { customerId, invitationId: messageId, number: 0 });
  return `${resources.config.baseUrl}/u/${token}`;
}

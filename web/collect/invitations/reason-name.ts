import type { TFunction } from "i18next";

/** Why an invitation or a mail failed or was cancelled, in the interface's language. */
export function reasonName(t: TFunction, reason: string): string {
  return t([`invitations.reasons.${reason as "bounced"}`, "invitations.reasons.other"]);
}

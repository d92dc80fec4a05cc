import type { TFunction } from "i18next";

const known = ["unsubscribed", "bounced", "complained"] as const;

/** Why an invitation failed or was cancelled, in the interface's language; an unknown reason as the server has it. */
export function reasonName(t: TFunction, reason: string): string {
  const id = known.find((id) => id === reason);
  return id ? t(`invitations.reasons.${id}`) : reason.replaceAll("_", " ");
}

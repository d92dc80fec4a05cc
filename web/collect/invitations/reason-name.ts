import type { TFunction } from "i18next";

const known = [
  "answered",
  "bounced",
  "cancelled",
  "complained",
  "complaint",
  "expired",
  "gave_up",
  "message_refused",
  "no_address",
  "no_such_address",
  "no_such_customer",
  "permanent_holdout",
  "play_ended",
  "recipient_refused",
  "rest",
  "rest",
  "soft_bounce",
  "survey_not_live",
  "text_broken",
  "unsubscribed",
] as const;

/** Why an invitation failed or was cancelled, in the interface's language; an unknown reason as the server has it. */
export function reasonName(t: TFunction, reason: string): string {
  const id = known.find((id) => id === reason);
  return id ? t(`invitations.reasons.${id}`) : reason.replaceAll("_", " ");
}

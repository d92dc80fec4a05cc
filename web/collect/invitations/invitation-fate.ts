import type { Segment } from "../../ui/marks.tsx";
import type { Invitation } from "./invitations-data.ts";

/** What became of an invitation, in one word. */
export type Fate =
  | "waiting"
  | "reminding"
  | "sending"
  | "given"
  | "sent"
  | "reminded"
  | "opened"
  | "answered"
  | "unsubscribed"
  | "complained"
  | "bounced"
  | "failed"
  | "cancelled"
  | "expired";

/** The fate of an invitation, and when it came about. The customer's own doing goes before the mail's. */
export function fateOf(invitation: Invitation, now: Date): { fate: Fate; at: string | null } {
  const { state, sendAfter, sentAt, reminders, openedAt, answeredAt, expiresAt } = invitation;
  if (answeredAt) return { fate: "answered", at: answeredAt };
  if (invitation.complainedAt) return { fate: "complained", at: invitation.complainedAt };
  if (invitation.unsubscribedAt) return { fate: "unsubscribed", at: invitation.unsubscribedAt };
  if (invitation.bouncedAt) return { fate: "bounced", at: invitation.bouncedAt };
  if (state === "failed" || state === "cancelled") return { fate: state, at: null };
  if (new Date(expiresAt) <= now) return { fate: "expired", at: expiresAt };
  if (state === "queued") return { fate: sentAt ? "reminding" : "waiting", at: sendAfter };
  if (state === "sending") return { fate: "sending", at: null };
  if (openedAt) return { fate: "opened", at: openedAt };
  // Whoever asked for the link through the API passes it on by themselves.
  if (invitation.channel === "api") return { fate: "given", at: sentAt ?? invitation.createdAt };
  return { fate: reminders > 0 ? "reminded" : "sent", at: sentAt };
}

/** Whether it can still be called off. */
export function canBeCancelled({ state, answeredAt, expiresAt, remindAt }: Invitation, now: Date): boolean {
  if (answeredAt || new Date(expiresAt) <= now) return false;
  return state === "queued" || state === "sending" || remindAt !== null;
}

/** The look of a fate. */
export const toneOf: Record<Fate, Segment | "line"> = {
  waiting: "line",
  reminding: "line",
  sending: "line",
  given: "line",
  sent: "line",
  reminded: "line",
  opened: "line",
  answered: "promoter",
  unsubscribed: "passive",
  complained: "detractor",
  bounced: "detractor",
  failed: "detractor",
  cancelled: "silent",
  expired: "silent",
};

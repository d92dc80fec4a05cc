import type { Segment } from "../../ui/marks.tsx";
import type { Invitation } from "./invitations-data.ts";

/** One thing that happened to an invitation, or is about to. */
export interface Step {
  id:
    | "asked"
    | "waiting"
    | "sent"
    | "reminded"
    | "reminding"
    | "toRemind"
    | "opened"
    | "answered"
    | "bounced"
    | "failed"
    | "cancelled"
    | "unsubscribed"
    | "complained"
    | "expires";
  at: string | null;
  tone: Segment;
  /** Still ahead. */
  isAhead?: boolean;
}

/** What happened to an invitation in the order of time, then what is ahead. */
export function stepsOf(invitation: Invitation, now: Date): Step[] {
  const { state, sentAt, sendAfter, reminders, remindAt, openedAt, answeredAt, createdAt, expiresAt } =
    invitation;
  const past: Step[] = [
    ...at("asked", createdAt, "silent"),
    ...at("sent", sentAt, "silent"),
    ...at("opened", openedAt, "silent"),
    ...at("answered", answeredAt, "promoter"),
    ...at("bounced", invitation.bouncedAt, "detractor"),
    ...at("unsubscribed", invitation.unsubscribedAt, "passive"),
    ...at("complained", invitation.complainedAt, "detractor"),
  ].toSorted((a, b) => (a.at ?? "").localeCompare(b.at ?? ""));
  const isReminding = state === "queued" && sentAt !== null;
  // When a reminder went out is not kept; that it did is.
  const sentReminders = isReminding ? reminders - 1 : reminders;
  const undated: Step[] = [
    ...(sentReminders > 0 ? [{ id: "reminded", at: null, tone: "silent" } as const] : []),
    ...(state === "failed" || state === "cancelled"
      ? [{ id: state, at: null, tone: state === "failed" ? "detractor" : "silent" } as const]
      : []),
  ];
  const isOpen = !answeredAt && state !== "failed" && state !== "cancelled";
  const ahead: Step[] = [
    ...(state === "queued"
      ? [
          {
            id: isReminding ? "reminding" : "waiting",
            at: sendAfter,
            tone: "silent",
            isAhead: true,
          } as const,
        ]
      : []),
    ...(remindAt ? [{ id: "toRemind", at: remindAt, tone: "silent", isAhead: true } as const] : []),
    ...(isOpen
      ? [{ id: "expires", at: expiresAt, tone: "silent", isAhead: new Date(expiresAt) > now } as const]
      : []),
  ];
  return [...past, ...undated, ...ahead];
}

function at(id: Step["id"], time: string | null, tone: Segment): Step[] {
  return time ? [{ id, at: time, tone }] : [];
}

import { expect, it } from "vitest";
import { canBeCancelled, fateOf } from "./invitation-fate.ts";
import { stepsOf } from "./invitation-steps.ts";
import type { Invitation } from "./invitations-data.ts";

const now = new Date("2026-10-13T08:00:00Z");
const sent: Invitation = {
  id: "i",
  customerId: "c",
  surveyId: "s",
  version: 1,
  channel: "email",
  language: "de",
  state: "sent",
  reason: null,
  recipient: "ada@example.com",
  createdAt: "2026-10-01T07:00:00Z",
  sendAfter: "2026-10-01T07:00:00Z",
  expiresAt: "2026-10-31T07:00:00Z",
  sentAt: "2026-10-01T07:01:00Z",
  reminders: 0,
  remindAt: null,
  openedAt: null,
  answeredAt: null,
  bouncedAt: null,
  complainedAt: null,
  unsubscribedAt: null,
  customer: { name: "Ada", email: "ada@example.com" },
};

it("what the customer did goes before what the mail did", () => {
  const opened = { ...sent, openedAt: "2026-10-02T07:00:00Z" };
  expect(fateOf(opened, now)).toEqual({ fate: "opened", at: opened.openedAt });
  const answered = { ...opened, answeredAt: "2026-10-02T07:01:00Z", bouncedAt: "2026-10-03T07:00:00Z" };
  expect(fateOf(answered, now).fate).toBe("answered");
});

it("a queued reminder is not a queued invitation, and an old invitation is over", () => {
  expect(fateOf({ ...sent, state: "queued", sentAt: null }, now).fate).toBe("waiting");
  expect(fateOf({ ...sent, state: "queued", reminders: 1 }, now).fate).toBe("reminding");
  expect(fateOf({ ...sent, reminders: 1 }, now).fate).toBe("reminded");
  expect(fateOf({ ...sent, expiresAt: "2026-10-12T07:00:00Z" }, now).fate).toBe("expired");
  expect(fateOf({ ...sent, channel: "api" }, now).fate).toBe("given");
});

it("only what would still send something can be cancelled", () => {
  expect(canBeCancelled(sent, now)).toBe(false);
  expect(canBeCancelled({ ...sent, remindAt: "2026-10-15T07:00:00Z" }, now)).toBe(true);
  expect(canBeCancelled({ ...sent, state: "queued" }, now)).toBe(true);
  expect(canBeCancelled({ ...sent, state: "queued", answeredAt: "2026-10-02T07:00:00Z" }, now)).toBe(false);
});

it("the steps stand in the order of time, with what is ahead at the end", () => {
  const invitation = {
    ...sent,
    openedAt: "2026-10-03T07:00:00Z",
    remindAt: "2026-10-15T07:00:00Z",
  };
  expect(
    stepsOf(invitation, now).map(({ id, isAhead = false }) => `${id}${isAhead ? " ahead" : ""}`),
  ).toEqual(["asked", "sent", "opened", "toRemind ahead", "expires ahead"]);
});

import { expect, it } from "vitest";
import { newApiClient } from "../../../test/api-client.ts";
import { newTestApp } from "../../../test/new-test-app.ts";
import { type InvitationFate, invitationFates } from "./invitation-fate.ts";

const past = "2026-10-12T08:00:00Z";
const future = "2026-11-12T08:00:00Z";

// What the columns say, and the fate that follows from them at 2026-10-13.
const cases: { columns: Record<string, unknown>; fate: InvitationFate }[] = [
  { columns: { state: "queued" }, fate: "waiting" },
  { columns: { state: "sending" }, fate: "waiting" },
  { columns: { state: "queued", sentAt: past, reminders: 1 }, fate: "waiting" },
  { columns: { state: "sent", sentAt: past }, fate: "sent" },
  { columns: { state: "sent", sentAt: past, openedAt: past }, fate: "opened" },
  { columns: { state: "sent", sentAt: past, openedAt: past, answeredAt: past }, fate: "answered" },
  { columns: { state: "sent", answeredAt: past, unsubscribedAt: past }, fate: "answered" },
  { columns: { state: "sent", unsubscribedAt: past }, fate: "unsubscribed" },
  { columns: { state: "sent", complainedAt: past, openedAt: past }, fate: "unsubscribed" },
  { columns: { state: "failed", bouncedAt: past }, fate: "bounced" },
  { columns: { state: "failed" }, fate: "failed" },
  { columns: { state: "cancelled", expiresAt: past }, fate: "cancelled" },
  { columns: { state: "sent", expiresAt: past }, fate: "expired" },
  { columns: { state: "queued", expiresAt: past }, fate: "expired" },
];

it("each invitation is found under exactly one fate", async () => {
  const test = await newTestApp({ now: "2026-10-13T08:00:00Z" });
  const client = await newApiClient(test);
  const { id: surveyId } = await client.ask<{ id: string }>("POST", "/surveys", { name: "Fates" });
  const ids = cases.map((_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`);
  await test.db
    .insertInto("invitations")
    .values(
      cases.map(({ columns }, index) => ({
        workspaceId: client.workspaceId,
        customerId: ids[index]!,
        id: ids[index]!,
        surveyId,
        version: 1,
        channel: "email" as const,
        language: "en",
        state: "sent" as const,
        sendAfter: past,
        expiresAt: future,
        ...columns,
      })),
    )
    .execute();
  for (const fate of invitationFates) {
    const { items } = await client.ask<{ items: { id: string }[] }>("GET", `/invitations?fate=${fate}`);
    const expected = ids.filter((_, index) => cases[index]?.fate === fate);
    expect({ fate, ids: items.map(({ id }) => id).toSorted() }).toEqual({ fate, ids: expected });
  }
});

import { expect, test } from "vitest";
import { newTestApp } from "../../../test/new-test-app.ts";
import { newWorkspace } from "../../../test/sign-in.ts";
import type { TimelineItem } from "../../identify/customers/timeline/timeline.ts";

test("a customer's timeline tells of mails, plays and codes, page by page", async () => {
  const nines = await newTestApp();
  const { workspaceId, owner } = await newWorkspace(nines);
  const { db } = nines;
  const ask = async <Body>(method: string, path: string, body?: unknown): Promise<Body> =>
    (await owner.fetch(method, `/api/v1${path}`, body)).json() as Promise<Body>;
  const { ids } = await ask<{ ids: string[] }>("POST", "/customers", {
    customers: [{ id: "c", name: "Ada" }],
  });
  const customerId = ids[0]!;
  const { id: playId } = await ask<{ id: string }>("POST", "/plays", { name: "Reports" });
  const own = { workspaceId, customerId };
  const at = (day: number) => new Date(Date.UTC(2026, 1, day));
  await db
    .insertInto("enrolments")
    .values({
      ...own,
      id: crypto.randomUUID(),
      playId,
      version: 1,
      unitId: customerId,
      place: 0.7,
      arm: "treated",
      state: "stopped",
      stoppedBy: "replied",
      enteredAt: at(1),
      endedAt: at(9),
      resultDue: at(20),
    })
    .execute();
  const message = { ...own, id: crypto.randomUUID(), text: "…", createdAt: at(2), sendAfter: at(2) };
  await db
    .insertInto("messages")
    .values([
      {
        ...message,
        direction: "out",
        state: "sent",
        subject: "A report",
        playId,
        sentAt: at(2),
        openedAt: at(3),
      },
      {
        ...message,
        id: crypto.randomUUID(),
        direction: "in",
        state: "received",
        subject: "Re: A report",
        createdAt: at(8),
      },
    ])
    .execute();
  const poolId = crypto.randomUUID();
  await db
    .insertInto("codePools")
    .values({ workspaceId, id: poolId, name: "Spring", worth: "10 %" })
    .execute();
  const code = { poolId, codeId: crypto.randomUUID(), code: "X-1", purpose: "offer" as const };
  await db
    .insertInto("incentives")
    .values({ ...own, ...code, id: crypto.randomUUID(), playId, givenAt: at(5), redeemedAt: at(6) })
    .execute();

  const path = `/customers/${customerId}/timeline?kind=messages,plays`;
  const all: TimelineItem[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const page: { items: TimelineItem[]; next: string | null } = await ask(
      "GET",
      `${path}&limit=2${cursor && `&cursor=${cursor}`}`,
    );
    all.push(...page.items);
    cursor = page.next;
  }
  const play = { id: playId, name: "Reports" };
  expect(all).toMatchObject([
    { kind: "play", what: "left", reason: "replied", play },
    { kind: "message", direction: "in", subject: "Re: A report", play: null },
    { kind: "incentive", pool: "Spring", worth: "10 %", redeemedAt: at(6).toISOString(), play },
    { kind: "message", direction: "out", state: "sent", openedAt: at(3).toISOString(), play },
    { kind: "play", what: "entered", arm: "treated", reason: null, play },
  ]);
  expect(JSON.stringify(all)).not.toContain("X-1");
});

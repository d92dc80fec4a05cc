import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { liveOn } from "../../../test/live-on.ts";
import { newAsked } from "../../../test/new-asked.ts";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import { newWorkspace } from "../../../test/sign-in.ts";
import { keepAnswer } from "../answering/keep-answer.ts";
import { newInvitationReader } from "../answering/invitation-reader.ts";
import { responseIdOfInvitation } from "../answering/read-asked.ts";
import { readUnsubscribe, unsubscribe } from "../answering/unsubscribe.ts";
import { checkMessages } from "../email/check-messages.ts";
import { claimInvitations } from "../email/claim-invitations.ts";
import { markSent } from "../email/settle-invitations.ts";
import { newResponseRecorder } from "../record-responses.ts";
import { rebuildScoreDays } from "../rebuild-score-days.ts";
import { scoreDaysNow } from "../score-sums.ts";
import { readCustomerTables } from "./customer-tables.ts";
import { mergeCustomers } from "./merge-customers.ts";

const at = new Date("2026-10-13T08:00:00Z");

async function newNines() {
  const nines = await newTestApp();
  const workspace = await newWorkspace(nines);
  return { nines, ...workspace, ...(await newAsked(nines.resources, workspace.workspaceId)) };
}

/** Rows of this customer in every table that has any. */
async function rowsOf({ db }: TestApp, customerId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name } of await readCustomerTables(db)) {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from ${sql.table(name)} where customer_id = ${customerId}::uuid`.execute(db);
    if (rows[0]!.n > 0) counts[name] = rows[0]!.n;
  }
  return counts;
}

/** How often each score was given, by channel; days and changes together. */
async function sums({ db }: TestApp, workspaceId: string): Promise<unknown> {
  const { rows } = await sql<{ name: string; counts: number[] }>`
    select attribute || value as name, counts
    from ${scoreDaysNow(workspaceId, { attributes: ["", "channel"] })} as days`.execute(db);
  const byName = Map.groupBy(rows, ({ name }) => name);
  return new Map(
    [...byName].map(([name, some]) => [
      name,
      some[0]!.counts.map((_, score) => some.reduce((n, { counts }) => n + counts[score]!, 0)),
    ]),
  );
}

test("two customers who are one become one: everything moves, the counts stay, and every link and id leads to them", async () => {
  const { nines, workspaceId, surveyId, invite, owner, tokens } = await newNines();
  const { db, resources } = nines;
  const recorder = newResponseRecorder(resources);
  const [known] = await recorder.record(workspaceId, [
    { id: "a", surveyId, score: 9, customer: { id: "c-1", name: "Ada", traits: { plan: "pro" } } },
  ]);
  const invited = await invite("ada@example.com");
  const answer = { surveyId, score: 7, customer: { email: "ada@example.com" } };
  await recorder.record(workspaceId, [{ ...answer, id: "b" }]);
  for (const { customerId } of [known!, invited]) await liveOn(nines, { workspaceId, customerId, surveyId });
  const segmentId = randomUUID();
  for (const [customerId, since] of [
    [known!.customerId, "2026-10-01"],
    [invited.customerId, "2026-09-01"],
  ] as const)
    await db.insertInto("segmentMembers").values({ workspaceId, customerId, segmentId, since }).execute();
  const [before, counts] = [await rowsOf(nines, invited.customerId), await sums(nines, workspaceId)];
  expect(Object.keys(before).length).toBeGreaterThanOrEqual(12);

  const order = {
    workspaceId,
    from: known!.customerId,
    into: invited.customerId,
    reason: "identify",
  } as const;
  const outcomes = await Promise.all([
    mergeCustomers(resources, order),
    mergeCustomers(resources, { ...order, from: order.into, into: order.from }),
  ]);
  // By the id that the company gave, whoever came first.
  const customerId = known!.customerId;
  expect(outcomes.map((outcome) => outcome.customerId)).toEqual([customerId, customerId]);
  expect(new Set(outcomes.map(({ merged }) => merged))).toEqual(new Set([false, true]));

  expect(await rowsOf(nines, invited.customerId)).toEqual({ customer_merges: 1 });
  const after = await rowsOf(nines, customerId);
  expect(after).toMatchObject({ responses: 2, invitations: 1, events: 2, purchases: 2, complaints: 2 });
  expect(after).toMatchObject({ segment_members: 1, segment_moves: 2, set_asides: 2, contacts: 2 });
  const member = await db.selectFrom("segmentMembers").select("since").executeTakeFirstOrThrow();
  expect(member.since).toEqual(new Date("2026-09-01T00:00:00Z"));
  expect(await db.selectFrom("eventFolds").select("customerIds").execute()).toEqual([
    { customerIds: [customerId] },
    { customerIds: [customerId] },
  ]);
  const row = await db.selectFrom("customers").selectAll().executeTakeFirstOrThrow();
  expect(row).toMatchObject({ id: customerId, externalId: "c-1", email: "ada@example.com", name: "Ada" });
  expect(row.traits).toEqual({ plan: "pro" });
  expect(await sums(nines, workspaceId)).toEqual(counts);
  await rebuildScoreDays(db);
  expect(await sums(nines, workspaceId)).toEqual(counts);

  // What the recorder remembers of the address is wrong by now.
  const [again, repeated] = await recorder.record(workspaceId, [{ ...answer }, { ...answer, id: "b" }]);
  expect([again!.customerId, repeated]).toMatchObject([customerId, { customerId, known: true }]);

  // The link in the mail, the answer by it, the way out and the ids that a program has kept.
  const read = newInvitationReader(resources.database);
  const page = await read(invited);
  expect(page).toMatchObject({ customerId, id: invited.id, email: "ada@example.com" });
  const shown = await nines.app.request(`/r/${invited.token}/8`);
  expect(shown.status).toBe(200);
  const given = { version: 1, state: "confirmed", drivers: [], mayContact: null } as const;
  const kept = await keepAnswer(
    resources,
    recorder,
    {
      workspaceId,
      surveyId,
      at,
      id: responseIdOfInvitation(invited.id),
      answer: { score: 10, channel: "email" },
      // As a page that was fetched before the merge has it.
      given: { ...given, customerId: invited.customerId, invitationId: invited.id },
    },
    { changeDays: 7 },
  );
  expect(kept).toMatchObject({ outcome: "recorded", customerId });
  const way = await readUnsubscribe(db, tokens, invited.unsubscribe);
  await unsubscribe(resources, way!, "page");
  expect((await db.selectFrom("customers").selectAll().executeTakeFirstOrThrow()).unsubscribedAt).toEqual(at);
  const old = `?customer=${invited.customerId}`;
  expect((await owner.fetch("GET", `/api/v1/responses/${kept.id}${old}`)).status).toBe(200);
  expect((await owner.fetch("POST", `/api/v1/invitations/${invited.id}/cancel${old}`)).status).toBe(200);
  const complained = await owner.fetch("POST", "/api/v1/complaints", { customerId: invited.customerId });
  expect(await complained.json()).toMatchObject({ customerId });

  // Whoever is merged further takes along all who had led to them.
  const [third] = await recorder.record(workspaceId, [{ surveyId, score: 1, customer: { id: "c-2" } }]);
  const by = { workspaceId, from: customerId, reason: "member" } as const;
  await mergeCustomers(resources, { ...by, into: third!.customerId });
  expect(await read(invited)).toMatchObject({ customerId: third!.customerId });
  await expect(mergeCustomers(resources, { ...by, into: randomUUID() })).rejects.toThrow(
    /There is no customer/,
  );
  await expect(mergeCustomers(resources, { ...by, into: customerId })).rejects.toThrow(/name two/);
});

test("a mail that is on its way while its customer is merged is noted once; who waits for two mails gets one", async () => {
  const { nines, workspaceId, invite } = await newNines();
  const { db, resources, clock } = nines;
  const [one, two, three] = [await invite(), await invite(), await invite()];
  const ids = [one, two, three].map(({ id }) => id);
  await db
    .updateTable("invitations")
    .set({ state: "queued", sentAt: null, remindAt: null, sendAfter: clock.now() })
    .where("id", "in", ids)
    .execute();
  const [inHand] = await claimInvitations(db, workspaceId, [one], clock.now());
  const merge = (from: string) =>
    mergeCustomers(resources, { workspaceId, from, into: three.customerId, reason: "api" });
  await merge(one.customerId);
  await merge(two.customerId);
  const looked = { claimed: [inHand!], surveys: new Map(), now: clock.now() };
  expect(await checkMessages(db, workspaceId, looked)).toMatchObject({
    dropped: [],
    moved: [{ id: one.id }],
  });
  await db
    .transaction()
    .execute(async (db) => markSent(db, [{ ...inHand!, at: clock.now(), remindAt: null }]));
  // A job that was sent before names them as they were.
  const claimed = await claimInvitations(db, workspaceId, [one, two, three], clock.now());
  expect(claimed).toHaveLength(1);
  const rows = await db.selectFrom("invitations").select(["id", "customerId", "state", "reason"]).execute();
  expect(rows.every(({ customerId }) => customerId === three.customerId)).toBe(true);
  expect(rows.map(({ state }) => state).sort()).toEqual(["cancelled", "sending", "sent"]);
  expect(rows.find(({ state }) => state === "cancelled")!.reason).toBe("rest");
});

test("two whom the company tells apart stay two, and what a browser claims is not handed on", async () => {
  const { nines, workspaceId, surveyId } = await newNines();
  const { db, resources } = nines;
  const recorder = newResponseRecorder(resources);
  const record = async (customer: { id?: string; email?: string }) =>
    (await recorder.record(workspaceId, [{ surveyId, score: 8, customer }]))[0]!.customerId;
  const [one, two, claim] = [
    await record({ id: "1" }),
    await record({ id: "2" }),
    await record({ email: "boss@example.com" }),
  ];
  await db.updateTable("customers").set({ verified: false }).where("id", "=", claim).execute();
  const order = { workspaceId, from: one, into: two, reason: "identify" } as const;
  expect(await mergeCustomers(resources, order)).toEqual({ customerId: two, merged: false });
  expect(await mergeCustomers(resources, { ...order, from: claim, into: two })).toEqual({
    customerId: two,
    merged: true,
  });
  const row = await db.selectFrom("customers").selectAll().where("id", "=", two).executeTakeFirstOrThrow();
  expect(row).toMatchObject({ email: null, verified: true });
  const keys = await db.selectFrom("customerKeys").select("key").where("key", "like", "email:%").execute();
  expect(keys).toEqual([]);
});

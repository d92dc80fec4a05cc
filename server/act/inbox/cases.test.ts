import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { newApiClient } from "../../../test/api-client.ts";
import { newTestApp } from "../../../test/new-test-app.ts";
import { newMember, signIn } from "../../../test/sign-in.ts";
import { send } from "../../platform/jobs/send.ts";
import type { Case, CaseDetails } from "./case.ts";
import { newCoolingWatch } from "./open-cooling-cases.ts";
import { lockCasesOf } from "./lock-cases.ts";
import { openCase } from "./open-case.ts";
import { type InboxSettings, standardInbox } from "./inbox-settings.ts";

interface Listed {
  items: Case[];
  next: string | null;
  counts: Record<string, unknown>;
}

// A Tuesday, 10:00 in the workspace's Berlin.
async function newInbox() {
  const nines = await newTestApp({ now: "2026-10-13T08:00:00Z" });
  const client = await newApiClient(nines);
  await nines.db
    .updateTable("workspaces")
    .set({ timeZone: "Europe/Berlin" })
    .where("id", "=", client.workspaceId)
    .execute();
  const answer = async (score: number, more: Record<string, unknown> = {}) => {
    const customer = { email: "ada@x.example", name: "Ada Lovelace" };
    const recorded = await client.ask<{ id: string; customerId: string }>("POST", "/responses", {
      score,
      customer,
      ...more,
    });
    await nines.runJobs();
    return recorded;
  };
  const list = async (state = "open", more = "") => client.ask<Listed>("GET", `/cases?state=${state}${more}`);
  const read = (id: string) => client.ask<CaseDetails>("GET", `/cases/${id}`);
  const change = (id: string, body: object) => client.ask<CaseDetails>("PATCH", `/cases/${id}`, body);
  /** What a survey's page does when somebody changes their answer. */
  const changeAnswer = async ({ id, customerId }: { id: string; customerId: string }, score: number) => {
    await nines.db.updateTable("responses").set({ score }).where("id", "=", id).execute();
    const responses = [{ customerId, id }];
    const { workspaceId } = client;
    await send(nines.db, "response-recorded", { workspaceId, responses, isChange: true });
    await nines.runJobs();
  };
  return { ...nines, client, answer, list, read, change, changeAnswer };
}

test("a detractor's answer opens one case, due in business hours, and the next answer closes the loop", async () => {
  const { answer, list, read, change, clock, client } = await newInbox();
  await answer(8);
  await answer(3, { at: "2026-09-01T08:00:00Z", comment: "long ago" });
  expect((await list()).items).toEqual([]);
  clock.advance(1000);
  const first = await answer(3, { id: "a-1", comment: "The  invoice\nis wrong", language: "de" });
  await answer(3, { id: "a-1", comment: "The  invoice\nis wrong", language: "de" });
  const { items, counts } = await list();
  expect(items).toMatchObject([
    {
      openedBy: "detractor",
      title: "The invoice is wrong",
      state: "open",
      owner: { name: "Olga Owner" },
      dueAt: "2026-10-14T08:00:01.000Z",
      score: 3,
      comment: "The  invoice\nis wrong",
      language: "de",
      customer: { id: first.customerId, name: "Ada Lovelace" },
      recovered: null,
    },
  ]);
  expect(counts).toEqual({
    open: 1,
    mine: 0,
    waiting: 0,
    snoozed: 0,
    late: 0,
    firstReply: { n: 0, medianMinutes: null },
  });
  const { id } = items[0]!;
  const details = await read(id);
  expect(details.reply).toEqual({
    silence: null,
    language: "de",
    greeting: "Guten Tag, Ada Lovelace.",
    subject: "",
  });
  expect(details.answers.map(({ score }) => score)).toEqual([3, 8, 3]);
  expect(details.conversation).toMatchObject([{ kind: "change", what: "opened", by: null, to: "detractor" }]);

  // A second low answer while it is in hand opens no other: it brings this one back.
  await change(id, { state: "waiting" });
  clock.advance(24 * 3_600_000);
  await answer(2, { id: "a-2" });
  expect((await list()).items).toMatchObject([{ id, scoreAfter: 2, recovered: false, state: "open" }]);
  await change(id, { state: "closed" });
  clock.advance(24 * 3_600_000);
  await answer(1, { id: "a-3" });
  const [second] = (await list()).items;
  expect(second).toMatchObject({ title: "1/10", score: 1 });
  await change(second!.id, { state: "closed" });
  clock.advance(24 * 3_600_000);
  await answer(9, { id: "a-4" });
  expect((await list("closed")).items).toMatchObject([
    { id: second!.id, score: 1, scoreAfter: 9, recovered: true },
    { id, scoreAfter: 2 },
  ]);
  const said = (await read(second!.id)).conversation.map((entry) =>
    entry.kind === "change" ? entry.what : "",
  );
  expect(said).toEqual(["opened", "state", "answered"]);
  expect((await client.ask<Listed>("GET", "/cases?state=open")).counts).toMatchObject({ open: 0 });
});

test("an answer that is changed changes its case: it never opens twice, and closes what nobody has replied to", async () => {
  const { answer, list, read, changeAnswer, db, clock } = await newInbox();
  const given = await answer(3);
  const [{ id } = { id: "" }] = (await list()).items;
  await changeAnswer(given, 9);
  expect((await list()).items).toEqual([]);
  expect((await list("closed")).items).toMatchObject([{ id, score: 9 }]);
  await changeAnswer(given, 2);
  expect((await list()).items).toMatchObject([{ id, score: 2, closedAt: null }]);
  expect((await read(id)).conversation).toMatchObject([
    { what: "opened" },
    { what: "answer_changed", from: "3", to: "9" },
    { what: "answer_changed", from: "9", to: "2" },
  ]);
  // After a reply the change is what came of it.
  await db.updateTable("cases").set({ firstReplyAt: clock.now() }).where("id", "=", id).execute();
  await changeAnswer(given, 9);
  expect((await list()).items).toMatchObject([
    { id, score: 2, scoreAfter: 9, recovered: true, state: "open" },
  ]);
  // One that was high at first opens a case when it becomes low.
  const other = { customer: { email: "bo@x.example" } };
  const high = await answer(10, other);
  await changeAnswer(high, 4);
  await changeAnswer(high, 4);
  expect((await list()).items.map(({ score }) => score ?? -1).toSorted((a, b) => a - b)).toEqual([2, 4]);
});

test("anonymous answers, imports and what the rules leave out open no case", async () => {
  const { answer, list, client, db } = await newInbox();
  const settings = {
    ...standardInbox,
    rules: { ...standardInbox.rules, detractor: { enabled: true, upTo: 3 } },
  };
  await client.ask("PUT", "/inbox-settings", settings);
  expect(await client.ask("GET", "/inbox-settings")).toEqual(settings);
  await answer(4);
  await answer(0, { customer: null });
  await db.updateTable("surveys").set({ anonymous: true }).execute();
  await answer(1);
  expect((await list()).items).toEqual([]);
  await db.updateTable("surveys").set({ anonymous: false }).execute();
  await answer(3, { customer: { email: "cy@x.example" } });
  expect((await list()).items).toHaveLength(1);
  for (const [wrong, path] of [
    [{ ...settings, hours: { ...settings.hours, to: "08:00" } }, "hours.to"],
    [{ ...settings, turn: ["00000000-0000-7000-8000-000000000000"] }, "turn.0"],
    [{ ...settings, replyHours: 0 }, "replyHours"],
  ] as const) {
    const refused = await client.send("PUT", "/inbox-settings", wrong);
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ error: { details: { problems: [{ path }] } } });
  }
});

test("cases go to the account's owner, else to members in turn, and only members who may reply have any", async () => {
  const nines = await newInbox();
  const { client, db, answer, list } = nines;
  const workspace = { workspaceId: client.workspaceId, slug: "acme" };
  const viewer = await newMember(nines, workspace, "viewer");
  const editor = await newMember(nines, workspace, "editor");
  const owner = await signIn(nines, "owner@acme.example", "acme");
  const whose: string[] = [];
  for (let n = 0; n < 6; n++) {
    await answer(2, { customer: { email: `c${n}@x.example` } });
    const newest = await db.selectFrom("cases").select("ownerId").orderBy("id").execute();
    whose.push(...newest.map(({ ownerId }) => ownerId!));
  }
  const shares = Object.groupBy((await list()).items, ({ owner }) => owner!.name);
  expect([shares["Mr editor"]?.length, shares["Olga Owner"]?.length]).toEqual([3, 3]);
  expect(whose).not.toContain(viewer.personId);
  const company = { id: "acme-1", name: "Acme", traits: { owner: "EDITOR@acme.example" } };
  await answer(1, { customer: { email: "z@x.example", account: company } });
  await db
    .updateTable("accounts")
    .set({ traits: JSON.stringify({ owner: "EDITOR@acme.example" }) })
    .execute();
  await answer(1, { customer: { email: "y@x.example", account: company } });
  const mine = (await (await editor.fetch("GET", "/api/v1/cases?state=mine")).json()) as Listed;
  expect(mine.items.some(({ customer }) => customer.email === "y@x.example")).toBe(true);
  expect(mine.items.every(({ owner }) => owner!.id === editor.personId)).toBe(true);
  expect((await client.send("GET", "/cases?state=mine")).status).toBe(422);

  const { id } = mine.items[0]!;
  const patch = async (body: object) => {
    const response = await owner.fetch("PATCH", `/api/v1/cases/${id}`, body);
    return { status: response.status, ...((await response.json()) as Partial<CaseDetails>) };
  };
  expect((await patch({ ownerId: viewer.personId })).status).toBe(422);
  const given = await patch({ ownerId: owner.personId, checklist: { read: true, cause: true } });
  expect(given.case!.owner!.id).toBe(owner.personId);
  expect(given.checklist!.filter(({ doneAt }) => doneAt).map(({ item }) => item)).toEqual(["read", "cause"]);
  expect(given.conversation!.at(-1)).toMatchObject({
    what: "owner",
    from: "Mr editor",
    to: "Olga Owner",
    by: { name: "Olga Owner" },
  });
  const note = { id: crypto.randomUUID(), text: "Called: <b>no</b> answer" };
  for (let n = 0; n < 2; n++)
    expect((await owner.fetch("POST", `/api/v1/cases/${id}/notes`, note)).status).toBe(201);
  expect(
    (await patch({ checklist: { cause: false } })).conversation!.filter(({ kind }) => kind === "note"),
  ).toMatchObject([{ text: note.text, by: { name: "Olga Owner" } }]);
  // Who leaves owns nothing any more, and takes no turn; with the last of those chosen gone, all who may reply do.
  const settings = async () => client.ask<InboxSettings>("GET", "/inbox-settings");
  await client.ask("PUT", "/inbox-settings", { ...(await settings()), turn: [editor.personId] });
  await owner.fetch("DELETE", `/api/v1/members/${editor.personId}`);
  expect((await list()).items.filter(({ owner }) => owner?.id === editor.personId)).toEqual([]);
  expect((await settings()).turn).toEqual([]);
  await client.ask("PUT", "/inbox-settings", { ...(await settings()), replyHours: 5 });
  const { customerId } = await answer(0, { customer: { email: "after@x.example" } });
  const newest = (await list()).items.find(({ customer }) => customer.id === customerId);
  expect(newest?.owner?.name).toBe("Olga Owner");
  const chosen = { ...(await settings()), turn: [viewer.personId] };
  expect((await client.send("PUT", "/inbox-settings", chosen)).status).toBe(422);
});

test("a snoozed case wakes at its time, lists go on where a page ended, and wrong changes are refused", async () => {
  const { client, answer, list, change, clock, runJobs, db, read } = await newInbox();
  for (let n = 0; n < 5; n++) {
    await answer(n, { customer: { email: `c${n}@x.example` } });
    clock.advance(60_000);
  }
  const seen: number[] = [];
  for (let next: string | null = ""; next !== null;) {
    const page: Listed = await list("open", `&limit=2${next && `&cursor=${next}`}`);
    seen.push(...page.items.map(({ score }) => score!));
    next = page.next;
  }
  expect(seen).toEqual([0, 1, 2, 3, 4]);
  const { next } = await list("open", "&limit=2");
  for (const wrong of [`closed&cursor=${next}`, "open&cursor=x", "open&cursor=W10", "every"])
    expect((await client.send("GET", `/cases?state=${wrong}`)).status).toBe(422);

  const [{ id } = { id: "" }] = (await list()).items;
  const refusals: [object, string][] = [
    [{ state: "snoozed" }, "snoozedUntil: is needed to snooze; say until when."],
    [
      { state: "snoozed", snoozedUntil: "2026-10-13T08:00:00Z" },
      "snoozedUntil: lies in the past; choose a time to come.",
    ],
    [{ snoozedUntil: "2026-10-23T08:00:00Z" }, "snoozedUntil: only goes with the state snoozed; send both."],
    [
      { state: "snoozed", snoozedUntil: "2028-10-23T08:00:00Z" },
      "snoozedUntil: is more than a year ahead; close the case instead.",
    ],
  ];
  for (const [body, message] of refusals) {
    const refused = await client.send("PATCH", `/cases/${id}`, body);
    expect([refused.status, await refused.json()]).toMatchObject([422, { error: { message } }]);
  }
  const until = "2026-10-19T07:00:00.000Z";
  await change(id, { state: "snoozed", snoozedUntil: until });
  const wake = async () => {
    await send(db, "wake-cases", {});
    await runJobs();
  };
  await wake();
  expect((await list("snoozed")).items).toMatchObject([{ id, snoozedUntil: until }]);
  clock.set(until);
  await wake();
  await wake();
  // Monday, 09:00: the clock begins anew.
  expect((await list()).items.find((each) => each.id === id)).toMatchObject({
    dueAt: "2026-10-19T15:00:00.000Z",
  });
  expect((await read(id)).conversation).toMatchObject([
    { what: "opened" },
    { what: "state", from: "open", to: `snoozed ${until}` },
    { what: "woke", by: null },
  ]);
  await change(id, { state: "closed" });
  const again = await change(id, { state: "open" });
  expect(again.case).toMatchObject({ state: "open", closedAt: null });
});

test("members, plays and cooling open cases too; the same id opens one", async () => {
  const { client, answer, list, db, pool, clock, runJobs, read } = await newInbox();
  const passive = await answer(8);
  const { customerId } = passive;
  const body = {
    customerId,
    title: "Call before renewal",
    note: "Contract ends in May.",
    id: "crm-7",
    hours: 1,
  };
  const opened = await client.ask<CaseDetails>("POST", "/cases", body);
  expect((await client.ask<CaseDetails>("POST", "/cases", body)).case.id).toBe(opened.case.id);
  expect(opened).toMatchObject({
    case: { openedBy: "member", title: body.title, dueAt: "2026-10-13T09:00:00.000Z", score: 8 },
    conversation: [{ what: "opened" }, { kind: "note", text: body.note, by: null }],
  });
  const task = {
    workspaceId: client.workspaceId,
    customerId,
    id: crypto.randomUUID(),
    openedBy: "task" as const,
    title: "Thank them",
    owner: { kind: "person" as const, person: crypto.randomUUID() },
    now: clock.now(),
  };
  expect([await openCase(db, task), await openCase(db, task)]).toMatchObject([
    { isNew: true },
    { isNew: false },
  ]);
  // The play's person is no member any more: the next in turn has it.
  expect((await read(task.id)).case.owner).toMatchObject({ name: "Olga Owner" });
  await db.updateTable("cases").set({ state: "closed" }).execute();

  const cool = async (email: string, revenue: number, since: string) => {
    const { customerId } = await answer(7, { customer: { email } });
    await db
      .updateTable("standings")
      .set({ state: "cooling", stateSince: since, change: -0.34, revenue })
      .where("customerId", "=", customerId)
      .execute();
    return customerId;
  };
  for (let n = 0; n < 8; n++) await cool(`small${n}@x.example`, 10 + n, "2026-10-12");
  const big = await cool("big@x.example", 900, "2026-10-12");
  await cool("old@x.example", 950, "2026-06-12");
  const soon = await cool("soon@x.example", 970, "2026-10-12");
  const watch = newCoolingWatch({ database: { db } as never, clock });
  // Somebody gets a case while the watch is about to open one.
  const other = { workspaceId: client.workspaceId, customerId: soon, id: crypto.randomUUID() };
  const isWaiting = async () =>
    (
      await pool.query(
        "select from pg_locks join pg_database d on d.oid = database and d.datname = current_database() where not granted",
      )
    ).rowCount;
  const { watching } = await db.transaction().execute(async (db) => {
    await lockCasesOf(db, soon);
    const watching = watch(client.workspaceId);
    while (!(await isWaiting())) await setTimeout(20);
    await openCase(db, { ...other, openedBy: "reply", title: "Hello", now: clock.now() });
    return { watching };
  });
  await watching;
  expect(await db.selectFrom("cases").select("id").where("customerId", "=", soon).execute()).toHaveLength(1);
  await db.updateTable("cases").set({ state: "closed" }).where("id", "=", other.id).execute();
  await watch(client.workspaceId, new Set([big]));
  await runJobs();
  expect((await list()).items).toMatchObject([
    {
      openedBy: "cooling",
      title: "−34 %",
      customer: { id: big },
      score: 7,
      dueAt: "2026-10-14T08:00:00.000Z",
    },
  ]);
});

test("others who say the same are found by the words that few say", async () => {
  const { answer, list, read } = await newInbox();
  const say = (n: number, comment: string) =>
    answer(8, { comment, customer: { email: `s${n}@x.example`, name: `S${n}` } });
  await say(1, "Die Rechnungsnummern waren im August wieder falsch");
  await say(2, "Alles gut, nur etwas teuer");
  await say(3, "Support war freundlich, aber langsam");
  await say(4, "Seit der Umstellung ist jede Rechnungsnummer falsch!");
  await answer(2, {
    comment: "Seit der Umstellung stimmt die Rechnungsnummer nicht: falsch.",
    language: "de",
  });
  const [{ id } = { id: "" }] = (await list()).items;
  const { similar } = await read(id);
  expect(similar.map(({ customer }) => customer.name)).toEqual(["S4", "S1"]);
  expect(similar[0]!.words).toContain("umstellung");
});

import { expect, test } from "vitest";
import { newApiClient } from "../../test/api-client.ts";
import { newTestApp } from "../../test/new-test-app.ts";
import { newId } from "../platform/ids.ts";
import type { AddedCodes, CodePool, Incentive } from "./incentives/code-pool.ts";
import type { ContentItem } from "./content/content-item.ts";
import { giveCode } from "./incentives/give-code.ts";
import { playFromTemplate } from "./plays/templates/play-templates.ts";

const article = {
  kind: "article",
  name: "Exports",
  languages: { de: { title: "Berichte", text: "So geht es.", link: "https://acme.example/de" } },
  features: ["Exported", "Exported"],
  endsAt: "2026-12-01T09:00:00+01:00",
};

test("an item of the library is written, changed, and archived once a mail brought it to somebody", async () => {
  const nines = await newTestApp();
  const { ask, send, workspaceId } = await newApiClient(nines);
  const made = await ask<ContentItem>("POST", "/content", article);
  expect(made).toMatchObject({
    features: ["Exported"],
    endsAt: "2026-12-01T08:00:00.000Z",
    sent: 0,
    plays: [],
  });
  const bad = async (other: object) => {
    const response = await send("POST", "/content", { ...article, ...other });
    return ((await response.json()) as { error: { message: string } }).error.message;
  };
  expect(await bad({ languages: {} })).toBe("languages: write it in at least one language.");
  expect(await bad({ languages: { xx: article.languages.de } })).toContain("is not a known language");
  expect(
    await bad({ languages: { en: { ...article.languages.de, link: "javascript:alert(1)" } } }),
  ).toContain("is not an address that begins with https://");
  expect(await bad({ startsAt: "2026-12-02T00:00:00Z" })).toBe("endsAt: must be after the start.");

  // A play that always sends it keeps it.
  const template = playFromTemplate("passive_shipped", { language: "en", customers: 10 })!;
  const draft = JSON.stringify(template.definition).replace('"item":null', `"item":"${made.id}"`);
  const playId = newId(nines.clock);
  await nines.db
    .insertInto("plays")
    .values({ workspaceId, id: playId, name: "Shipped", salt: "s", draft })
    .execute();
  const refused = await send("DELETE", `/content/${made.id}`);
  expect(refused.status).toBe(409);
  expect(await refused.text()).toContain("The play “Shipped” sends this item.");
  await nines.db.updateTable("plays").set({ state: "ended" }).execute();

  const now = nines.clock.now();
  const [customerId, id] = [newId(nines.clock), newId(nines.clock)];
  const message = {
    workspaceId,
    customerId,
    id,
    direction: "out",
    state: "sent",
    subject: "s",
    text: "t",
  } as const;
  await nines.db
    .insertInto("messages")
    .values({ ...message, content: [made.id], createdAt: now, sendAfter: now })
    .execute();
  expect(await ask("DELETE", `/content/${made.id}`)).toEqual({ outcome: "archived" });
  expect(await ask("GET", "/content")).toEqual({ items: [] });
  expect(await ask("GET", "/content?archived=true")).toMatchObject({ items: [{ id: made.id, sent: 1 }] });
  expect(await ask("PUT", `/content/${made.id}`, { ...article, name: "Back" })).toMatchObject({
    name: "Back",
    archivedAt: null,
  });
  const other = await ask<ContentItem>("POST", "/content", article);
  expect(await ask("DELETE", `/content/${other.id}`)).toEqual({ outcome: "deleted" });
  expect((await send("GET", `/content/${other.id}`)).status).toBe(404);
});

test("codes are added in bulk with duplicates told, listed with who got them, redeemed by id, code or coupon, and withdrawn", async () => {
  const nines = await newTestApp();
  const { ask, send, workspaceId, key } = await newApiClient(nines);
  const { db, clock } = nines;
  const pool = await ask<CodePool>("POST", "/code-pools", { name: "Spring", worth: "20 %", lowStock: 3 });
  const other = await ask<CodePool>("POST", "/code-pools", { name: "Summer" });
  expect((await send("POST", "/code-pools", { name: "spring" })).status).toBe(409);
  expect(await ask("POST", `/code-pools/${other.id}/codes`, { codes: ["Taken"] })).toMatchObject({
    added: 1,
  });
  const file = async (text: string) => {
    const response = await nines.app.request(`/api/v1/code-pools/${pool.id}/codes`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "text/csv" },
      body: text,
    });
    return { status: response.status, body: (await response.json()) as AddedCodes };
  };
  const long = "x".repeat(201);
  expect(await file(`\uFEFFname;Code\na;=1+1\nb;TAKEN\nc; B \nd;b\ne;${long}\n\nf;C\n`)).toEqual({
    status: 201,
    body: { added: 3, known: 2, knownCodes: ["TAKEN", "b"], faulty: [{ line: 6, reason: "too_long" }] },
  });
  expect(await file("D\nE\nC\n")).toMatchObject({ body: { added: 2, known: 1, knownCodes: ["C"] } });
  expect((await file("\n")).status).toBe(422);
  expect((await file('"D')).status).toBe(422);

  const { ids } = await ask<{ ids: string[] }>("POST", "/customers", {
    customers: [
      { id: "1", name: "=cmd()", email: "ada@x.example" },
      { id: "2", name: "Bob" },
    ],
  });
  const [ada = "", bob = ""] = ids;
  const give = (customerId: string, more: { playId?: string; enrolmentId?: string } = {}) =>
    giveCode(db, {
      workspaceId,
      poolId: pool.id,
      purpose: "thanks",
      id: newId(clock),
      now: clock.now(),
      customerId,
      ...more,
    });
  // A play for detractors alone: its codes are marked.
  const play = playFromTemplate("passive_feedback", { language: "en", customers: 10, pool: pool.id })!;
  const definition = {
    ...play.definition,
    audience: {
      ...play.definition.audience,
      filter: { kind: "answer_category", is: "one_of", value: ["detractor"] },
    },
  };
  const [playId, enrolmentId] = [newId(clock), newId(clock)];
  await db
    .insertInto("plays")
    .values({ workspaceId, id: playId, name: "Silent", salt: "s", version: 1 })
    .execute();
  await db
    .insertInto("playVersions")
    .values({ workspaceId, playId, number: 1, definition: JSON.stringify(definition) })
    .execute();
  const entered = { id: enrolmentId, playId, version: 1, unitId: ada, place: 0.5, arm: "treated" as const };
  await db
    .insertInto("enrolments")
    .values({ workspaceId, customerId: ada, ...entered, enteredAt: clock.now(), resultDue: clock.now() })
    .execute();
  const first = await give(ada, { playId, enrolmentId });
  clock.advance(1000);
  const second = await give(bob);
  if (first === "empty" || second === "empty") throw new Error("empty");
  clock.advance(1000);

  const ledger = async () =>
    (await ask<{ items: Incentive[] }>("GET", `/code-pools/${pool.id}/incentives`)).items;
  const [newest, oldest] = await ledger();
  expect(newest).toMatchObject({ code: second.code, customer: { id: bob, name: "Bob" }, byScore: false });
  expect(oldest).toMatchObject({ code: first.code, play: { id: playId, name: "Silent" }, byScore: true });
  const page = await ask<{ next: string }>("GET", `/code-pools/${pool.id}/incentives?limit=1`);
  expect(await ask("GET", `/code-pools/${pool.id}/incentives?limit=1&cursor=${page.next}`)).toMatchObject({
    items: [{ id: oldest!.id }],
    next: null,
  });
  const csv = await (await send("GET", `/code-pools/${pool.id}/incentives.csv`)).text();
  expect(csv).toContain(`,'=cmd(),ada@x.example,thanks,Silent,`);
  expect(csv).not.toMatch(/,=/);

  // A coupon that somebody names is used, whoever they are; naming it before it was given is not.
  const purchase = (customerId: string, coupon: string, at: Date) =>
    db
      .insertInto("purchases")
      .values({ workspaceId, customerId, id: newId(clock), at, coupon })
      .execute();
  await purchase(bob, first.code.toLowerCase(), clock.now());
  await purchase(bob, second.code, new Date("2026-01-01T00:00:00Z"));
  await ask("POST", "/complaints", { customer: { id: "2" } });
  await nines.runJobs();
  expect((await ledger()).map(({ redeemedBy }) => redeemedBy)).toEqual([null, "purchase"]);
  expect(await ask("POST", `/incentives/redeem`, { code: second.code.toLowerCase() })).toMatchObject({
    customerId: bob,
    known: false,
  });
  expect(await ask("POST", `/incentives/${newest!.id}/redeem`)).toMatchObject({ known: true });
  expect((await send("POST", `/incentives/redeem`, { code: "nobody's" })).status).toBe(404);

  const free = ["B", "C", "D"].find((code) => code !== first.code && code !== second.code);
  expect(await ask("PATCH", `/code-pools/${pool.id}`, { worth: "30 %" })).toMatchObject({
    worth: "30 %",
    lowStock: 3,
    free: 3,
    given: 2,
    redeemed: 2,
    low: true,
    plays: [{ name: "Silent" }],
  });
  expect(await ask("POST", `/code-pools/${pool.id}/withdraw`, { codes: [first.code, free] })).toEqual({
    withdrawn: 1,
  });
  expect((await send("DELETE", `/code-pools/${pool.id}`)).status).toBe(409);
  // Published again without it: who is under way still needs it, and once they are through nobody does.
  const without = playFromTemplate("passive_feedback", { language: "en", customers: 10, pool: other.id })!;
  await db
    .insertInto("playVersions")
    .values({ workspaceId, playId, number: 2, definition: JSON.stringify(without.definition) })
    .execute();
  await db.updateTable("plays").set({ version: 2 }).execute();
  const usedBy = async () =>
    (await ask<{ pools: CodePool[] }>("GET", "/code-pools")).pools.map(({ name, plays }) => [
      name,
      plays.map((play) => play.name),
    ]);
  expect(await usedBy()).toEqual([
    ["Spring", ["Silent"]],
    ["Summer", ["Silent"]],
  ]);
  expect((await send("DELETE", `/code-pools/${pool.id}`)).status).toBe(409);
  await db.updateTable("enrolments").set({ state: "done" }).execute();
  expect(await usedBy()).toEqual([
    ["Spring", []],
    ["Summer", ["Silent"]],
  ]);
  expect((await send("DELETE", `/code-pools/${pool.id}`)).status).toBe(204);
  expect(await give(ada)).toBe("empty");
  expect(await ask("GET", "/code-pools")).toMatchObject({ pools: [{ name: "Summer" }] });
});

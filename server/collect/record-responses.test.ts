import { setTimeout } from "node:timers/promises";
import * as fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { bareWorkspace } from "../../test/bare-workspace.ts";
import { newApiClient } from "../../test/api-client.ts";
import { newTestApp, type TestApp } from "../../test/new-test-app.ts";
import { deleteWorkspace } from "../platform/accounts/delete-workspace.ts";
import { openDatabase } from "../platform/database/open.ts";
import { holdWorkspaceAlone } from "../platform/database/workspace-lock.ts";
import { responseIdOf } from "./customer.ts";
import { newResponseRecorder } from "./record-responses.ts";
import { NewResponse, type Recorded } from "./response.ts";

const parsed = (input: unknown) => NewResponse.parse(input);

/** A recorder as another process would have it, with connections of its own. */
function anotherRecorder(nines: TestApp) {
  const database = openDatabase(nines.url);
  onTestFinished(() => database.close());
  return newResponseRecorder({ ...nines.resources, database });
}

async function count(nines: TestApp, table: "responses" | "customers" | "customer_keys" | "surveys") {
  const { rows } = await nines.pool.query<{ n: number }>(`select count(*) as n from ${table}`);
  return rows[0]!.n;
}

/** Resolves when a transaction waits for a lock that another holds. */
async function someoneWaits({ pool }: TestApp): Promise<void> {
  const waiting = `
    select 1 from pg_locks l join pg_database d on d.oid = l.database
    where d.datname = current_database() and l.locktype = 'advisory' and not l.granted`;
  while ((await pool.query(waiting)).rows.length === 0) await setTimeout(5);
}

test("an answer is stored with its customer and account, and shown", async () => {
  const nines = await newTestApp();
  const { ask } = await newApiClient(nines);
  const recorded = await ask<Recorded>("POST", "/responses", {
    id: "delivery-17",
    score: 8,
    comment: "Fine, but slow.",
    at: "2026-10-12T17:30:00+02:00",
    language: "en",
    channel: "link",
    weight: 1.5,
    traits: { plan: "pro" },
    customer: {
      id: "c-1",
      email: " Ada@Example.com ",
      phone: "+49 (30) 123-45",
      name: "Ada",
      account: { id: "acme", name: "Acme" },
      traits: { city: "Berlin" },
    },
  });
  expect(recorded).toMatchObject({ known: false });
  const shown = await ask("GET", `/responses/${recorded.id}?customer=${recorded.customerId}`);
  expect(shown).toMatchObject({
    id: recorded.id,
    score: 8,
    category: "passive",
    comment: "Fine, but slow.",
    at: "2026-10-12T15:30:00.000Z",
    language: "en",
    channel: "link",
    weight: 1.5,
    sourceId: "delivery-17",
    traits: { plan: "pro", city: "Berlin" },
    customer: {
      id: recorded.customerId,
      name: "Ada",
      email: "ada@example.com",
      phone: "+493012345",
      externalId: "c-1",
      account: { name: "Acme" },
      anonymous: false,
      traits: { city: "Berlin" },
    },
    history: [{ id: recorded.id, score: 8 }],
  });
});

test("the same id twice is stored once and gives the same answer", async () => {
  const nines = await newTestApp();
  const { ask } = await newApiClient(nines);
  const answer = { id: "a", score: 9, customer: { email: "ada@example.com" } };
  const first = await ask<Recorded>("POST", "/responses", answer);
  const second = await ask<Recorded>("POST", "/responses", answer);
  expect(second).toEqual({ ...first, known: true });
  expect(await count(nines, "responses")).toBe(1);
});

test("an id that is sent again with another customer, or with none, is the first answer", async () => {
  const nines = await newTestApp();
  const { ask } = await newApiClient(nines);
  const first = await ask<Recorded>("POST", "/responses", { id: "a", score: 9, customer: { id: "1" } });
  const anonymous = await ask<Recorded>("POST", "/responses", { id: "b", score: 3 });
  for (const customer of [undefined, { id: "2" }, { email: "x@example.com" }]) {
    expect(await ask("POST", "/responses", { id: "a", score: 1, customer })).toEqual({
      ...first,
      known: true,
    });
    expect(await ask("POST", "/responses", { id: "b", score: 1, customer })).toEqual({
      ...anonymous,
      known: true,
    });
  }
  expect(await count(nines, "responses")).toBe(2);
  expect(await count(nines, "customers")).toBe(2);
});

test("a hundred copies of each of many answers at once, from two processes, are one row each and one answer", async () => {
  const nines = await newTestApp();
  const workspaceId = await bareWorkspace(nines);
  const recorders = [newResponseRecorder(nines.resources), anotherRecorder(nines)];
  const ids = Array.from({ length: 40 }, (_, i) => `answer-${i}`);
  const copies = ids.flatMap((id) => Array.from({ length: 100 }, (_, copy) => ({ id, copy })));
  const results = await Promise.all(
    copies.map(async ({ id, copy }) => {
      // Every third copy names somebody else, every third nobody.
      const customer = [{ id }, undefined, { email: `${id}-${copy}@example.com` }][copy % 3];
      const [result] = await recorders[copy % 2]!.record(workspaceId, [parsed({ id, score: 7, customer })]);
      return result!;
    }),
  );
  expect(await count(nines, "responses")).toBe(40);
  for (const id of ids) {
    const ofId = results.filter((result) => result.id === responseIdOf(workspaceId, id));
    expect(ofId).toHaveLength(100);
    expect(new Set(ofId.map(({ customerId }) => customerId)).size).toBe(1);
    expect(ofId.filter(({ known }) => !known)).toHaveLength(1);
  }
});

test("a customer is found by id, else by e-mail in any case, else by phone, and gets the keys that are new", async () => {
  const nines = await newTestApp();
  const { ask } = await newApiClient(nines);
  const answerOf = async (customer: object) =>
    (await ask<Recorded>("POST", "/responses", { score: 7, customer })).customerId;
  const ada = await answerOf({ email: "ada@example.com" });
  expect(await answerOf({ email: " ADA@Example.COM" })).toBe(ada);
  expect(await answerOf({ id: "1", email: "Ada@example.com", phone: "+49 30 1" })).toBe(ada);
  expect(await answerOf({ phone: "+49-30-1" })).toBe(ada);
  expect(await answerOf({ id: "1", email: "ada@new.example" })).toBe(ada);
  expect(await answerOf({ email: "ada@new.example" })).toBe(ada);
  const bob = await answerOf({ id: "2" });
  expect(bob).not.toBe(ada);
  expect(await answerOf({ id: "2", email: "ada@example.com" })).toBe(bob);
  const { rows } = await nines.pool.query(
    "select external_id, email, phone from customers order by external_id",
  );
  expect(rows).toEqual([
    { external_id: "1", email: "ada@new.example", phone: "+49301" },
    // The address is Ada's.
    { external_id: "2", email: null, phone: null },
  ]);
});

test("what is said about a known customer is kept up to date, and what is not said stays", async () => {
  const nines = await newTestApp();
  const { ask } = await newApiClient(nines);
  const said = [
    { id: "1", name: "Ada", traits: { plan: "free", city: "Berlin" }, account: { id: "a", name: "Acme" } },
    { id: "1", traits: { plan: "pro" } },
    { id: "1", name: "Ada L.", account: { id: "a", name: "Acme Ltd" } },
    { id: "1" },
  ];
  for (const customer of said) await ask("POST", "/responses", { score: 9, customer });
  await ask("POST", "/responses", [
    { score: 9, customer: { id: "2", name: "Bob" } },
    { score: 9, customer: { id: "2", traits: { plan: "pro" } } },
  ]);
  const { rows } = await nines.pool.query(
    "select c.name, c.traits, a.name as account from customers c left join accounts a on a.id = c.account_id order by 1",
  );
  expect(rows).toEqual([
    { name: "Ada L.", traits: { plan: "pro", city: "Berlin" }, account: "Acme Ltd" },
    { name: "Bob", traits: { plan: "pro" }, account: null },
  ]);
});

test("a new customer who answers many times at once, through two processes, becomes one customer", async () => {
  const nines = await newTestApp();
  const workspaceId = await bareWorkspace(nines);
  const recorders = [newResponseRecorder(nines.resources), anotherRecorder(nines)];
  const results = await Promise.all(
    Array.from({ length: 300 }, async (_, i) => {
      const customer = { email: `${i % 10}@example.com`, id: i % 2 ? `${i % 10}` : undefined };
      return recorders[i % 2]!.record(workspaceId, [parsed({ score: 10, customer })]);
    }),
  );
  expect(new Set(results.flat().map(({ customerId }) => customerId)).size).toBe(10);
  expect(await count(nines, "customers")).toBe(10);
  expect(await count(nines, "responses")).toBe(300);
});

test("an answer that arrives while its customer is being deleted belongs to a customer who is there", async () => {
  const nines = await newTestApp();
  const { ask, workspaceId } = await newApiClient(nines);
  const before = await ask<Recorded>("POST", "/responses", { score: 9, customer: { id: "ada" } });
  const deleter = await nines.pool.connect();
  await deleter.query("begin");
  await holdWorkspaceAlone(deleter, workspaceId);
  const recorded = ask<Recorded>("POST", "/responses", { score: 7, customer: { id: "ada" } });
  await Promise.race([recorded, someoneWaits(nines)]);
  for (const table of ["responses", "customer_keys"])
    await deleter.query(`delete from ${table} where customer_id = $1`, [before.customerId]);
  await deleter.query("delete from customers where id = $1", [before.customerId]);
  await deleter.query("commit");
  deleter.release();
  const { customerId } = await recorded;
  expect(customerId).not.toBe(before.customerId);
  expect((await nines.pool.query("select id from customers")).rows).toEqual([{ id: customerId }]);
});

test("a customer who is remembered but was deleted since is made anew, and one whose key moved is found", async () => {
  const nines = await newTestApp();
  const workspaceId = await bareWorkspace(nines);
  const recorder = newResponseRecorder(nines.resources);
  const answerOf = (email: string) => parsed({ score: 7, customer: { email } });
  const record = async (email: string) => (await recorder.record(workspaceId, [answerOf(email)]))[0]!;
  const first = await record("ada@example.com");
  expect((await record("ada@example.com")).customerId).toBe(first.customerId);

  for (const table of ["responses", "customer_keys"])
    await nines.pool.query(`delete from ${table} where customer_id = $1`, [first.customerId]);
  await nines.pool.query("delete from customers where id = $1", [first.customerId]);
  const anew = await record("ada@example.com");
  expect(anew.customerId).not.toBe(first.customerId);

  const bob = await record("bob@example.com");
  await nines.pool.query("update customer_keys set customer_id = $1 where key = 'email:bob@example.com'", [
    anew.customerId,
  ]);
  expect((await record("bob@example.com")).customerId).toBe(anew.customerId);
  expect(bob.customerId).not.toBe(anew.customerId);
});

test("answers to a workspace that was deleted are refused, and their neighbours and the connections are well", async () => {
  const nines = await newTestApp();
  const recorder = newResponseRecorder(nines.resources);
  const [here, gone] = [await bareWorkspace(nines), await bareWorkspace(nines)];
  for (const id of [here, gone]) await recorder.record(id, [parsed({ score: 1 })]); // Their surveys are remembered.
  await deleteWorkspace(nines.db, gone);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, async (_, i) => {
      const customer = i % 3 ? { id: "ada" } : undefined;
      return recorder.record(i % 4 ? here : gone, [parsed({ score: 9, customer })]);
    }),
  );
  for (const [i, outcome] of outcomes.entries()) {
    if (i % 4) expect(outcome.status).toBe("fulfilled");
    else
      expect(outcome).toMatchObject({
        reason: { code: "not_found", options: { reason: "no_such_workspace" } },
      });
  }
  nines.clock.advance(60_000);
  await expect(recorder.record(gone, [parsed({ score: 9 })])).rejects.toMatchObject({ code: "not_found" });
  expect(await count(nines, "responses")).toBe(16);
  expect(await count(nines, "surveys")).toBe(1);
  const open = "select 1 from pg_stat_activity where datname = current_database() and state ~ '^idle in'";
  expect((await nines.pool.query(open)).rows).toEqual([]);
});

test("each anonymous answer has a customer of its own", async () => {
  const nines = await newTestApp();
  const { ask } = await newApiClient(nines);
  await ask("POST", "/responses", [{ score: 1 }, { score: 2 }, { score: 3, customer: { name: "Nobody" } }]);
  const { rows } = await nines.pool.query("select anonymous from customers");
  expect(rows).toEqual([{ anonymous: true }, { anonymous: true }, { anonymous: true }]);
  expect(await count(nines, "customer_keys")).toBe(0);
});

test("a thousand answers go in one request, more are refused", async () => {
  const nines = await newTestApp();
  const { ask, send } = await newApiClient(nines);
  const answers = Array.from({ length: 1_000 }, (_, i) => ({
    id: `${i}`,
    score: i % 11,
    customer: { id: `${i % 300}` },
  }));
  const { results } = await ask<{ results: Recorded[] }>("POST", "/responses", answers);
  expect(results).toHaveLength(1_000);
  expect(await count(nines, "responses")).toBe(1_000);
  expect(await count(nines, "customers")).toBe(300);
  const again = await ask<{ results: Recorded[] }>("POST", "/responses", answers);
  expect(again.results).toEqual(results.map(({ id, customerId }) => ({ id, customerId, known: true })));
  const refused = await send("POST", "/responses", [...answers, { score: 1 }]);
  expect(refused.status).toBe(422);
  expect(await refused.json()).toMatchObject({ error: { message: "at most 1,000 answers at a time." } });
});

test("one bad answer does not take its neighbours with it, and its own request is stored whole or not at all", async () => {
  const nines = await newTestApp();
  const recorder = newResponseRecorder(nines.resources);
  const workspaceId = await bareWorkspace(nines);
  const impossible = { ...parsed({ id: "bad", score: 10 }), score: 11 }; // Past the checks of the API.
  const outcomes = await Promise.allSettled(
    Array.from({ length: 50 }, async (_, i) =>
      recorder.record(
        workspaceId,
        i === 25 ? [parsed({ id: "good", score: 1 }), impossible] : [parsed({ score: 5 })],
      ),
    ),
  );
  expect(outcomes.map(({ status }) => status).filter((status) => status === "rejected")).toHaveLength(1);
  expect(outcomes[25]!.status).toBe("rejected");
  expect(await count(nines, "responses")).toBe(49);
  expect(await recorder.record(workspaceId, [parsed({ id: "good", score: 1 })])).toMatchObject([
    { known: false },
  ]);
});

test("an answer is known by its row too, should its key be gone", async () => {
  const nines = await newTestApp();
  const { ask, workspaceId } = await newApiClient(nines);
  const ada = await ask<Recorded>("POST", "/responses", { id: "x", score: 9, customer: { id: "ada" } });
  const anonymous = await ask<Recorded>("POST", "/responses", { id: "y", score: 9 });
  await nines.pool.query("delete from customer_keys where key like 'response:%'");
  expect(await ask("POST", "/responses", { id: "x", score: 9, customer: { id: "ada" } })).toEqual({
    ...ada,
    known: true,
  });
  expect(await ask("POST", "/responses", { id: "y", score: 9 })).toEqual({ ...anonymous, known: true });
  expect(await count(nines, "responses")).toBe(2);
  expect(anonymous.id).toBe(responseIdOf(workspaceId, "y"));
});

test("an answer whose row was deleted, but not its customer, can be recorded anew", async () => {
  const nines = await newTestApp();
  const { ask } = await newApiClient(nines);
  const first = await ask<Recorded>("POST", "/responses", { id: "y", score: 9 });
  await nines.pool.query("delete from customer_keys");
  await nines.pool.query("delete from responses");
  expect(await ask("POST", "/responses", { id: "y", score: 9 })).toEqual(first);
});

test("answers without a survey go to the oldest live one, which is made once, on first use", async () => {
  const nines = await newTestApp();
  const workspaceId = await bareWorkspace(nines);
  const recorders = [newResponseRecorder(nines.resources), anotherRecorder(nines)];
  await Promise.all(
    Array.from({ length: 100 }, (_, i) => recorders[i % 2]!.record(workspaceId, [parsed({ score: 9 })])),
  );
  expect(await count(nines, "surveys")).toBe(1);
  await nines.pool.query("update surveys set state = 'archived'");
  nines.clock.advance(60_000);
  await recorders[0]!.record(workspaceId, [parsed({ score: 9 })]);
  const { rows } = await nines.pool.query(
    "select state, (select count(*) from responses where survey_id = s.id) as n from surveys s order by created_at",
  );
  expect(rows).toEqual([
    { state: "archived", n: 100 },
    { state: "live", n: 1 },
  ]);
});

test("when too much waits, callers are told when to come back, and what was refused is not there", async () => {
  const nines = await newTestApp();
  const { send, ask } = await newApiClient(nines);
  await ask("POST", "/responses", { score: 9 });
  const blocking = await nines.pool.connect();
  await blocking.query("begin; lock table responses");
  const refused: Response[] = [];
  const thousand = Array.from({ length: 1_000 }, () => ({ score: 9 }));
  const sent = Array.from({ length: 15 }, async () => {
    const response = await send("POST", "/responses", thousand);
    if (response.status !== 201) refused.push(response);
  });
  // At most three requests are in hand and 10,000 answers wait; the others come too late.
  await expect.poll(() => refused.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(2);
  await blocking.query("rollback");
  blocking.release();
  await Promise.all(sent);
  for (const response of refused) {
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
    expect(await response.json()).toMatchObject({
      error: {
        code: "busy",
        message:
          "More answers arrive than can be stored right now, and these were not. Send them again in a moment.",
        details: { reason: "queue_full" },
      },
    });
  }
  expect(await count(nines, "responses")).toBe(1 + (15 - refused.length) * 1_000);
});

const bad: [body: unknown, sentence: string][] = [
  [{}, "score: a score is a whole number from 0 to 10."],
  [{ score: 11 }, "score: a score is a whole number from 0 to 10."],
  [{ score: "9" }, "score: a score is a whole number from 0 to 10."],
  [{ score: 8.5 }, "score: a score is a whole number from 0 to 10."],
  [[{ score: 9 }, { score: -1 }], "1.score: a score is a whole number from 0 to 10."],
  [[], "no answers were sent."],
  ["nine", "The body must be an object or a list, not text."],
  [{ score: 9, at: "yesterday" }, "at: a time is written as 2026-01-31T09:30:00Z, or as a day, 2026-01-31."],
  [{ score: 9, at: "1969-12-31" }, "at: answers are stored from 1970 on."],
  [
    { score: 9, at: "2026-10-14T08:00:01Z" },
    "at: 2026-10-14T08:00:01.000Z lies in the future; send when the answer was given.",
  ],
  [{ score: 9, weight: 0 }, "weight: a weight is a number above 0."],
  [{ score: 9, customer: { email: "nobody" } }, "customer.email: is not an e-mail address."],
  [{ score: 9, id: "a\u0000b" }, "id: holds a NUL character or half a surrogate pair; send plain text."],
  [{ score: 9, id: "" }, "id: must not be empty; leave it out instead."],
  [{ score: 9, comment: "x".repeat(10_001) }, "comment: at most 10,000 characters."],
  [
    { score: 9, traits: { a: "x".repeat(1_001) } },
    "traits.a: a trait is a text of at most 1,000 characters, a number, true, false or null.",
  ],
  [
    { score: 9, traits: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`t${i}`, i])) },
    "traits: at most 50 traits.",
  ],
  [
    { score: 9, surveyId: "00000000-0000-4000-8000-000000000000" },
    "surveyId: there is no survey 00000000-0000-4000-8000-000000000000 here; leave it out, or take an id from GET /api/v1/surveys.",
  ],
];

test("each bad answer is refused with its sentence", async () => {
  const nines = await newTestApp();
  const { send } = await newApiClient(nines);
  for (const [body, sentence] of bad) {
    const refused = await send("POST", "/responses", body);
    expect(await refused.json()).toMatchObject({ error: { code: "bad_input", message: sentence } });
  }
  expect(await count(nines, "responses")).toBe(0);
});

test("stray characters in free text are cleaned, not refused", async () => {
  const nines = await newTestApp();
  const { ask } = await newApiClient(nines);
  const { id, customerId } = await ask<Recorded>("POST", "/responses", {
    score: 9,
    comment: "a\u0000b\ud800c 👍",
    traits: { t: "\u0000" },
    customer: { name: "A\u0000da" },
  });
  expect(await ask("GET", `/responses/${id}?customer=${customerId}`)).toMatchObject({
    comment: "ab\ufffdc 👍",
    traits: { t: "" },
    customer: { name: "Ada" },
  });
});

test("whatever is sent is stored or refused, never an error of ours", async () => {
  const nines = await newTestApp();
  const { send } = await newApiClient(nines);
  const anyText = fc.string({ unit: "binary", maxLength: 30 });
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const anyAnswer = fc.record({
    score: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 10 }) }, fc.anything()),
    id: maybe(anyText),
    comment: maybe(anyText),
    at: maybe(
      fc.oneof(
        fc.date({ noInvalidDate: true }).map((date) => date.toJSON()),
        anyText,
      ),
    ),
    language: maybe(anyText),
    channel: maybe(anyText),
    weight: maybe(fc.double()),
    traits: maybe(
      fc.oneof(fc.dictionary(anyText, fc.oneof(anyText, fc.double(), fc.boolean())), fc.jsonValue()),
    ),
    customer: maybe(fc.record({ id: maybe(anyText), phone: maybe(anyText), name: maybe(anyText) })),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(anyAnswer, fc.array(anyAnswer, { maxLength: 3 }), fc.jsonValue()),
      async (body) => {
        const { status } = await send("POST", "/responses", body);
        expect([201, 400, 422]).toContain(status);
      },
    ),
    { numRuns: 300 },
  );
});

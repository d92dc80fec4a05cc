import { beforeEach, describe, expect, it } from "vitest";
import { mail, nobody, steps } from "../../../test/a-play.ts";
import { newLiveSurvey } from "../../../test/live-survey.ts";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import { newWorkspace } from "../../../test/sign-in.ts";
import { assignArm } from "./assign-arm.ts";
import type { DryRun } from "./dry-run-play.ts";
import { newDefinition, type PlayDefinition } from "./play-definition.ts";
import type { PlayDetails } from "./play.ts";
import type { StepPreview } from "./preview-step.ts";

let nines: TestApp;
let workspace: Awaited<ReturnType<typeof newWorkspace>>;

beforeEach(async () => {
  nines = await newTestApp();
  workspace = await newWorkspace(nines);
});

interface Reply<Body> {
  status: number;
  body: Body;
}

async function ask<Body>(method: string, path: string, body?: unknown): Promise<Reply<Body>> {
  const response = await workspace.owner.fetch(method, `/api/v1${path}`, body);
  return { status: response.status, body: (await response.json()) as Body };
}

const isPro = { kind: "trait", trait: "plan", is: "equal", value: "Pro" } as const;

const aPlay = (other: Partial<PlayDefinition> = {}): PlayDefinition => ({
  ...newDefinition(100),
  goal: { kind: "purchase" },
  audience: { segment: null, filter: isPro, again: null },
  start: "mail",
  steps: steps(mail("mail")),
  ...other,
});

async function newPlay(definition: unknown, name = "Reports"): Promise<PlayDetails> {
  const made = await ask<PlayDetails>("POST", "/plays", { name });
  const saved = await ask<PlayDetails>("PUT", `/plays/${made.body.id}/draft`, { name, definition });
  expect(saved.status, JSON.stringify(saved.body)).toBe(200);
  return saved.body;
}

async function storeCustomers(n: number): Promise<string[]> {
  const customers = Array.from({ length: n }, (_, i) => ({
    id: `c-${i}`,
    name: `Ada ${i}`,
    ...(i % 9 === 0 ? {} : { email: `c-${i}@x.example` }),
    language: i % 2 ? "de" : "fr",
    account: { id: `a-${i % 20}`, name: `Account ${i % 20}` },
    traits: { plan: i % 10 === 3 ? "Basic" : "Pro" },
  }));
  const { status, body } = await ask<{ ids: string[] }>("POST", "/customers", { customers });
  expect(status).toBe(201);
  return body.ids;
}

const dryRun = async (id: string) => (await ask<DryRun>("POST", `/plays/${id}/dry-run`, {})).body;

describe("a dry run", () => {
  it("counts whom a naive count finds: who would enter, in which arm, and why others would not", async () => {
    const ids = await storeCustomers(120);
    const { db, clock } = nines;
    const { workspaceId } = workspace;
    const now = clock.now();
    const every = (n: number, rest: number) => new Set(ids.filter((_, i) => i % n === rest));
    const [unsubscribed, bounced, complain, rested] = [every(11, 1), every(13, 2), every(17, 3), every(7, 4)];
    for (const [column, those] of [
      ["unsubscribedAt", unsubscribed],
      ["bouncedAt", bounced],
    ] as const)
      await db
        .updateTable("customers")
        .set({ [column]: now })
        .where("id", "in", [...those])
        .execute();
    for (const customerId of complain)
      expect((await ask("POST", "/complaints", { customerId })).status).toBe(201);
    const lately = new Date(now.getTime() - 3 * 24 * 3_600_000);
    const about = { workspaceId, at: lately, kind: "invitation" as const, surveyId: null, sourceId: null };
    await db
      .insertInto("contacts")
      .values([...rested].map((customerId) => Object.assign({ customerId, id: crypto.randomUUID() }, about)))
      .execute();
    // Another play with a higher priority has some, this one has had others.
    const higher = await newPlay(aPlay({ priority: 9 }), "First");
    await ask("POST", `/plays/${higher.id}/publish`, {});
    const play = await newPlay(aPlay({ assign: "account", holdout: { share: 0.3, reason: null } }));
    const [inHigher, inThis] = [every(5, 2), every(19, 6)];
    const enrol = (playId: string, customerId: string) => ({
      workspaceId,
      customerId,
      id: crypto.randomUUID(),
      playId,
      version: 1,
      unitId: customerId,
      place: 0.5,
      arm: "treated" as const,
      enteredAt: now,
      resultDue: new Date(now.getTime() + 90 * 24 * 3_600_000),
    });
    await db
      .insertInto("enrolments")
      .values([
        ...[...inHigher].map((id) => enrol(higher.id, id)),
        ...[...inThis].map((id) => enrol(play.id, id)),
      ])
      .execute();

    const told = await dryRun(play.id);
    const { permanentSalt, permanentHoldout } = await db
      .selectFrom("actSettings")
      .selectAll()
      .executeTakeFirstOrThrow();
    const { salt } = await db
      .selectFrom("plays")
      .select("salt")
      .where("id", "=", play.id)
      .executeTakeFirstOrThrow();
    const rows = await db.selectFrom("customers").selectAll().where("id", "in", ids).execute();
    const counts: Record<string, number> = {};
    for (const [i, id] of ids.entries()) {
      const row = rows.find((each) => each.id === id)!;
      if (row.traits["plan"] !== "Pro") continue;
      const drawn = assignArm({
        play: { id: play.id, salt, holdoutShare: 0.3 },
        workspace: { id: workspaceId, salt: permanentSalt, permanentHoldout },
        unit: row.accountId!,
        customer: id,
      });
      const reason = inThis.has(id)
        ? "entered"
        : !drawn
          ? "permanent_holdout"
          : i % 9 === 0
            ? "no_address"
            : unsubscribed.has(id)
              ? "unsubscribed"
              : bounced.has(id)
                ? "bounced"
                : complain.has(id)
                  ? "complaint"
                  : inHigher.has(id)
                    ? "higher_priority"
                    : rested.has(id)
                      ? "rest"
                      : drawn.arm;
      counts[reason] = (counts[reason] ?? 0) + 1;
    }
    const { treated = 0, holdout = 0, ...held } = counts;
    expect(told.arms).toEqual({ treated, holdout });
    expect(told.eligible).toBe(treated + holdout);
    expect(Object.fromEntries(told.held.map(({ reason, customers }) => [reason, customers]))).toEqual(held);
    expect(Object.keys(held).length).toBeGreaterThanOrEqual(7);
    expect(told.examples).toHaveLength(10);
    expect(told.examples[0]).toMatchObject({ name: /^Ada/, account: /^Account/, email: /@x\.example$/ });
    expect(told.promise).toMatchObject({ guessed: true, baseline: 0.2 });
    expect(told.promise!.needed).toBeGreaterThan(2_000);
  });

  it("of three customers promises no result, and says how many it takes; of an audience of nobody it says so", async () => {
    await storeCustomers(4);
    await ask("PUT", "/act-settings", { permanentHoldout: 0 });
    const three = await newPlay(aPlay({ steps: steps({ id: "mail", kind: "task", title: "Call" }) }));
    const told = await dryRun(three.id);
    expect(told.eligible).toBe(3);
    expect(told.problems).toMatchObject([
      {
        reason: "too_few_for_result",
        blocking: false,
        message: expect.stringMatching(
          /^3 customers would enter now\. To notice a gain of 5 points it takes about 2,\d\d\d, so no result/,
        ),
      },
    ]);
    expect(told.promise!.power).toBeLessThan(0.1);
    expect((await dryRun((await newPlay(newDefinition(3))).id)).eligible).toBeNull();
    const none = await newPlay(
      aPlay({ audience: { segment: null, filter: { ...isPro, value: "?" }, again: null } }),
    );
    expect((await dryRun(none.id)).problems[0]).toMatchObject({ reason: "audience_empty" });
  });

  it("reckons from what became of customers who stood alike", async () => {
    const day = 24 * 3_600_000;
    const at = (days: number) => new Date(nines.clock.now().getTime() - days * day).toISOString();
    // 60 were passives before the 90 days, of whom 15 answered 9 since; 40 were promoters and all stayed it.
    const responses = Array.from({ length: 100 }, (_, i) => {
      const customer = { email: `r-${i}@x.example`, traits: { plan: "Pro" } };
      const before = { score: i < 60 ? 7 : 10, at: at(120), customer };
      return [before, { ...before, score: i < 15 || i >= 60 ? 9 : 8, at: at(20) }];
    }).flat();
    expect((await ask("POST", "/responses", responses)).status).toBeLessThan(300);
    await nines.runJobs();
    const passives = { kind: "answer_category", is: "one_of", value: ["passive"] } as const;
    const play = await newPlay(
      aPlay({
        goal: { kind: "promoter", survey: null },
        audience: { segment: null, filter: { ...passives, value: ["passive"] }, again: null },
      }),
    );
    expect((await dryRun(play.id)).promise).toMatchObject({ guessed: false, baseline: 0.25 });
  });
});

describe("a step, looked at for one customer", () => {
  it("is the mail in their language, the task with their name, or why they would get nothing", async () => {
    const [first, second] = await storeCustomers(2);
    await ask("PUT", "/act-settings", { permanentHoldout: 0 });
    const languages = {
      en: {
        subject: "For {{ customer.firstName }}",
        body: "Good day {{ customer.name }} of {{ account.name }}.",
      },
      de: { subject: "Für {{ customer.firstName }}", body: "Guten Tag {{ customer.name }}." },
    };
    const play = await newPlay(
      aPlay({
        steps: steps(mail("mail", { languages }), {
          id: "task",
          kind: "task",
          title: "Call {{ customer.name }}",
          note: "At {{ account.name }}",
        }),
      }),
    );
    const look = (step: string, customerId: string, other: object = {}) =>
      ask<StepPreview>("POST", `/plays/${play.id}/preview`, { step, customerId, ...other });
    expect((await look("mail", second!)).body).toMatchObject({
      skip: null,
      mail: { language: "de", subject: "Für Ada", text: expect.stringContaining("Guten Tag Ada 1.") },
    });
    expect((await look("mail", second!, { language: "en" })).body.mail!.text).toContain(
      "Ada 1 of Account 1.",
    );
    // Without an address; the mail is shown all the same, in the source language.
    expect((await look("mail", first!)).body).toMatchObject({ skip: "no_address", mail: { language: "en" } });
    expect((await look("task", second!)).body).toMatchObject({ title: "Call Ada 1", text: "At Account 1" });
    expect((await look("gone", second!)).status).toBe(404);
    expect((await look("mail", nobody)).status).toBe(404);
  });
});

describe("templates", () => {
  it("begin plays in both languages, with what only the workspace can choose left to say", async () => {
    const survey: string = await newLiveSurvey(nines, workspace.workspaceId);
    const { body } = await ask<{ templates: { id: string; name: string; group: string }[] }>(
      "GET",
      "/play-templates?language=de",
    );
    expect(body.templates.length).toBeGreaterThanOrEqual(12);
    for (const { id, name } of body.templates) {
      const made = await ask<PlayDetails>("POST", "/plays", { template: id, language: "de" });
      expect(made.body.name).toBe(name);
      expect(made.body.draft!.steps.length).toBeGreaterThan(0);
      const asks = made.body.draft!.steps.filter((step) => step.kind === "ask");
      for (const step of asks) expect(step.survey).toBe(survey);
      const open = made.body.problems.filter((problem) => problem.blocking && !problem.guard);
      expect(open.map(({ reason }) => reason).filter((reason) => !chosenLater.has(reason))).toEqual([]);
    }
    expect(await ask("POST", "/plays", { template: "gone" })).toMatchObject({ status: 422 });
  });
  const chosenLater = new Set([
    "no_audience",
    "no_such_pool",
    "nothing_to_choose",
    "no_such_content",
    "unknown_feature",
  ]);
});

describe("bad input", () => {
  it("is kept in the draft, and told in one sentence each when it is to be published", async () => {
    const paused = (await ask<{ id: string }>("POST", "/surveys", { name: "Never live" })).body.id;
    const pool = crypto.randomUUID();
    await nines.db
      .insertInto("codePools")
      .values({ workspaceId: workspace.workspaceId, id: pool, name: "Spring" })
      .execute();
    const wrong = aPlay({
      audience: { segment: nobody, filter: null, again: null },
      holdout: { share: 1, reason: null },
      steps: steps(
        mail("mail", {
          languages: {
            en: { subject: "{{ customer.shoeSize }}", body: "Good day" },
            xx: { subject: "?", body: "?" },
          },
        }),
        { id: "gone", kind: "ask", survey: nobody, day: 30 },
        { id: "draft", kind: "ask", survey: paused, day: 30 },
        { id: "code", kind: "code", pool, purpose: "offer" },
        { id: "lost", kind: "code", pool: nobody, purpose: "offer" },
        { id: "back", kind: "branch", when: { kind: "answered" }, next: "mail", otherwise: null },
      ),
    });
    const play = await newPlay(wrong);
    const refused = await ask<{ error: { details: { problems: { reason: string; message: string }[] } } }>(
      "POST",
      `/plays/${play.id}/publish`,
      {},
    );
    expect(refused.status).toBe(422);
    const { problems } = refused.body.error.details;
    const sentences = new Map(problems.map(({ reason, message }) => [reason, message]));
    for (const [reason, sentence] of [
      ["no_such_segment", /segment of the audience is not there any more/],
      ["holdout_is_everybody", /Everybody would be left alone/],
      ["loop_without_wait", /comes back to mail without ever waiting/],
      ["no_such_survey", /The survey is not there any more/],
      ["survey_not_live", /Never live is not live, so it asks nobody/],
      ["pool_empty", /Spring has no codes left/],
      ["no_such_pool", /The pool of codes is not there any more/],
      ["unknown_language", /xx is not a known language/],
    ] as const)
      expect(sentences.get(reason), `${reason} of ${[...sentences.keys()].join()}`).toMatch(sentence);
    expect([...sentences.values()].some((message) => message.includes("customer.shoeSize"))).toBe(true);

    // Half-typed values are kept, and told; what has another shape is refused.
    const half = await newPlay({
      ...aPlay(),
      days: 0,
      worth: 7,
      steps: [{ ...mail("mail"), next: null, language: "" }],
    });
    expect(half.problems.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["days", "worth", "steps.0.language"]),
    );
    expect((await dryRun(half.id)).eligible).toBeNull();
    const shapeless = await ask("PUT", `/plays/${half.id}/draft`, {
      name: "x",
      definition: { steps: "none" },
    });
    expect(shapeless.status).toBe(422);
  });

  it("keeps the permanent holdout between nobody and half, and notes who changes it", async () => {
    for (const permanentHoldout of [0.6, -0.1, "5 %"])
      expect((await ask("PUT", "/act-settings", { permanentHoldout })).status).toBe(422);
    expect((await ask("GET", "/act-settings")).body).toEqual({ permanentHoldout: 0.05 });
    expect((await ask("PUT", "/act-settings", { permanentHoldout: 0.1 })).body).toEqual({
      permanentHoldout: 0.1,
    });
    expect((await ask<{ items: unknown[] }>("GET", "/audit-log")).body.items).toMatchObject([
      { action: "act_settings.permanent_holdout", details: { from: 0.05, to: 0.1 } },
    ]);
  });
});

import { beforeEach, describe, expect, it } from "vitest";
import { newTestApp, type TestApp } from "../../test/new-test-app.ts";
import { type Browser, newMember, newWorkspace } from "../../test/sign-in.ts";
import { mail, steps } from "../../test/a-play.ts";
import type { SegmentFilter } from "../identify/segments/segment-filter.ts";
import { newDefinition, type PlayDefinition } from "./plays/play-definition.ts";
import type { PlayDetails } from "./plays/play.ts";

let nines: TestApp;
let workspace: Awaited<ReturnType<typeof newWorkspace>>;
let editor: Browser;

beforeEach(async () => {
  nines = await newTestApp();
  workspace = await newWorkspace(nines);
  editor = await newMember(nines, workspace, "editor");
});

interface Reply<Body> {
  status: number;
  body: Body;
}

/** What a request is answered with, as somebody; the status first. */
async function ask<Body>(
  method: string,
  path: string,
  body?: unknown,
  by: Browser = editor,
): Promise<Reply<Body>> {
  const response = await by.fetch(method, `/api/v1${path}`, body);
  const text = await response.text();
  return { status: response.status, body: (text === "" ? {} : JSON.parse(text)) as Body };
}

interface Refused {
  error: {
    message: string;
    details?: { reason?: string; problems?: { path: string; reason?: string; message: string }[] };
  };
}

const isPro = { kind: "trait", trait: "plan", is: "equal", value: "Pro" } as const;
const toPro = { segment: null, filter: isPro, again: null };

async function storeCustomers(n: number): Promise<string[]> {
  const customers = Array.from({ length: n }, (_, i) => ({
    id: `c-${i}`,
    email: `c-${i}@x.example`,
    name: `Customer ${i}`,
    account: { id: `a-${i % 7}`, name: `Account ${i % 7}` },
    traits: { plan: i % 2 ? "Pro" : "Basic" },
  }));
  const { status, body } = await ask<{ ids: string[] }>("POST", "/customers", { customers }, workspace.owner);
  expect(status).toBe(201);
  return body.ids;
}

async function aPublishable(other: Partial<PlayDefinition> = {}): Promise<PlayDefinition> {
  return {
    ...newDefinition(100),
    goal: { kind: "purchase" },
    audience: toPro,
    start: "mail",
    steps: steps(mail("mail")),
    ...other,
  };
}

async function newPlay(definition?: PlayDefinition, name = "Reports"): Promise<PlayDetails> {
  const made = await ask<PlayDetails>("POST", "/plays", { name });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  if (!definition) return made.body;
  const { id, basedOn } = made.body;
  const saved = await ask<PlayDetails>("PUT", `/plays/${id}/draft`, { name, definition, basedOn });
  expect(saved.status, JSON.stringify(saved.body)).toBe(200);
  return saved.body;
}

const refusedBy = (answer: { status: number; body: unknown }) => ({
  status: answer.status,
  reason: (answer.body as Refused).error.details?.reason,
  message: (answer.body as Refused).error.message,
});

describe("plays", () => {
  it("are made, edited, published in versions, paused, ended; drafts alone are deleted", async () => {
    const empty = await newPlay();
    expect(empty).toMatchObject({ state: "draft", version: 0, definition: null, planned: null });
    expect(empty.problems.map(({ reason }) => reason)).toEqual(["no_audience", "never_asked", "no_steps"]);
    const refused = await ask<Refused>("POST", `/plays/${empty.id}/publish`, {});
    expect(refusedBy(refused)).toMatchObject({ status: 422, reason: "play_has_problems" });
    expect(refused.body.error.details?.problems?.map(({ reason }) => reason)).toEqual([
      "no_audience",
      "no_steps",
    ]);
    expect(refusedBy(await ask("POST", `/plays/${empty.id}/state`, { state: "live" })).message).toBe(
      "This play was never published. Publish it, or delete it.",
    );
    expect((await ask("DELETE", `/plays/${empty.id}`)).status).toBe(204);
    expect((await ask("GET", `/plays/${empty.id}`)).status).toBe(404);

    const play = await newPlay(await aPublishable());
    expect(play.problems).toEqual([]);
    const path = `/plays/${play.id}`;
    const published = await ask<PlayDetails>("POST", `${path}/publish`, { basedOn: play.basedOn });
    expect(published.body).toMatchObject({
      state: "live",
      version: 1,
      draft: null,
      definition: { goal: { kind: "purchase" } },
      planned: { days: 90, holdoutShare: 0.5, guessed: true },
      owner: { name: "Mr editor" },
      counts: { entered: 0, steps: [] },
    });
    // The reply was lost: sent again, nothing happens.
    const again = await ask<PlayDetails>("POST", `${path}/publish`, { basedOn: play.basedOn });
    expect(again.body).toMatchObject({ version: 1 });
    expect(refusedBy(await ask("DELETE", path)).reason).toBe("play_published");

    const changed = { ...(await aPublishable()), days: 60, restDays: 30 };
    const body = { name: "Reports, shorter", definition: changed, basedOn: published.body.basedOn };
    const edited = await ask<PlayDetails>("PUT", `${path}/draft`, body);
    expect(edited.body).toMatchObject({ name: "Reports, shorter", version: 1, draft: { days: 60 } });
    expect(refusedBy(await ask("PUT", `${path}/draft`, body))).toMatchObject({
      status: 409,
      reason: "play_draft_changed",
    });
    expect(refusedBy(await ask("POST", `${path}/publish`, { basedOn: play.basedOn }))).toMatchObject({
      status: 409,
      reason: "published_play_changed",
    });
    // Nobody has entered, so it can still be judged by something else.
    const second = await ask<PlayDetails>("POST", `${path}/publish`, { basedOn: edited.body.basedOn });
    expect(second.body).toMatchObject({ version: 2, planned: { days: 60 } });

    for (const state of ["paused", "live", "closed", "live"])
      expect((await ask<PlayDetails>("POST", `${path}/state`, { state })).body.state).toBe(state);
    const { body: listed } = await ask<{ plays: unknown[] }>("GET", "/plays");
    expect(listed.plays).toMatchObject([
      { id: play.id, state: "live", changed: false, counts: { entered: 0 } },
    ]);
    expect((await ask<PlayDetails>("POST", `${path}/state`, { state: "ended" })).body).toMatchObject({
      state: "ended",
      endedAt: nines.clock.now().toISOString(),
    });
    for (const [way, sent] of [
      ["state", { state: "live" }],
      ["publish", {}],
    ] as const)
      expect(refusedBy(await ask("POST", `${path}/${way}`, sent)).reason).toBe("play_ended");
    expect(refusedBy(await ask("PUT", `${path}/draft`, { name: "x", definition: changed })).reason).toBe(
      "play_ended",
    );
  });

  it("take a new version for those who enter later, but not another goal once somebody has entered", async () => {
    const [customer] = await storeCustomers(2);
    const play = await newPlay(await aPublishable());
    const path = `/plays/${play.id}`;
    await ask("POST", `${path}/publish`, {});
    const at = nines.clock.now();
    await nines.db
      .insertInto("enrolments")
      .values({
        workspaceId: workspace.workspaceId,
        customerId: customer!,
        id: crypto.randomUUID(),
        playId: play.id,
        version: 1,
        unitId: customer!,
        place: 0.7,
        arm: "treated",
        enteredAt: at,
        resultDue: at,
      })
      .execute();
    const publishWith = async (other: Partial<PlayDefinition>) => {
      await ask("PUT", `${path}/draft`, { name: "Reports", definition: await aPublishable(other) });
      return ask<PlayDetails>("POST", `${path}/publish`, {});
    };
    for (const other of [
      { days: 30 },
      { worth: 0.1 },
      { assign: "account" as const },
      { goal: { kind: "retained" as const } },
      { holdout: { share: 0.2, reason: null } },
    ]) {
      const refused = await publishWith(other);
      expect(refusedBy(refused)).toMatchObject({ status: 409, reason: "plan_fixed" });
      expect(refusedBy(refused).message).toMatch(/end this play and start a new one/);
    }
    const second = await publishWith({ restDays: 7 });
    expect(second.body).toMatchObject({
      version: 2,
      planned: { at: at.toISOString() },
      counts: { entered: 1, active: 1, treated: 1, holdout: 0 },
    });
    const { body } = await ask<{ items: unknown[]; next: null }>("GET", `${path}/enrolments?arm=treated`);
    expect(body).toMatchObject({ items: [{ version: 1, customer: { name: "Customer 0" } }], next: null });
    expect((await ask<typeof body>("GET", `${path}/enrolments?state=done`)).body.items).toEqual([]);
  });

  it("that ask for reviews by score need an owner, and a reason that is kept", async () => {
    const promoters = { kind: "answer_category", is: "one_of", value: ["promoter"] } satisfies SegmentFilter;
    const review = mail("mail", { asks: "review", site: "g2" });
    const play = await newPlay(
      await aPublishable({
        audience: { segment: null, filter: promoters, again: null },
        steps: steps(review),
      }),
    );
    const path = `/plays/${play.id}/publish`;
    const refused = await ask<Refused>("POST", path, {}, workspace.owner);
    expect(refusedBy(refused)).toMatchObject({ status: 422, reason: "play_needs_override" });
    expect(refused.body.error.details?.problems).toMatchObject([
      { guard: { rule: "review_request_by_score", source: { name: /FTC/ } } },
    ]);
    const overrides = [{ rule: "review_request_by_score", reason: "Our lawyers have agreed." }];
    const admin = await newMember(nines, workspace, "admin");
    for (const by of [editor, admin])
      expect(refusedBy(await ask("POST", path, { overrides }, by))).toMatchObject({
        status: 403,
        reason: "override_needs_owner",
      });
    const passed = await ask<PlayDetails>("POST", path, { overrides }, workspace.owner);
    expect(passed.body).toMatchObject({
      state: "live",
      overrides: [{ ...overrides[0], version: 1, person: { name: "Olga Owner" } }],
    });
    const log = await ask<{ items: { action: string }[] }>("GET", "/audit-log", undefined, admin);
    // Noted in one moment, two of them.
    expect(log.body.items.toSorted((a, b) => (a.action < b.action ? -1 : 1))).toMatchObject([
      { action: "play.created", by: { name: "Mr editor" } },
      { action: "play.guard_overridden", details: { reason: "Our lawyers have agreed." } },
      { action: "play.published", by: { name: "Olga Owner" }, about: "play", aboutId: play.id },
    ]);
    expect((await ask("GET", "/audit-log")).status).toBe(403);
  });

  it("keep what they name from being deleted until they end", async () => {
    const segment = (await ask<{ id: string }>("POST", "/segments", { name: "Pro", filter: isPro })).body.id;
    const survey = (await ask<{ id: string }>("POST", "/surveys", { name: "Later" })).body.id;
    const play = await newPlay(
      await aPublishable({
        audience: { segment, filter: null, again: null },
        steps: steps(mail("mail"), { id: "ask", kind: "ask", survey, day: 30 }),
      }),
    );
    expect(refusedBy(await ask("DELETE", `/segments/${segment}`)).message).toBe(
      "The play “Reports” needs the segment “Pro”; have it use another first.",
    );
    expect(refusedBy(await ask("DELETE", `/surveys/${survey}`))).toMatchObject({
      status: 409,
      reason: "survey_used_by_play",
    });
    await ask("DELETE", `/plays/${play.id}`);
    expect((await ask("DELETE", `/segments/${segment}`)).status).toBe(204);
    expect((await ask("DELETE", `/surveys/${survey}`)).status).toBe(204);
  });

  it("keep whom they tell from being deleted: by a draft, by what is published, while somebody is under way", async () => {
    const { owner } = workspace;
    const places = [
      [
        "/receivers",
        { kind: "slack", name: "#cs", address: "https://hooks.slack.com/services/x", events: [] },
      ],
      ["/webhooks", { name: "CRM", url: "https://crm.example/nines", events: ["case.opened"] }],
    ] as const;
    const [slack, crm] = await Promise.all(
      places.map(
        async ([path, receiver]) => (await ask<{ id: string }>("POST", path, receiver, owner)).body.id,
      ),
    );
    const told = steps(
      { id: "slack", kind: "slack", receiver: slack!, text: "Ada entered" },
      { id: "hook", kind: "webhook", receiver: crm! },
      mail("mail"),
    );
    const play = await newPlay(await aPublishable({ start: "slack", steps: told }));
    const refused = await ask("DELETE", `/receivers/${slack}`, undefined, owner);
    expect(refusedBy(refused)).toMatchObject({
      status: 409,
      reason: "receiver_in_play",
      message: "The play “Reports” tells “#cs”. Have it tell another first, or end it.",
    });
    expect((await ask("POST", `/plays/${play.id}/publish`, {})).status).toBe(200);
    const draft = await newPlay(await aPublishable({ start: "slack", steps: told }), "Answers");
    expect(refusedBy(await ask("DELETE", `/webhooks/${crm}`, undefined, owner))).toMatchObject({
      status: 409,
      reason: "receiver_in_plays",
      message: "These plays tell “CRM”: Answers, Reports. Have them tell another first, or end them.",
    });
    await ask("DELETE", `/plays/${draft.id}`);
    const without = await aPublishable({ steps: steps(mail("mail")) });
    await ask("PUT", `/plays/${play.id}/draft`, { name: "Reports", definition: without });
    await ask("POST", `/plays/${play.id}/publish`, {});
    const customer = (await storeCustomers(1))[0]!;
    await nines.db
      .insertInto("enrolments")
      .values({
        workspaceId: workspace.workspaceId,
        customerId: customer,
        id: crypto.randomUUID(),
        playId: play.id,
        version: 1,
        unitId: customer,
        place: 0,
        arm: "treated",
        step: "mail",
        enteredAt: nines.clock.now(),
        resultDue: nines.clock.now(),
      })
      .execute();
    expect((await ask("DELETE", `/webhooks/${crm}`, undefined, owner)).status).toBe(409);
    await nines.db.updateTable("enrolments").set({ state: "done" }).execute();
    expect((await ask("DELETE", `/webhooks/${crm}`, undefined, owner)).status).toBe(204);
    expect((await ask("DELETE", `/receivers/${slack}`, undefined, owner)).status).toBe(204);
  });
});

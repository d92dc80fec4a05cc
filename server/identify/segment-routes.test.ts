import { beforeEach, describe, expect, it } from "vitest";
import { newLiveSurvey } from "../../test/live-survey.ts";
import { newTestApp, type TestApp } from "../../test/new-test-app.ts";
import { newWorkspace } from "../../test/sign-in.ts";
import { send } from "../platform/jobs/send.ts";
import type { Segment, SegmentMember } from "./segments/segment.ts";
import type { SegmentFilter } from "./segments/segment-filter.ts";

let nines: TestApp;
let ask: (method: string, path: string, body?: unknown) => Promise<{ status: number; body: never }>;
let owner: Awaited<ReturnType<typeof newWorkspace>>;

beforeEach(async () => {
  nines = await newTestApp();
  owner = await newWorkspace(nines);
  ask = async (method, path, body) => {
    const response = await owner.owner.fetch(method, `/api/v1${path}`, body);
    const text = await response.text();
    return { status: response.status, body: (text === "" ? {} : JSON.parse(text)) as never };
  };
});

const plan = (value: string): SegmentFilter => ({ kind: "trait", trait: "plan", is: "equal", value });
const inSegment = (segment: string): SegmentFilter => ({ kind: "segment", is: "in", segment });

async function storeCustomers(n: number): Promise<void> {
  const customers = Array.from({ length: n }, (_, i) => ({
    id: `c-${i}`,
    email: `c-${i}@x.example`,
    name: `Customer ${i}`,
    account: { id: "acme", name: "Acme Ltd" },
    traits: { plan: i % 2 ? "Pro" : "Basic" },
  }));
  expect((await ask("POST", "/customers", { customers })).status).toBe(201);
}

async function make(name: string, filter: SegmentFilter): Promise<Segment> {
  const { status, body } = await ask("POST", "/segments", { name, filter });
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}

/** The sentence of a refusal. */
async function refused(method: string, path: string, body?: unknown): Promise<string> {
  const answer = await ask(method, path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  return (answer.body as { error: { message: string } }).error.message;
}

describe("segments", () => {
  it("are made, tried, read, changed and deleted", async () => {
    await storeCustomers(10);
    await ask("POST", "/responses", { score: 8, customer: { id: "c-1" } });
    await ask("POST", "/responses", { score: 8 });
    const tried = await ask("POST", "/segments/preview", { filter: plan("Pro") });
    const { n, sample } = tried.body as { n: number; sample: SegmentMember[] };
    expect([n, sample.length]).toEqual([5, 5]);
    expect(sample.find(({ externalId }) => externalId === "c-1")).toMatchObject({
      name: "Customer 1",
      email: "c-1@x.example",
      account: "Acme Ltd",
      state: "unknown",
    });
    // Who answered anonymously is nobody's member.
    expect((await ask("POST", "/segments/preview", { filter: { kind: "all", of: [] } })).body).toMatchObject({
      n: 10,
    });

    const pro = await make("Pro", plan("Pro"));
    const inEach = {
      kind: "all" as const,
      of: [inSegment(pro.id), { kind: "not" as const, of: plan("Basic") }],
    };
    const both = await make("Both", inEach);
    expect(both).toMatchObject({
      name: "Both",
      filter: inEach,
      members: null,
      usedBy: [],
      entered: 0,
      left: 0,
    });
    const { segments } = (await ask("GET", "/segments")).body as { segments: Segment[] };
    expect(segments.map(({ name, usedBy }) => [name, usedBy])).toEqual([
      ["Both", []],
      ["Pro", [{ kind: "segment", id: both.id, name: "Both" }]],
    ]);

    const seen: string[] = [];
    for (let next: string | null = ""; next !== null;) {
      const page = (await ask("GET", `/segments/${both.id}/members?limit=2${next && `&cursor=${next}`}`))
        .body as { items: SegmentMember[]; next: string | null };
      seen.push(...page.items.map(({ externalId }) => externalId!));
      ({ next } = page);
    }
    expect(seen.toSorted()).toEqual(["c-1", "c-3", "c-5", "c-7", "c-9"]);

    const renamed = await ask("PATCH", `/segments/${pro.id}`, { name: "Professionals" });
    expect(renamed.body).toMatchObject({ name: "Professionals", filter: plan("Pro") });
    await ask("PATCH", `/segments/${pro.id}`, { filter: plan("Basic") });
    expect((await ask("GET", `/segments/${both.id}/members`)).body).toMatchObject({ items: [], next: null });

    expect(await refused("DELETE", `/segments/${pro.id}`)).toBe(
      "The segment “Both” needs the segment “Professionals”; have it use another first.",
    );
    expect((await ask("DELETE", `/segments/${both.id}`)).status).toBe(204);
    expect((await ask("DELETE", `/segments/${pro.id}`)).status).toBe(204);
    expect((await ask("GET", "/segments")).body).toEqual({ segments: [] });
  });

  it("are refused with a sentence when the filter is wrong", async () => {
    const wrong = async (filter: unknown) => refused("POST", "/segments/preview", { filter });
    expect(await wrong({ kind: "shoe_size", is: "equal", value: 43 })).toMatch(
      /^filter\.kind: is no condition of a segment; take one of all, any, not, trait, customer/,
    );
    expect(await wrong("Pro")).toBe("filter: send a condition, as {kind: …}.");
    expect(
      await wrong({ kind: "all", of: [{ kind: "trait", trait: "plan", is: "like", value: "P" }] }),
    ).toMatch(/^filter\.of\.0\.is: take one of equal, not_equal, one_of/);
    expect(await wrong({ kind: "answer_score", is: "above", value: "7" })).toBe(
      "filter.value: send a whole number from 0 to 10.",
    );
    expect(await wrong({ kind: "trait", trait: "seats", is: "above", value: true })).toBe(
      "filter.value: send a number, or a day as 2026-01-31.",
    );
    expect(await wrong({ kind: "answer_category", is: "one_of", value: ["happy"] })).toBe(
      "filter.value.0: take one of detractor, passive, promoter.",
    );
    expect(await wrong({ kind: "last_seen", is: "in_last", days: 0 })).toBe("filter.days: at least 1 day.");
    expect(await wrong({ kind: "last_seen", is: "since", day: "yesterday" })).toBe(
      "filter.day: write a day as 2026-01-31.",
    );
    expect(await wrong({ kind: "any", of: [] })).toBe("filter.of: add a condition.");
    expect(await wrong({ kind: "trait", trait: "plan\0", is: "set" })).toMatch(/^filter\.trait: holds a NUL/);
    expect(await wrong(inSegment(crypto.randomUUID()))).toMatch(
      /^filter: there is no segment .* here, it may have been deleted; take an id/,
    );
    expect(await wrong({ kind: "answer_comment", is: true, survey: crypto.randomUUID() })).toMatch(
      /^filter: there is no survey/,
    );
    const many = Array.from({ length: 51 }, () => plan("Pro"));
    expect(await wrong({ kind: "any", of: many })).toMatch(/^filter: has more than 50 conditions; put some/);
    const nest = (depth: number): unknown =>
      depth === 0 ? plan("Pro") : { kind: "not", of: nest(depth - 1) };
    expect((await ask("POST", "/segments/preview", { filter: nest(6) })).status).toBe(200);
    expect(await wrong(nest(7))).toMatch(
      /^filter: has groups in groups more than 6 deep; put the inner ones/,
    );
    const endless = `{"filter":${'{"kind":"not","of":'.repeat(50_000)}1${"}".repeat(50_000)}}`;
    const deep = await owner.owner.fetch("POST", "/api/v1/segments/preview", endless, {
      "content-type": "application/json",
    });
    expect(deep.status).toBe(422);
    expect(await deep.text()).toContain("groups in groups");
  });

  it("cannot name each other in a circle, be too many conditions together, or share a name", async () => {
    const a = await make("A", plan("Pro"));
    const b = await make("B", inSegment(a.id));
    const c = await make("C", { kind: "not", of: inSegment(b.id) });
    expect(await refused("PATCH", `/segments/${a.id}`, { filter: inSegment(a.id) })).toContain("“A” → “A”");
    expect(await refused("PATCH", `/segments/${a.id}`, { filter: inSegment(c.id) })).toBe(
      "filter: segments cannot name each other in a circle: “A” → “C” → “B” → “A”. Take one of them out.",
    );
    expect(await refused("POST", "/segments/preview", { filter: inSegment(c.id), segment: a.id })).toContain(
      "circle",
    );
    // Two at once that would close a circle together: one is refused.
    const d = await make("D", plan("Pro"));
    const e = await make("E", plan("Pro"));
    const both = await Promise.all([
      ask("PATCH", `/segments/${d.id}`, { filter: inSegment(e.id) }),
      ask("PATCH", `/segments/${e.id}`, { filter: inSegment(d.id) }),
    ]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 422]);

    const wide = (segment: string): SegmentFilter => ({
      kind: "any",
      of: Array.from({ length: 20 }, () => inSegment(segment)),
    });
    const f = await make("F", { kind: "any", of: Array.from({ length: 12 }, () => plan("Pro")) });
    await make("G", wide(f.id));
    expect(
      await refused("PATCH", `/segments/${f.id}`, {
        filter: { kind: "any", of: Array.from({ length: 20 }, () => plan("Pro")) },
      }),
    ).toBe("filter: the segment “G”, which names this one, would have more than 300 conditions; use fewer.");
    expect(await refused("POST", "/segments", { name: "a", filter: plan("Pro") })).toBe(
      "There is a segment “A” already; choose another name.",
    );
    expect(await refused("PATCH", `/segments/${b.id}`, { name: "A" })).toContain("choose another name");
    expect((await ask("PATCH", `/segments/${b.id}`, { name: "b" })).status).toBe(200);
    expect(await refused("GET", `/segments/${crypto.randomUUID()}`)).toMatch(
      /^There is no such segment here/,
    );
    expect(await refused("GET", `/segments/${a.id}/members?cursor=x`)).toMatch(/^cursor: is not one of ours/);
  });

  it("can be the audience of a survey, which is asked of their members alone and keeps them from being deleted", async () => {
    await storeCustomers(4);
    const pro = await make("Pro", plan("Pro"));
    const { workspaceId } = owner;
    const audience = { match: "all" as const, rules: [], segment: pro.id };
    expect((await ask("POST", "/audience/size", { audience })).body).toEqual({ n: 2 });
    const surveyId = await newLiveSurvey(nines, workspaceId, {
      audience,
      rhythm: { kind: "once", at: null },
      hours: { from: "00:00", to: "23:59", weekends: true },
    });
    const { body: survey } = await ask("GET", `/surveys/${surveyId}`);
    const { settings } = (survey as { draft: { settings: unknown } }).draft;
    expect((await ask("POST", `/surveys/${surveyId}/forecast`, { settings })).body).toMatchObject({
      customers: 2,
      due: 2,
    });
    await send(nines.db, "ask-customers", {});
    await nines.runJobs();
    const asked = await nines.pool.query(
      "select c.external_id from invitations i join customers c on c.id = i.customer_id where i.survey_id = $1 order by 1",
      [surveyId],
    );
    expect(asked.rows).toEqual([{ external_id: "c-1" }, { external_id: "c-3" }]);

    await newLiveSurvey(
      nines,
      workspaceId,
      { audience, restDays: 0, rhythm: { kind: "after", event: "paid", delayHours: 0 } },
      { name: "After paying" },
    );
    const trigger = async (id: string) =>
      (await ask("POST", "/triggers", { event: "paid", customer: { id } })).body;
    expect(await trigger("c-0")).toMatchObject({ invited: [], held: [{ reason: "not_in_audience" }] });
    expect(await trigger("c-3")).toMatchObject({ invited: [{}], held: [] });

    expect(await refused("DELETE", `/segments/${pro.id}`)).toBe(
      "The survey “After paying” needs the segment “Pro”; have it use another first.",
    );
    const { segments } = (await ask("GET", "/segments")).body as { segments: Segment[] };
    expect(segments[0]!.usedBy.map(({ kind, name }) => [kind, name])).toEqual([
      ["survey", "After paying"],
      ["survey", "Relationship"],
    ]);
    const { draft, name } = survey as { draft: { content: unknown; settings: object }; name: string };
    const gone = { ...draft.settings, audience: { ...audience, segment: crypto.randomUUID() } };
    expect(
      await refused("PUT", `/surveys/${surveyId}/draft`, { name, content: draft.content, settings: gone }),
    ).toMatch(/^audience\.segment: there is no such segment here/);
    expect(
      await refused("POST", "/audience/size", { audience: { ...audience, segment: crypto.randomUUID() } }),
    ).toMatch(/^audience\.segment: there is no such segment here/);
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aPlay, aWorkspace, known, mail, nobody, steps } from "../../../test/a-play.ts";
import type { SegmentFilter } from "../../identify/segments/segment-filter.ts";
import { findPlayProblems } from "./find-play-problems.ts";
import { defaultHoldout, newDefinition, PlayDefinition } from "./play-definition.ts";
import type { PlayProblem, PlaySurroundings } from "./play-problem.ts";

const of = (play: Partial<PlayDefinition>, around: Partial<PlaySurroundings> = {}) =>
  findPlayProblems(aPlay(play), aWorkspace(around));
const told = (problems: PlayProblem[]) =>
  problems.map(({ path, reason, blocking }) => `${blocking ? "" : "note: "}${reason} at ${path}`);

describe("the problems of a play", () => {
  it("are none for one that is as it should be, and its definition comes back as it was", () => {
    expect(told(of({}))).toEqual([]);
    expect(PlayDefinition.parse(JSON.parse(JSON.stringify(aPlay())))).toEqual(aPlay());
  });

  it("of a new one are that it is for nobody and does nothing", () => {
    expect(told(findPlayProblems(newDefinition(0), aWorkspace()))).toEqual([
      "no_audience at audience",
      "note: never_asked at goal",
      "no_steps at steps",
    ]);
    expect([defaultHoldout(1_999), defaultHoldout(2_000)]).toEqual([0.5, 0.2]);
  });

  it("name an audience that is gone, also where a segment names one that is", () => {
    const audience = { segment: nobody, filter: null, again: null };
    expect(told(of({ audience }))).toEqual(["no_such_segment at audience.segment"]);
    const filter = { kind: "segment", is: "in", segment: nobody } as const;
    const [problem] = of({ audience: { segment: null, filter, again: null } });
    expect(problem).toMatchObject({
      path: "audience.filter",
      reason: "no_such_segment_in_filter",
      blocking: true,
    });
    expect(problem!.message).toMatch(/^The audience cannot be read: there is no segment .* deleted/);
    const asked = { kind: "answer_survey", is: "one_of", value: [nobody] } satisfies SegmentFilter;
    expect(told(of({ audience: { segment: null, filter: asked, again: null } }))).toEqual([
      "no_such_survey_in_filter at audience.filter",
    ]);
  });

  it("refuse a loop that never waits, and one without an end; a loop with a wait and a way out is fine", () => {
    const used = { kind: "event", event: "Report Exported" };
    const loop = [mail("mail"), { id: "used", kind: "branch", when: used, next: null, otherwise: "mail" }];
    const goal = { kind: "purchase" } as const;
    const [problem] = of({ goal, steps: steps(...loop) });
    expect(problem).toMatchObject({ path: "steps.0", reason: "loop_without_wait", blocking: true });
    expect(problem!.message).toMatch(/comes back to mail without ever waiting.*Put a wait in between/);
    const wait = { id: "wait", kind: "wait", hours: 72 };
    expect(told(of({ goal, steps: steps(loop[0]!, wait, loop[1]!) }))).toEqual([]);
    expect(told(of({ goal, steps: steps(mail("mail"), { ...wait, next: "mail" }) }))).toEqual([
      "loop_without_end at steps.0",
    ]);
  });

  it("name steps that are not there, twice there, never reached, or do nothing", () => {
    const lost = steps(mail("mail", { next: "gone" }), {
      id: "ask",
      kind: "ask",
      survey: known.survey,
      day: 9,
    });
    expect(told(of({ steps: lost }))).toEqual([
      "no_such_step at steps.0.next",
      "note: step_never_reached at steps.1",
    ]);
    expect(told(of({ start: "gone" }))).toContain("no_such_step at start");
    const twice = steps(mail("mail"), mail("mail"));
    expect(told(of({ steps: twice }))).toContain("step_twice at steps.1.id");
    const idle = steps({ id: "mail", kind: "wait", hours: 5 }, { id: "out", kind: "leave" });
    expect(told(of({ steps: idle }))).toEqual(["note: never_asked at goal", "nothing_done at steps"]);
  });

  it("name surveys, pools, receivers, members and content that are gone or do not fit", () => {
    const named = steps(
      mail("mail", { choose: { by: "item", item: nobody } }),
      { id: "slack", kind: "slack", receiver: known.hook, text: "Look" },
      { id: "hook", kind: "webhook", receiver: nobody },
      { id: "task", kind: "task", title: "Call", owner: { kind: "person", person: nobody } },
      { id: "code", kind: "code", pool: nobody, purpose: "offer" },
      { id: "ask", kind: "ask", survey: nobody, day: 30 },
    );
    expect(told(of({ steps: named }))).toEqual([
      "no_such_content at steps.0.choose.item",
      "receiver_of_other_kind at steps.1.receiver",
      "no_such_receiver at steps.2.receiver",
      "no_such_member at steps.3.owner",
      "no_such_pool at steps.4.pool",
      "no_such_survey at steps.5.survey",
    ]);
    // What nobody has chosen yet is not gone.
    const begun: PlayDefinition["steps"] = [
      { id: "hook", kind: "webhook", receiver: "", next: "code" },
      { id: "code", kind: "code", pool: "", purpose: "offer", whenEmpty: "wait", next: "ask" },
      { id: "ask", kind: "ask", survey: "", day: 30, next: null },
    ];
    expect(told(of({ start: "hook", steps: begun }))).toEqual([
      "not_chosen at steps.0.receiver",
      "not_chosen at steps.1.pool",
      "not_chosen at steps.2.survey",
    ]);
    const paused = new Map([[known.survey, { name: "Relationship", state: "paused" as const }]]);
    expect(told(of({}, { surveys: paused }))).toEqual(["survey_not_live at steps.2.survey"]);
    expect(told(of({ goal: { kind: "feature", feature: "Fax Sent" } }))).toEqual([
      "unknown_feature at goal.feature",
    ]);
    expect(told(of({ goal: { kind: "promoter", survey: nobody } }))).toEqual([
      "no_such_survey at goal.survey",
    ]);
    expect(told(of({ days: 30 }))).toEqual(["asked_too_late at steps.2.day"]);
  });

  it("refuse an empty pool, and say when one is too small for those who would get the play", () => {
    const code = { id: "code", kind: "code", pool: known.pool, purpose: "offer" };
    const play = { steps: steps(mail("mail"), code), goal: { kind: "purchase" } as const };
    const pool = (free: number) => ({ pools: new Map([[known.pool, { name: "Spring", free }]]) });
    expect(told(of(play, pool(0)))).toEqual(["pool_empty at steps.1.pool"]);
    expect(told(of(play, pool(4_000)))).toEqual([]);
    const [short] = of(play, pool(3_999));
    expect(short).toMatchObject({
      reason: "pool_short",
      blocking: false,
      values: { free: 3_999, customers: 4_000 },
    });
  });

  it("find variables that nothing fills in, in each text, and languages that do not exist", () => {
    const text = (body: string) => ({ subject: "Good day", body });
    const play = (languages: Record<string, unknown>, other: Record<string, unknown> = {}) =>
      of({
        steps: steps(mail("mail", { languages, ...other }), {
          id: "ask",
          kind: "ask",
          survey: known.survey,
          day: 9,
        }),
      });
    const [unknown] = play({ en: text("Dear {{ customer.shoeSize }}") });
    expect(unknown).toMatchObject({
      path: "steps.0.languages.en.body",
      reason: "template_variable",
      blocking: true,
    });
    expect(unknown!.message).toMatch(
      /names customer\.shoeSize, which is not known here; use company, customer\.name/,
    );
    expect(told(play({ en: text("{% for x in y %}") }))).toEqual([
      "template_broken at steps.0.languages.en.body",
    ]);
    expect(told(play({ en: text("Hi"), qqq: text("Hi") }))).toEqual([
      "unknown_language at steps.0.languages.qqq",
    ]);
    expect(told(play({ de: text("Guten Tag") }))).toEqual(["source_language_missing at steps.0.language"]);
    // What is chosen, and codes, only where they are.
    expect(told(play({ en: text("Try {{ feature }}") }))).toEqual([
      "template_variable at steps.0.languages.en.body",
    ]);
    expect(told(play({ en: text("Try {{ feature }}") }, { choose: { by: "usage_gap" } }))).toEqual([]);
    const code = { id: "code", kind: "code", pool: known.pool, purpose: "offer" };
    const thenMail = mail("second", { languages: { en: text("Yours: {{ code }}") } });
    const goal = { kind: "purchase" } as const;
    expect(told(of({ goal, steps: steps(mail("mail"), thenMail, code) }))).toEqual([
      "template_variable at steps.1.languages.en.body",
    ]);
    expect(told(of({ goal, steps: steps(mail("mail"), code, thenMail) }))).toEqual([]);
    const half = {
      id: "half",
      kind: "branch",
      when: { kind: "share", share: 0.5 },
      next: "code",
      otherwise: "second",
    };
    expect(told(of({ goal, steps: steps(mail("mail"), half, code, thenMail) }))).toEqual([
      "template_variable at steps.3.languages.en.body",
    ]);
    const button = (link: string) => play({ en: { ...text("Look"), button: { label: "Open", link } } });
    expect(told(button("javascript:alert(1)"))).toEqual(["link_invalid at steps.0.languages.en.button.link"]);
    expect(told(button("https://larkfield.example/{{ customer.language }}/help"))).toEqual([]);
  });

  it("refuse to leave everybody alone, or nobody without a reason", () => {
    expect(told(of({ holdout: { share: 1, reason: null } }))).toEqual([
      "holdout_is_everybody at holdout.share",
    ]);
    expect(told(of({ holdout: { share: 0, reason: null } }))).toEqual([
      "holdout_needs_reason at holdout.reason",
    ]);
    expect(told(of({ holdout: { share: 0, reason: "A legal notice." } }))).toEqual([
      "note: no_proof at holdout.share",
    ]);
    expect(told(of({ holdout: { share: 0.8, reason: null } }))).toEqual([
      "note: holdout_too_large at holdout.share",
    ]);
  });

  it("promise nothing to an audience of three, and say how many it takes", () => {
    const [few] = of({ worth: 0.1, holdout: { share: 0.5, reason: null } }, { eligible: 3 });
    expect(few).toEqual({
      path: "audience",
      reason: "too_few_for_result",
      message:
        "3 customers would enter now. To notice a gain of 10 points it takes about 588, so no result can be promised.",
      values: { customers: 3, needed: 588, points: 10 },
      blocking: false,
    });
    expect(told(of({ worth: 0.1, holdout: { share: 0.5, reason: null } }, { eligible: 588 }))).toEqual([]);
    // Ten colleagues at a time: 586.3·(1 + 9·0.1), whole customers in each arm.
    const accounts = { worth: 0.1, holdout: { share: 0.5, reason: null }, assign: "account" } as const;
    expect(of(accounts, { eligible: 588, perAccount: 10 })[0]!.values).toMatchObject({ needed: 1114 });
    expect(told(of({}, { eligible: 0 }))).toEqual(["note: audience_empty at audience"]);
    expect(told(of({}, { eligible: null }))).toEqual([]);
  });

  it("come for any net of steps, with a sentence each, and never forget a loop", () => {
    const ids = ["a", "b", "c", "d"];
    const way = fc.constantFrom(...ids, null);
    const aStep = fc.oneof(
      way.map((next) => (id: string) => mail(id, { next })),
      way.map((next) => (id: string) => ({ id, kind: "wait", hours: 5, next })),
      fc.tuple(way, way).map(([next, otherwise]) => (id: string) => ({
        id,
        kind: "branch",
        when: { kind: "answered" },
        next,
        otherwise,
      })),
    );
    fc.assert(
      fc.property(fc.array(aStep, { minLength: 4, maxLength: 4 }), (makers) => {
        const net = steps(...makers.map((make, i) => make(ids[i]!)));
        const problems = of({ start: "a", steps: net });
        for (const { message } of problems) expect(message).toMatch(/^\p{Lu}.*[.]$/u);
        // Walked naively: from each step, for as many steps as there are, without entering a wait.
        const loops = net.some((step) => {
          let at = new Set([step.id]);
          for (let i = 0; i < net.length && step.kind !== "wait"; i++) {
            at = new Set(
              net
                .filter(({ id }) => at.has(id))
                .flatMap((each) =>
                  "otherwise" in each ? [each.next, each.otherwise] : "next" in each ? [each.next] : [],
                )
                .filter((id): id is string => net.some((each) => each.id === id && each.kind !== "wait")),
            );
            if (at.has(step.id)) return true;
          }
          return false;
        });
        expect(problems.some(({ reason }) => reason === "loop_without_wait")).toBe(loops);
      }),
      { numRuns: 200 },
    );
  });
});

import { describe, expect, it } from "vitest";
import { aPlay, aWorkspace, known, mail, steps } from "../../../test/a-play.ts";
import type { SegmentFilter } from "../../identify/segments/segment-filter.ts";
import type { PlayDefinition } from "./play-definition.ts";
import { guardReviews } from "./review-guard.ts";

const around = aWorkspace();
const everybody = { segment: known.pro, filter: null, again: null };
const passives = { segment: known.passives, filter: null, again: null };
const where = (filter: SegmentFilter) => ({ segment: null, filter, again: null });
const guard = (audience: PlayDefinition["audience"], ...sent: Record<string, unknown>[]) =>
  guardReviews(aPlay({ audience, steps: steps(...sent), start: String(sent[0]!["id"]) }), around);
const rules = (...args: Parameters<typeof guard>) => guard(...args).map(({ reason }) => reason);

const review = (id: string, site = "g2", other: Record<string, unknown> = {}) =>
  mail(id, { asks: "review", site, ...other });
const ask = { id: "ask", kind: "ask", survey: known.survey, day: 30 };
const code = (purpose: string) => ({ id: "code", kind: "code", pool: known.pool, purpose });
const whoAnswered = (next: string | null, otherwise: string | null) => ({
  id: "who",
  kind: "branch",
  when: { kind: "answer", categories: ["promoter"] },
  next,
  otherwise,
});

describe("the guard of reviews and incentives", () => {
  it("lets everybody be asked for a review alike", () => {
    expect(rules(everybody, review("mail"))).toEqual([]);
    expect(
      rules(everybody, ask, whoAnswered("thanks", "mail"), mail("thanks", { next: "mail" }), review("mail")),
    ).toEqual([]);
  });

  it("refuses a request that depends on the score: by the audience, by a segment in it, by a branch, by a wait", () => {
    const [problem] = guard(passives, review("mail", "trustpilot"));
    expect(problem).toMatchObject({
      path: "steps.0",
      reason: "review_request_by_score",
      blocking: true,
      guard: { rule: "review_request_by_score", source: { url: expect.stringContaining("trustpilot") } },
    });
    expect(problem!.message).toMatch(/take the score out of the audience/);
    const named = where({ kind: "all", of: [{ kind: "segment", is: "not_in", segment: known.passives }] });
    expect(rules(named, review("mail"))).toEqual(["review_request_by_score"]);
    expect(rules(everybody, ask, whoAnswered("mail", null), review("mail"))).toEqual([
      "review_request_by_score",
    ]);
    const until = { kind: "answer", categories: ["promoter"] };
    const wait = { id: "wait", kind: "wait", hours: 99, until, otherwise: null };
    expect(rules(everybody, ask, wait, review("mail"))).toEqual(["review_request_by_score"]);
    const dissatisfied: SegmentFilter = { kind: "contact", is: "none_of", value: ["complaint"] };
    expect(rules(where(dissatisfied), review("mail"))).toEqual(["review_request_by_score"]);
    const trait = { kind: "trait", trait: "lastNps", is: "above", value: 8 } as const;
    expect(rules(where(trait), review("mail"))).toEqual(["review_request_by_score"]);
  });

  it("names each place's own rule, and everybody else's", () => {
    const source = (site: string) => guard(passives, review("mail", site))[0]!.guard!.source.name;
    expect(source("google")).toMatch(/^Google/);
    expect(source("trustpilot")).toMatch(/^Trustpilot/);
    expect(source("capterra")).toMatch(/^FTC/);
  });

  it("sees a request by where its link leads, whatever it is called", () => {
    const link = (address: string) =>
      mail("mail", { languages: { en: { subject: "One minute", body: `Please: ${address}` } } });
    expect(rules(passives, link("https://www.g2.com/products/larkfield/take_survey"))).toEqual([
      "review_request_by_score",
    ]);
    expect(rules(passives, link("https://search.google.com/local/writereview?placeid=x"))).toEqual([
      "review_request_by_score",
    ]);
    const button = { label: "Write", link: "https://de.trustpilot.com/evaluate/larkfield.example" };
    const german = { en: { subject: "a", body: "b" }, de: { subject: "a", body: "b", button } };
    expect(rules(passives, mail("mail", { languages: german }))).toEqual(["review_request_by_score"]);
    for (const harmless of [
      "https://larkfield.example/g2.com",
      "https://www.g2.com/products/larkfield/reviews",
    ])
      expect(rules(passives, link(harmless))).toEqual([]);
    // Also where the library holds the link.
    const links = ["https://g.page/r/larkfield/review"];
    const content = new Map([[known.article, { name: "Say it", kind: "article" as const, links }]]);
    const chosen = mail("mail", { choose: { by: "item", item: known.article } });
    const play = aPlay({ audience: passives, steps: steps(chosen) });
    expect(guardReviews(play, aWorkspace({ content }))).toMatchObject([{ values: { site: "google" } }]);
  });

  it("does not mind what customers do or have: plan, use, silence", () => {
    const used: SegmentFilter = { kind: "used", event: "Report Exported", is: "at_least", value: 1 };
    const silent: SegmentFilter = { kind: "passive_status", is: "one_of", value: ["silent", "behavioural"] };
    for (const filter of [used, silent]) expect(rules(where(filter), review("mail"))).toEqual([]);
    const stated: SegmentFilter = { kind: "passive_status", is: "none_of", value: ["stated"] };
    expect(rules(where(stated), review("mail"))).toEqual(["review_request_by_score"]);
  });

  it("refuses any incentive beside a review on Google or Trustpilot, and elsewhere one that depends on the score", () => {
    expect(rules(everybody, code("review"), review("mail", "google"))).toEqual(["incentive_for_review"]);
    expect(rules(everybody, review("mail", "trustpilot"), code("thanks"))).toEqual(["incentive_for_review"]);
    expect(rules(everybody, code("review"), review("mail", "g2"))).toEqual([]);
    expect(rules(passives, code("review"), review("mail", "g2"))).toEqual([
      "review_request_by_score",
      "incentive_by_sentiment",
    ]);
    const [, paid] = guard(passives, code("offer"), review("mail", "g2"));
    expect(paid!.guard!.source.name).toMatch(/^16 CFR 465\.4/);
  });

  it("lets taking part be rewarded, but not an answer of one kind; offers may go to whom they suit", () => {
    expect(rules(everybody, ask, code("answer"))).toEqual([]);
    expect(rules(everybody, ask, whoAnswered("code", null), code("answer"))).toEqual([
      "incentive_by_sentiment",
    ]);
    expect(rules(everybody, ask, whoAnswered("code", "code"), code("answer"))).toEqual([]);
    expect(rules(passives, code("thanks"))).toEqual(["incentive_by_sentiment"]);
    expect(rules(passives, code("offer"))).toEqual([]);
    // Passives who take part again, whatever they say: allowed, but marked.
    expect(guard(passives, ask, code("answer"))).toMatchObject([
      { reason: "incentive_shifts_answers", blocking: false },
    ]);
  });

  it("does not mind a story, a task, or a step that nobody reaches", () => {
    expect(rules(passives, mail("mail", { asks: "story" }))).toEqual([]);
    expect(rules(passives, { id: "swag", kind: "task", title: "Send a shirt" })).toEqual([]);
    expect(rules(passives, mail("mail", { next: null }), review("never"))).toEqual([]);
  });
});

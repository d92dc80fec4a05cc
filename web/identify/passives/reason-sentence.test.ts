import i18next from "i18next";
import { beforeAll, expect, it } from "vitest";
import { formatIn } from "../../ui/format.ts";
import { words as german } from "../../words/de/all.ts";
import { words as english } from "../../words/en/all.ts";
import type { PassiveCustomer } from "./passives-data.ts";
import { reasonSentences } from "./reason-sentence.ts";

beforeAll(() =>
  i18next.init({
    lng: "en",
    resources: { en: { translation: english }, de: { translation: german } },
    interpolation: { escapeValue: false },
  }),
);

const customer: PassiveCustomer = {
  id: "0",
  name: "Ada",
  email: null,
  externalId: null,
  account: null,
  anonymous: false,
  plan: "Team",
  score: 7,
  category: "passive",
  previousScore: null,
  answeredAt: null,
  asked: 1,
  askedAt: null,
  status: "stated",
  statusSince: "2026-10-13T08:00:00Z",
  reasons: [],
  state: "flat",
  stateSince: null,
  change: 0,
  usual: 12,
  weeks: [],
  revenue: null,
  currency: null,
};

function say(language: "en" | "de", changed: Partial<PassiveCustomer>): string[] {
  const t = i18next.getFixedT(language);
  return reasonSentences({ ...customer, ...changed }, { t, format: formatIn(language, "UTC") });
}

it("each reason is a sentence with its figures, in both languages", () => {
  const reasons: PassiveCustomer["reasons"] = [
    { rule: "declining_use", values: { state: "cooling", change: -0.523, since: "2026-08-03" } },
    { rule: "basic_features", values: { used: 3, usual: 6.4, plan: "Team" } },
    { rule: "browsing", values: { times: 25, days: 90 } },
    { rule: "discount_only", values: { purchases: 5, discounted: 5 } },
    { rule: "infrequent_sessions", values: { days: 0.75, usual: 4, plan: "" } },
    { rule: "minimal_use", values: { uses: 0.3, usual: 1.5 } },
    { rule: "scarce_answers", values: { asked: 3 } },
  ];
  expect(say("en", { reasons })).toEqual([
    "52% below their usual level since 3 Aug",
    "Uses 3 features, promoters on Team who do as much 6.4",
    "Looked at products 25 times lately, bought nothing for 90 days",
    "All 5 purchases at a discount",
    "Comes on 0.8 days a week, promoters on 4",
    "Does 0.3 things on a day they come, promoters 1.5",
    "Asked 3 times, never answered",
  ]);
  expect(say("de", { reasons })[4]).toBe("Kommt an 0,8 Tagen der Woche, Promotoren an 4");
  expect(
    say("en", {
      reasons: [{ rule: "declining_use", values: { state: "dormant", last: "2026-05-04", usual: 12 } }],
    }),
  ).toEqual(["Nothing since 4 May, usually 12 events a week"]);
});

it("who has no reason by behaviour has what they said, or that they said nothing", () => {
  expect(say("en", {})).toEqual(["Answered 7, activity as usual"]);
  expect(say("en", { state: "warming" })).toEqual(["Answered 7, more active than usual"]);
  expect(say("de", { state: "unknown" })).toEqual(["7 geantwortet"]);
  expect(say("en", { status: "silent", score: null, asked: 1 })).toEqual(["Asked once, no answer"]);
});

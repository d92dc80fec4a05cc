import { type DraftCondition, type Kind, textOf } from "./filter-model.ts";

/** The sets of words by which conditions compare, each with its comparisons in order. */
export const comparisons = {
  number: ["at_least", "at_most", "above", "below", "equal", "not_equal"],
  text: ["equal", "not_equal", "one_of", "none_of", "contains", "set", "not_set"],
  trait: [
    "equal",
    "not_equal",
    "one_of",
    "none_of",
    "contains",
    "above",
    "below",
    "at_least",
    "at_most",
    "in_last",
    "before_last",
    "in_next",
    "set",
    "not_set",
  ],
  moment: ["in_last", "before_last", "since", "before", "set", "not_set"],
  list: ["one_of", "none_of"],
  included: ["one_of", "none_of"],
  member: ["in", "not_in"],
} as const;
export type Comparisons = keyof typeof comparisons;

/** The lists from which some are chosen. */
export const choices = {
  category: ["detractor", "passive", "promoter"],
  state: ["cooling", "flat", "warming", "dormant", "unknown"],
  status: ["stated", "behavioural", "both", "silent"],
  reason: [
    "declining_use",
    "basic_features",
    "browsing",
    "discount_only",
    "infrequent_sessions",
    "minimal_use",
    "scarce_answers",
  ],
  contact: ["no_address", "unsubscribed", "bounced", "complaint"],
} as const;
export type Choices = keyof typeof choices;

/** The units behind numbers. */
export type Unit = "percent" | "times" | "perWeek";

/** One place of a line where something is chosen or written. */
export type Control =
  | { type: "name"; field: "trait" | "event" }
  | { type: "is"; words: Comparisons }
  | { type: "exists" }
  | { type: "value" }
  | { type: "number"; unit?: Unit; min?: number; max?: number; step?: number }
  | { type: "moment" }
  | { type: "choices"; field: "value" | "category" | "from" | "to"; of: Choices; isOptional?: boolean }
  | { type: "survey" }
  | { type: "surveys" }
  | { type: "segment" }
  | { type: "currency" }
  | { type: "which" }
  | { type: "within" }
  | { type: "word"; word: "from" | "to" };

const is = (words: Comparisons): Control => ({ type: "is", words });
const count: Control = { type: "number", min: 0, step: 1 };

/** What each kind of condition is written with, in the order of its sentence. */
export const forms: Record<Kind, readonly Control[]> = {
  trait: [{ type: "name", field: "trait" }, is("trait"), { type: "value" }],
  customer: [is("text"), { type: "value" }],
  account: [is("trait"), { type: "value" }],
  created: [is("moment"), { type: "moment" }],
  answer_score: [is("number"), { type: "number", min: 0, max: 10, step: 1 }, { type: "survey" }],
  answer_category: [is("list"), { type: "choices", field: "value", of: "category" }, { type: "survey" }],
  answer_at: [is("moment"), { type: "moment" }, { type: "survey" }],
  answer_comment: [{ type: "exists" }, { type: "survey" }],
  answer_survey: [is("list"), { type: "surveys" }],
  answered: [
    { type: "choices", field: "category", of: "category", isOptional: true },
    is("number"),
    count,
    { type: "within" },
    { type: "survey" },
  ],
  moved: [
    { type: "word", word: "from" },
    { type: "choices", field: "from", of: "category", isOptional: true },
    { type: "word", word: "to" },
    { type: "choices", field: "to", of: "category", isOptional: true },
    { type: "which" },
    { type: "within" },
    { type: "survey" },
  ],
  engagement_state: [is("list"), { type: "choices", field: "value", of: "state" }],
  engagement_change: [is("number"), { type: "number", unit: "percent", step: 5 }],
  engagement_recent: [is("number"), { type: "number", unit: "perWeek", min: 0, step: 1 }],
  last_seen: [is("moment"), { type: "moment" }],
  first_seen: [is("moment"), { type: "moment" }],
  used: [
    { type: "name", field: "event" },
    is("number"),
    { type: "number", unit: "times", min: 0, step: 1 },
    { type: "within" },
  ],
  passive_status: [is("list"), { type: "choices", field: "value", of: "status" }],
  passive_reason: [is("included"), { type: "choices", field: "value", of: "reason" }],
  revenue: [is("number"), { type: "number", step: 100 }],
  purchases: [is("number"), count, { type: "within" }],
  purchase_revenue: [is("number"), { type: "number", step: 100 }, { type: "currency" }, { type: "within" }],
  discount_share: [
    is("number"),
    { type: "number", unit: "percent", min: 0, max: 100, step: 5 },
    { type: "within" },
  ],
  last_purchase: [is("moment"), { type: "moment" }],
  asked: [is("number"), count, { type: "within" }],
  contact: [is("included"), { type: "choices", field: "value", of: "contact" }],
  segment: [is("member"), { type: "segment" }],
};

/** What a line can be about: a kind, or one of the fields that a kind stands for. */
export const subjects = {
  who: [
    "trait",
    "customer:language",
    "customer:time_zone",
    "customer:email_domain",
    "customer:email",
    "customer:phone",
    "customer:name",
    "account",
    "account:trait",
    "created",
    "segment",
  ],
  said: [
    "answer_category",
    "answer_score",
    "answer_at",
    "answer_comment",
    "answer_survey",
    "answered",
    "moved",
  ],
  does: ["engagement_state", "engagement_change", "engagement_recent", "last_seen", "first_seen", "used"],
  passive: ["passive_status", "passive_reason"],
  buys: ["revenue", "purchases", "purchase_revenue", "discount_share", "last_purchase"],
  reached: ["asked", "contact"],
} as const;
export type Subject = (typeof subjects)[keyof typeof subjects][number];

/** What a condition is about. */
export function subjectOf(condition: DraftCondition): Subject {
  if (condition.kind === "customer") return `customer:${condition["field"] as "language"}`;
  if (condition.kind === "account") return condition["trait"] === undefined ? "account" : "account:trait";
  return condition.kind;
}

/** The controls of a condition. */
export function controlsOf(condition: DraftCondition): readonly Control[] {
  const controls = forms[condition.kind];
  return subjectOf(condition) === "account:trait"
    ? [{ type: "name", field: "trait" }, ...controls]
    : controls;
}

/** What a line begins with when its subject is chosen. */
export function freshCondition(subject: Subject): DraftCondition {
  const [kind, field] = subject.split(":") as [Kind, string | undefined];
  const fresh = freshOf(kind);
  if (kind === "customer") return { ...fresh, field };
  return field === undefined ? fresh : { ...fresh, trait: "" };
}

function freshOf(kind: Kind): DraftCondition {
  const begin: Partial<Record<Kind, object>> = {
    answer_score: { value: 7 },
    answer_category: { value: ["passive"] },
    answer_comment: { is: true },
    answered: { value: 1 },
    moved: { which: "any", from: ["promoter"], to: ["passive"] },
    engagement_state: { value: ["cooling"] },
    engagement_change: { is: "at_most", value: -15 },
    engagement_recent: { value: 1 },
    used: { value: 1, days: 30 },
    passive_status: { value: ["stated"] },
    passive_reason: { value: ["declining_use"] },
    revenue: { value: 1_000 },
    purchases: { value: 1 },
    purchase_revenue: { value: 100 },
    discount_share: { value: 80 },
    asked: { value: 1 },
    contact: { is: "none_of", value: ["unsubscribed"] },
  };
  const compared = forms[kind].find((control) => control.type === "is");
  const isMoment = forms[kind].some(({ type }) => type === "moment");
  return {
    kind,
    ...(compared && { is: comparisons[compared.words][0] }),
    ...(isMoment && { days: 30 }),
    ...begin[kind],
  };
}

/** Does this comparison need no value? */
const isAlone = (comparison: unknown) => comparison === "set" || comparison === "not_set";
/** Does this comparison count days back or ahead? */
export const countsDays = (comparison: unknown) =>
  comparison === "in_last" || comparison === "before_last" || comparison === "in_next";

/** Is everything there that the server needs? */
export function isComplete(condition: DraftCondition): boolean {
  return controlsOf(condition).every((control) => {
    const { is, value, days, day } = condition;
    switch (control.type) {
      case "name":
        return textOf(condition[control.field]).trim() !== "";
      case "value":
        if (isAlone(is)) return true;
        if (countsDays(is)) return typeof days === "number";
        return Array.isArray(value) ? value.length > 0 : textOf(value).trim() !== "";
      case "moment":
        if (isAlone(is)) return true;
        return countsDays(is) ? typeof days === "number" : /^\d{4}-\d\d-\d\d$/.test(textOf(day));
      case "number":
        return typeof value === "number";
      case "choices": {
        const chosen = condition[control.field];
        return control.isOptional || (Array.isArray(chosen) && chosen.length > 0);
      }
      case "surveys":
        return Array.isArray(value) && value.length > 0;
      case "segment":
        return typeof condition["segment"] === "string";
      default:
        return true;
    }
  });
}

/** A condition that compares in another way; what was written stays as far as it fits. */
export function withComparison(condition: DraftCondition, comparison: string): DraftCondition {
  const { value, days, day, ...rest } = condition;
  const next: DraftCondition = { ...rest, kind: condition.kind, is: comparison };
  if (isAlone(comparison)) return next;
  if (countsDays(comparison)) return { ...next, days: typeof days === "number" ? days : 30 };
  const isMoment = forms[condition.kind].some(({ type }) => type === "moment");
  if (isMoment) return { ...next, ...(day !== undefined && { day }) };
  const keepsDays = forms[condition.kind].some(({ type }) => type === "within");
  const isFreeText = forms[condition.kind].some(({ type }) => type === "value");
  return { ...next, value: isFreeText ? fitting(value, comparison) : value, ...(keepsDays && { days }) };
}

function fitting(value: unknown, comparison: string): unknown {
  const isList = comparison === "one_of" || comparison === "none_of";
  if (isList) return Array.isArray(value) ? value : value === undefined || value === "" ? [] : [value];
  const [one] = Array.isArray(value) ? (value as unknown[]) : [value];
  return comparison === "contains" && one !== undefined ? textOf(one) : one;
}

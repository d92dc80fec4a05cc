import { type SegmentFilter, conditionsOf } from "../../identify/segments/segment-filter.ts";
import type { SegmentCondition } from "../../identify/segments/segment-condition.ts";
import { expandFilter, type KnownSegment } from "../../identify/segments/expand-filter.ts";
import { Refusal } from "../../platform/errors.ts";
import type { PlayDefinition } from "./play-definition.ts";
import type { PlayProblem, PlaySurroundings } from "./play-problem.ts";
import { type ContentChoice, linkPattern, type PlayStep, type ReviewSite, type StepOf } from "./play-step.ts";
import { stepNet, type StepNet, waysOf } from "./walk-steps.ts";

/** Whose rule it is. */
interface Source {
  name: string;
  url: string | null;
}

const federalTradeCommission: Source = {
  name: "FTC, Soliciting and Paying for Online Reviews: do not ask only people who you think will leave positive ones",
  url: "https://www.ftc.gov/business-guidance/resources/soliciting-paying-online-reviews-guide-marketers",
};
const consumerReviewRule: Source = {
  name: "16 CFR 465.4: no incentive conditioned on a review of a particular sentiment",
  url: "https://www.ecfr.gov/current/title-16/chapter-I/subchapter-D/part-465/section-465.4",
};
const trustpilot: Source = {
  name: "Trustpilot, Guidelines for Businesses: invite all alike, no incentives of any kind",
  url: "https://support.trustpilot.com/hc/en-us/articles/235472148",
};
const google: Source = {
  name: "Google, Prohibited and restricted content: no selective soliciting of positive reviews, no incentives",
  url: "https://support.google.com/contributionpolicy/answer/7400114",
};
const ourOwn: Source = {
  name: "Nines: an incentive is for taking part, never for a high or a low score, or scores mean nothing",
  url: null,
};

/** These refuse reviews for which anything was given, whoever was asked. */
const withoutIncentives = new Set<ReviewSite>(["trustpilot", "google"]);

/** Links under which reviews are written, by host and path; pages that only show reviews are no requests. */
const addresses: readonly [RegExp, ReviewSite][] = [
  [/(^|\.)g2\.com\/.*(take_survey|reviews\/start)/, "g2"],
  [/(^|\.)capterra\.[a-z.]+\/new\b/, "capterra"],
  [/(^|\.)trustpilot\.com\/evaluate/, "trustpilot"],
  [/^(search\.google\.[a-z.]+\/local\/writereview|g\.page\/.*\/review\b)/, "google"],
];

/**
 * What a play does that the rules of review sites or of honest asking forbid: a request for a review that depends on what
 * customers answered, and an incentive that depends on what they say. Only an owner can let it pass.
 * @param around what the play may name; what is not there is another's problem
 */
export function guardReviews(
  definition: PlayDefinition,
  { segments, content }: Pick<PlaySurroundings, "segments" | "content">,
): PlayProblem[] {
  const net = stepNet(definition);
  const reached = net.from(definition.start);
  const audience = audienceByScore(definition, segments);
  const requests = reviewRequests(definition, content).filter(({ step }) => reached.has(step.id));
  const byWay = (id: string) => !sameForEverybody(definition, net, segments, id);
  const byScore = (id: string) => audience || byWay(id);
  const at = (step: PlayStep) => `steps.${definition.steps.indexOf(step)}`;

  const gated = requests
    .filter(({ step }) => byScore(step.id))
    .map(({ step, site }): PlayProblem => ({
      path: at(step),
      reason: "review_request_by_score",
      message:
        "This mail asks for a review, and who gets it depends on what they answered. Reviews are to be asked of everybody alike; take the score out of the audience and the branches.",
      values: { site },
      blocking: true,
      guard: { rule: "review_request_by_score", source: sourceOf(site) },
    }));
  const codes = definition.steps.filter(
    (step): step is StepOf<"code"> => step.kind === "code" && reached.has(step.id),
  );
  const paid = codes.flatMap((step) => inCode(at(step), step, requests, net, { audience, byWay }));
  return [...gated, ...paid];
}

function inCode(
  path: string,
  step: StepOf<"code">,
  requests: readonly ReviewRequest[],
  net: StepNet,
  { audience, byWay }: { audience: boolean; byWay: (id: string) => boolean },
): PlayProblem[] {
  const together = requests.find(
    (request) => net.from(step.id).has(request.step.id) || net.from(request.step.id).has(step.id),
  );
  const strict = requests.find(({ site }) => withoutIncentives.has(site));
  if (together && strict) {
    return [
      {
        path,
        reason: "incentive_for_review",
        message:
          "Customers get something here and are asked for a review at a place that allows none of that. Take the code or the request out of this play.",
        values: { site: strict.site },
        blocking: true,
        guard: { rule: "incentive_for_review", source: sourceOf(strict.site) },
      },
    ];
  }
  if (step.purpose === "offer" && !together) return [];
  const forReview = step.purpose === "review" || together !== undefined;
  if (!byWay(step.id)) {
    if (!audience) return [];
    // To take part again, whatever they say then: allowed, but it moves who answers.
    if (step.purpose === "answer" && !forReview) return [onlySomeAreThanked(path)];
  }
  return [
    {
      path,
      reason: "incentive_by_sentiment",
      message: forReview
        ? "Who gets this for a review depends on what they answered, so it rewards a kind of opinion. Give it to everybody who is asked, or to nobody."
        : "Who gets this depends on what they answered, so it rewards a high or a low score. Give it to everybody who takes part, whatever they say.",
      blocking: true,
      guard: { rule: "incentive_by_sentiment", source: forReview ? consumerReviewRule : ourOwn },
    },
  ];
}

function onlySomeAreThanked(path: string): PlayProblem {
  return {
    path,
    reason: "incentive_shifts_answers",
    message:
      "Only customers with certain scores get something for answering, so they will answer more often than others. The ledger marks it, and the result looks at it.",
    blocking: false,
  };
}

interface ReviewRequest {
  step: StepOf<"email">;
  site: ReviewSite;
}

/** Mails that ask for a review, by what their author says and by where their links lead. */
function reviewRequests({ steps }: PlayDefinition, content: PlaySurroundings["content"]): ReviewRequest[] {
  return steps.flatMap((step) => {
    if (step.kind !== "email") return [];
    const linked = linkedSite(step, content);
    if (step.asks !== "review" && linked === undefined) return [];
    return [{ step, site: linked ?? step.site ?? "other" }];
  });
}

function linkedSite(step: StepOf<"email">, content: PlaySurroundings["content"]): ReviewSite | undefined {
  const written = Object.values(step.languages).flatMap(({ subject, body, button }) => [
    subject,
    body,
    button?.link ?? "",
  ]);
  const { choose } = step;
  const chosen = [...content].flatMap(([id, item]) =>
    choose && canBeChosen(choose, id, item) ? item.links : [],
  );
  for (const [link] of [...written, ...chosen].join("\n").matchAll(linkPattern)) {
    if (!URL.canParse(link)) continue;
    const { hostname, pathname } = new URL(link);
    const address = (hostname + pathname).toLowerCase();
    const site = addresses.find(([pattern]) => pattern.test(address))?.[1];
    if (site) return site;
  }
  return undefined;
}

type Item = PlaySurroundings["content"] extends ReadonlyMap<string, infer Value> ? Value : never;

function canBeChosen({ by, item, kinds }: ContentChoice, id: string, { kind, chosenBy }: Item): boolean {
  if (by === "item") return item === id;
  return kinds.includes(kind) && (chosenBy?.[by === "browsed" ? "products" : "features"] ?? true);
}

function sourceOf(site: ReviewSite): Source {
  if (site === "trustpilot") return trustpilot;
  return site === "google" ? google : federalTradeCommission;
}

function audienceByScore(
  { audience: { segment, filter } }: PlayDefinition,
  segments: ReadonlyMap<string, KnownSegment>,
): boolean {
  const filters = [filter, segment === null ? null : segments.get(segment)?.filter];
  return filters.some((each) => each && namesScore(each, segments));
}

/** Whether everybody comes to a step alike: by no branch or wait that looks at an answer and has it on one side only. */
function sameForEverybody(
  { steps }: PlayDefinition,
  net: StepNet,
  segments: ReadonlyMap<string, KnownSegment>,
  id: string,
): boolean {
  return !steps.some((step) => {
    if (!looksAtScore(step, segments)) return false;
    return new Set(waysOf(step).map((way) => net.from(way).has(id))).size === 2;
  });
}

function looksAtScore(step: PlayStep, segments: ReadonlyMap<string, KnownSegment>): boolean {
  if (step.kind === "wait") return step.until?.kind === "answer" && step.until.categories !== null;
  if (step.kind !== "branch") return false;
  if (step.when.kind === "answer") return true;
  return step.when.kind === "customer" && namesScore(step.when.filter, segments);
}

/** Whether a filter, with the segments that it names, tells customers apart by what they think. */
function namesScore(filter: SegmentFilter, segments: ReadonlyMap<string, KnownSegment>): boolean {
  return conditionsOf(written(filter, segments)).some(isOpinion);
}

function written(filter: SegmentFilter, segments: ReadonlyMap<string, KnownSegment>): SegmentFilter {
  try {
    return expandFilter(filter, segments);
  } catch (error) {
    if (error instanceof Refusal) return filter;
    throw error;
  }
}

const opinions = new Set<SegmentCondition["kind"]>(["answer_score", "answer_category", "moved"]);
const opinionTrait = /nps|score|rating|csat|sentiment|satisf|promot|detract/i;

function isOpinion(condition: SegmentCondition): boolean {
  if (opinions.has(condition.kind)) return true;
  switch (condition.kind) {
    case "answered":
      return condition.category !== undefined;
    case "passive_status":
      return condition.value.some((status) => status === "stated" || status === "both");
    case "contact":
      return condition.value.includes("complaint");
    case "trait":
      return opinionTrait.test(condition.trait);
    default:
      return false;
  }
}

import { z } from "@hono/zod-openapi";
import { adjustedWaldInterval } from "../../statistics/nps-interval.ts";
import { categoryCounts, nps } from "../../statistics/nps.ts";
import { wilsonInterval } from "../../statistics/share-interval.ts";
import { setAsideReasons } from "../answering/judge-answer.ts";
import { totalOf } from "../score-sums.ts";
import { inPercent, ResponseRate } from "./survey-summary.ts";

const pair = z.tuple([z.number(), z.number()]);

/** What some answers of a survey say: NPS in points, shares in percent, intervals at 95 %, unrounded, not weighted. */
export const Counted = z.object({
  n: z.int(),
  scores: z.array(z.int()).length(11).describe("How many answers gave each score from 0 to 10."),
  nps: z.number().nullable(),
  npsInterval: pair.nullable().describe("Adjusted Wald."),
  passiveShare: z.number().nullable(),
  passiveShareInterval: pair.nullable().describe("Wilson."),
});
export type Counted = z.infer<typeof Counted>;

/** The figures of eleven counts. */
export function countedOf(scores: readonly number[]): Counted {
  const counts = categoryCounts(scores);
  const n = totalOf({ counts: [...scores] });
  const interval = adjustedWaldInterval(counts);
  const passives = wilsonInterval(counts.passives, n);
  return {
    n,
    scores: [...scores],
    nps: nps(counts) ?? null,
    npsInterval: interval ? [interval.low, interval.high] : null,
    passiveShare: n === 0 ? null : (100 * counts.passives) / n,
    passiveShareInterval: passives ? inPercent(passives) : null,
  };
}

const Part = Counted.extend({ value: z.string() }).openapi("ResultPart");

/** What has come of a survey, between two days or at all. */
export const SurveyResults = Counted.extend({
  byVersion: z.array(
    Counted.extend({
      value: z.string().describe("The version's number; empty for answers from elsewhere, as imports."),
      publishedAt: z.iso.datetime().nullable(),
    }),
  ),
  byChannel: z.array(Part),
  byLanguage: z.array(Part),
  invited: z.int().describe("Invitations that went out in these days and did not bounce."),
  answered: z.int().describe("Of those invited, whenever they answered; 0 for an anonymous survey."),
  responseRate: ResponseRate.nullable(),
  setAside: z
    .object({
      total: z.int(),
      overridden: z.int().describe("Of them, those after which a person answered by the same link."),
      byReason: z.array(z.object({ reason: z.enum(setAsideReasons), n: z.int() })),
    })
    .describe("Answers that look like a machine's and do not count."),
  changes: z.int().describe("Answers that were changed afterwards; each counts once, as it is now."),
}).openapi("SurveyResults");
export type SurveyResults = z.infer<typeof SurveyResults>;

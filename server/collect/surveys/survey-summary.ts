import { z } from "@hono/zod-openapi";
import type { Interval } from "../../statistics/interval.ts";
import { wilsonInterval } from "../../statistics/share-interval.ts";
import { Survey } from "../survey.ts";
import { Rhythm } from "./survey-settings.ts";

/** How many of those who were invited have answered: percent, with Wilson's interval at 95 %. */
export const ResponseRate = z
  .object({
    share: z.number(),
    low: z.number(),
    high: z.number(),
    n: z.int().describe("Those invited."),
  })
  .openapi("ResponseRate");
export type ResponseRate = z.infer<typeof ResponseRate>;

/** The share of the invited who answered; null where nobody was invited, or where nobody may know who answered. */
export function responseRateOf(answered: number, invited: number, anonymous: boolean): ResponseRate | null {
  const interval = anonymous ? undefined : wilsonInterval(answered, invited);
  if (!interval) return null;
  const [low, high] = inPercent(interval);
  return { share: (100 * answered) / invited, low, high, n: invited };
}

/** Both ends of an interval of shares. */
export function inPercent({ low, high }: Interval): [number, number] {
  return [100 * low, 100 * high];
}

/** A survey in the list of all. */
export const SurveySummary = Survey.extend({
  anonymous: z.boolean(),
  version: z.int(),
  languages: z.array(z.string()).describe("In which it can be answered, the source first."),
  invited: z.int().describe("Invitations that went out and did not bounce."),
  answered: z.int().describe("Of the invited; 0 for an anonymous survey."),
  responseRate: ResponseRate.nullable(),
  setAside: z.int().describe("Answers that look like a machine's and do not count."),
  nextAt: z.iso.datetime().nullable().describe("When the next invitation that is planned goes out."),
  rhythm: Rhythm.nullable().describe("How it asks by e-mail, as published; null where it does not."),
  changed: z.boolean().describe("Whether something was edited and not published."),
}).openapi("SurveySummary");
export type SurveySummary = z.infer<typeof SurveySummary>;

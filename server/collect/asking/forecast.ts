import { z } from "@hono/zod-openapi";
import { heldReasons } from "./new-invitation.ts";

/** What settings would do if they were published now. How it is reckoned: docs/methods/forecast.md. */
export const Forecast = z
  .object({
    customers: z.int().describe("In the audience."),
    due: z.int().describe("Of these, whose turn has come."),
    heldBack: z
      .array(z.object({ reason: z.enum(heldReasons), n: z.int() }))
      .describe(
        "Of the due, who is not asked right now; each customer counts at the first reason. Only those with n > 0.",
      ),
    asked: z.int().describe("In the next seven days."),
    nextAt: z.iso
      .datetime()
      .nullable()
      .describe("When the next mails go out; null when nobody is to be asked."),
    nextN: z.int().describe("How many that day."),
    expected: z
      .object({ n: z.int(), low: z.int(), high: z.int(), basis: z.int() })
      .nullable()
      .describe(
        "Answers from those asked, with the 95 % interval, by the share that answered earlier mails of this workspace (`basis` of them); null below 30.",
      ),
  })
  .openapi("AskingForecast");
export type Forecast = z.infer<typeof Forecast>;

/** Traits that customers have, for whoever writes a rule. */
export const TraitList = z
  .object({
    traits: z.array(
      z.object({
        name: z.string(),
        values: z
          .array(z.object({ value: z.union([z.string(), z.number(), z.boolean()]), n: z.int() }))
          .describe("The most frequent ones."),
      }),
    ),
  })
  .openapi("TraitList");
export type TraitList = z.infer<typeof TraitList>;

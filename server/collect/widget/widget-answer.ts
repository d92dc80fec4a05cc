import { z } from "@hono/zod-openapi";
import { NewResponse } from "../response.ts";
import { DriverId } from "../surveys/survey-content.ts";
import { WidgetCustomer } from "./widget-customer.ts";

/** An answer as the widget sends it: always all of it, so that the newest one replaces those before. */
export const WidgetAnswer = z
  .object({
    nonce: z
      .string()
      .regex(/^[A-Za-z0-9_-]{16,64}$/, "is 16 to 64 letters and digits, drawn at random")
      .describe("Names the answer: sent again, with a comment perhaps, it is the same one."),
    version: z.int().min(1).max(2_147_483_647).describe("Of the survey, as it was shown."),
    language: NewResponse.shape.language,
    score: NewResponse.shape.score,
    comment: NewResponse.shape.comment,
    drivers: z.array(DriverId).max(12).default([]),
    mayContact: z.boolean().nullish(),
    complete: z.boolean().default(true).describe("false for a score whose follow-up is still open."),
    secondsAgo: z
      .number()
      .min(0)
      .default(0)
      .describe("How long the answer was kept in the browser. Clocks of visitors may be wrong."),
    customer: WidgetCustomer.nullish(),
  })
  .openapi("WidgetAnswer");
export type WidgetAnswer = z.infer<typeof WidgetAnswer>;

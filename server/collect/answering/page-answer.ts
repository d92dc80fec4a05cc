import { z } from "@hono/zod-openapi";
import { isStorable, longest, NewResponse } from "../response.ts";

const text = (max: number) => z.string().max(max).catch("");

/** An answer as the respondent's page sends it: as JSON by its script, as a form without. */
export const PageAnswer = z.object({
  nonce: text(100),
  lang: text(longest.language),
  /** Sent without JavaScript before the follow-up was shown: the score alone. */
  step: z.literal("1").optional().catch(undefined),
  // A form sends digits. What is empty is no zero.
  score: z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{1,2}$/)
        .transform(Number),
    ])
    .pipe(NewResponse.shape.score),
  state: z.enum(["provisional", "confirmed"]).default("confirmed"),
  sign: z.enum(["input", "dwell", "form"]).default("form"),
  // Forms send each line break as two characters, which the page counts as one.
  comment: z.preprocess(
    (said) => (typeof said === "string" ? said.replaceAll("\r\n", "\n").slice(0, longest.comment) : said),
    NewResponse.shape.comment,
  ),
  drivers: z.union([z.string().transform((one) => [one]), z.array(z.string().max(50)).max(40)]).default([]),
  mayContact: z
    .union([z.boolean(), z.literal("yes").transform(() => true)])
    .nullish()
    .catch(null),
  email: z
    .string()
    .trim()
    .max(longest.email)
    .regex(/^[^\s@]+@[^\s@]+$/)
    .refine(isStorable)
    .nullish()
    .catch(null),
  website: text(1_000),
  age: z.number().min(0).catch(0).default(0),
});
export type PageAnswer = z.infer<typeof PageAnswer>;

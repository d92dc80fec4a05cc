import { z } from "@hono/zod-openapi";
import { nameText } from "./response.ts";

export const surveyName = nameText(200);

/** A survey as the API shows it, with how many answers it has and from which days (UTC). */
export const Survey = z
  .object({
    id: z.uuid(),
    name: z.string(),
    question: z.string(),
    state: z.enum(["draft", "live", "paused", "archived"]),
    n: z.number().int(),
    first: z.iso.date().nullable(),
    last: z.iso.date().nullable(),
  })
  .openapi("Survey");

export type Survey = z.infer<typeof Survey>;

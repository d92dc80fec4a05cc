import { z } from "@hono/zod-openapi";
import { type OutsideFailure, sayFailure } from "../../platform/outgoing/outside-failure.ts";

/** Why something was not told, as it is shown: a name for programs and translations, and the sentence in English. */
export const Failure = z
  .object({
    reason: z.string().describe("Stable name of the case: answered, too_slow, nothing_answers …"),
    values: z.record(z.string(), z.union([z.string(), z.number()])),
    message: z.string().describe("The sentence, in English."),
  })
  .openapi("DeliveryFailure");

/** A stored failure as it is shown. */
export function showFailure(failure: OutsideFailure | null): z.infer<typeof Failure> | null {
  return failure && { ...failure, message: sayFailure(failure) };
}

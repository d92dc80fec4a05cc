import { type Reasoned, sentenceOf } from "../ui/reason.ts";

/** Why something was not told, in the interface's language; beside a `t` that draws anew when that changes. */
export function sentenceOfFailure(failure: Reasoned): string {
  return sentenceOf({ ...failure, reason: `deliveries.${failure.reason}` });
}

import type { Resources } from "../../platform/resources.ts";
import type { GivenAnswer, ResponseRecorder } from "../record-responses.ts";
import { changeAnswer, type ChangeOptions } from "./change-answer.ts";

export interface KeptAnswer {
  id: string;
  customerId: string;
  /** "closed": the answer that was given before can no longer be changed, and stands. */
  outcome: "recorded" | "changed" | "same" | "closed";
}

const mostTries = 3;

/**
 * Keeps an answer of our own pages: the first with its id is recorded, a later one with the same id changes it.
 * @throws Refusal `not_found` when its workspace, or the invitation and its customer, are not there any more
 */
export async function keepAnswer(
  { database, clock }: Pick<Resources, "database" | "clock">,
  recorder: Pick<ResponseRecorder, "recordGiven">,
  answer: GivenAnswer,
  options: ChangeOptions,
): Promise<KeptAnswer> {
  for (let tries = 1; ; tries++) {
    const { id, customerId, known } = await recorder.recordGiven(answer);
    if (!known) return { id, customerId, outcome: "recorded" };
    const stored = { ...answer, given: { ...answer.given, customerId } };
    const outcome = await changeAnswer(database.db, clock, stored, options);
    // Deleted in between: then it is recorded anew.
    if (outcome !== "gone") return { id, customerId, outcome };
    if (tries === mostTries) return { id, customerId, outcome: "closed" };
  }
}

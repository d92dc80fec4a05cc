import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { Resources } from "../../platform/resources.ts";
import { currentCustomer } from "../customers/follow-merges.ts";
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
  let current = answer;
  for (let tries = 1; ; tries++) {
    try {
      const { id, customerId, known } = await recorder.recordGiven(current);
      if (!known) return { id, customerId, outcome: "recorded" };
      const stored = { ...current, given: { ...current.given, customerId } };
      const outcome = await changeAnswer(database.db, clock, stored, options);
      // Deleted in between: then it is recorded anew.
      if (outcome !== "gone") return { id, customerId, outcome };
      if (tries === mostTries) return { id, customerId, outcome: "closed" };
    } catch (error) {
      const moved = tries < mostTries ? await followed(database.db, current, error) : undefined;
      if (!moved) throw error;
      current = moved;
    }
  }
}

/** The same answer of the customer into whom its own was merged after the page was read; undefined when nobody was. */
async function followed(db: Database, answer: GivenAnswer, error: unknown): Promise<GivenAnswer | undefined> {
  const { customerId } = answer.given;
  if (!(error instanceof Refusal) || error.code !== "not_found" || !customerId) return undefined;
  const current = await currentCustomer(db, customerId);
  return current === customerId ? undefined : { ...answer, given: { ...answer.given, customerId: current } };
}

import type { Database } from "../platform/database/open.ts";
import { Refusal } from "../platform/errors.ts";
import { selectResponses, toResponse } from "./list-responses.ts";
import type { ResponseDetails } from "./response.ts";

/** One response with all that is known of its customer. @throws Refusal when it is not there */
export async function readResponse(
  db: Database,
  workspaceId: string,
  { customerId, id }: { customerId: string; id: string },
): Promise<ResponseDetails> {
  const row = await selectResponses(db, workspaceId)
    .where("r.customerId", "=", customerId)
    .where("r.id", "=", id)
    .select(["c.phone", "c.traits as customerTraits"])
    .executeTakeFirst();
  if (!row) throw new Refusal("not_found", "There is no such response; it may have been deleted.");
  const { phone, customerTraits, ...rest } = row;
  const response = toResponse(rest);
  return {
    ...response,
    customer: { ...response.customer, phone, traits: customerTraits ?? {} },
    history: await readHistory(db, workspaceId, customerId),
  };
}

async function readHistory(
  db: Database,
  workspaceId: string,
  customerId: string,
): Promise<ResponseDetails["history"]> {
  const rows = await db
    .selectFrom("responses as r")
    .innerJoin("surveys as s", "s.id", "r.surveyId")
    .where("r.workspaceId", "=", workspaceId)
    .where("r.customerId", "=", customerId)
    .select(["r.id", "r.score", "r.at", "s.id as surveyId", "s.name"])
    .orderBy("r.at", "desc")
    .orderBy("r.id", "desc")
    .limit(200)
    .execute();
  return rows.map(({ id, score, at, surveyId, name }) => ({
    id,
    score,
    at: at.toISOString(),
    survey: { id: surveyId, name },
  }));
}

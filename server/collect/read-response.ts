import type { Database } from "../platform/database/open.ts";
import { Refusal } from "../platform/errors.ts";
import { currentCustomer } from "./customers/follow-merges.ts";
import { selectResponses, toResponse } from "./list-responses.ts";
import type { ResponseDetails } from "./response.ts";
import type { SurveyContent } from "./surveys/survey-content.ts";

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
    .select(["r.surveyVersion", "r.drivers", "r.mayContact", "r.changedAt", "r.state", "r.invitationId"])
    .executeTakeFirst();
  if (!row) {
    const current = await currentCustomer(db, customerId);
    if (current !== customerId) return readResponse(db, workspaceId, { customerId: current, id });
    throw new Refusal("not_found", "There is no such response; it may have been deleted.");
  }
  const {
    phone,
    customerTraits,
    surveyVersion,
    drivers,
    mayContact,
    changedAt,
    state,
    invitationId,
    ...rest
  } = row;
  const response = toResponse(rest);
  return {
    ...response,
    customer: { ...response.customer, phone, traits: customerTraits ?? {} },
    state,
    invitationId,
    surveyVersion,
    drivers: await labelsOf(db, { workspaceId, surveyId: rest.surveyId, version: surveyVersion, drivers }),
    mayContact,
    changedAt: changedAt && changedAt.toISOString(),
    changes: await readChanges(db, workspaceId, { customerId, responseId: id }),
    history: await readHistory(db, workspaceId, customerId),
  };
}

/** Choices as the survey called them in its own language; one that it no longer knows by its id. */
async function labelsOf(
  db: Database,
  {
    workspaceId,
    surveyId,
    version,
    drivers,
  }: { workspaceId: string; surveyId: string; version: number | null; drivers: string[] },
): Promise<string[]> {
  if (drivers.length === 0 || version === null) return drivers;
  const row = await db
    .selectFrom("surveyVersions")
    .select("content")
    .where("workspaceId", "=", workspaceId)
    .where("surveyId", "=", surveyId)
    .where("number", "=", version)
    .executeTakeFirst();
  const content = row?.content as SurveyContent | undefined;
  const labels = content?.languages[content.language]?.drivers ?? {};
  return drivers.map((id) => labels[id] ?? id);
}

async function readChanges(
  db: Database,
  workspaceId: string,
  { customerId, responseId }: { customerId: string; responseId: string },
): Promise<ResponseDetails["changes"]> {
  const rows = await db
    .selectFrom("responseChanges")
    .select(["at", "score", "comment"])
    .where("workspaceId", "=", workspaceId)
    .where("customerId", "=", customerId)
    .where("responseId", "=", responseId)
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(100)
    .execute();
  return rows.map(({ at, score, comment }) => ({ at: at.toISOString(), score, comment }));
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

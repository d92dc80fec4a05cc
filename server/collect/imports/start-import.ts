import type { Resources } from "../../platform/resources.ts";
import { Refusal } from "../../platform/errors.ts";
import { newId } from "../../platform/ids.ts";
import { send } from "../../platform/jobs/send.ts";
import type { Database } from "../../platform/database/open.ts";
import { checkSurvey } from "../find-survey.ts";
import { insertSurvey } from "../surveys/insert-survey.ts";
import { forgetAbandoned } from "./forget-abandoned.ts";
import { findImport } from "./import.ts";
import { checkMapping, type Format, type Mapping } from "./mapping.ts";
import { refuseOtherColumns } from "./refuse-other-columns.ts";
import { withinWorkspace } from "./within-workspace.ts";

interface Start {
  mapping: Mapping;
  surveyId?: string | undefined;
  newSurveyName?: string | undefined;
}

/**
 * Starts an uploaded import, or one that stopped, with a mapping.
 * @throws Refusal when it runs already, or the mapping does not fit the file
 */
export async function startImport(
  resources: Resources,
  workspaceId: string,
  importId: string,
  { mapping, surveyId, newSurveyName }: Start,
): Promise<void> {
  const { database, clock } = resources;
  await forgetAbandoned(resources, workspaceId);
  await withinWorkspace(database.db, workspaceId, async (db) => {
    const row = await findImport(db, workspaceId, importId);
    if (row.state !== "uploaded") throw startedAlready();
    checkMapping(mapping, row.format as Format, clock.now());
    const target = newSurveyName
      ? await makeSurvey(db, clock, workspaceId, newSurveyName)
      : await checkSurvey(db, workspaceId, surveyId ?? row.surveyId);
    await refuseOtherColumns(db, { workspaceId, surveyId: target, fileHash: row.fileHash, mapping });
    const { numUpdatedRows } = await db
      .updateTable("imports")
      .set({ state: "running", mapping: JSON.stringify(mapping), surveyId: target, updatedAt: clock.now() })
      .where("id", "=", importId)
      .where("state", "=", "uploaded")
      .executeTakeFirst();
    // Somebody else was quicker, or discarded it; a survey made above goes with this transaction.
    if (numUpdatedRows === 0n) throw startedAlready();
    await send(db, "run-import", { workspaceId, importId });
  });
}

function startedAlready(): Refusal {
  return new Refusal(
    "conflict",
    "This import has been started already; upload the file again to import it anew.",
    { reason: "import_started" },
  );
}

/** Makes a live survey that says what is shipped. */
export async function makeSurvey(
  db: Database,
  clock: Resources["clock"],
  workspaceId: string,
  name: string,
): Promise<string> {
  const id = newId(clock);
  await insertSurvey(db, clock, { workspaceId, id, name });
  return id;
}

import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { withinWorkspace } from "../imports/within-workspace.ts";
import { findSurveyRow } from "./find-survey-row.ts";

/** Deletes a survey that was never published. @throws Refusal for any other, whose answers refer to it */
export async function deleteSurvey(db: Database, workspaceId: string, id: string): Promise<void> {
  await withinWorkspace(db, workspaceId, async (db) => {
    const { state } = await findSurveyRow(db, workspaceId, id, { forChange: true });
    if (state !== "draft") {
      throw new Refusal(
        "conflict",
        "Only a draft can be deleted, for answers refer to this survey. Archive it instead.",
        {
          reason: "survey_published",
        },
      );
    }
    await db.deleteFrom("surveys").where("workspaceId", "=", workspaceId).where("id", "=", id).execute();
  });
}

import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { withinWorkspace } from "../imports/within-workspace.ts";
import { findSurveyRow } from "./find-survey-row.ts";
import type { RefuseWhileUsed } from "./survey-uses.ts";

/** Deletes a survey that was never published. @throws Refusal for any other, whose answers refer to it, and while it is used */
export async function deleteSurvey(
  db: Database,
  workspaceId: string,
  id: string,
  refuseWhileUsed: RefuseWhileUsed,
): Promise<void> {
  await withinWorkspace(db, workspaceId, async (db) => {
    const { state, name } = await findSurveyRow(db, workspaceId, id, { forChange: true });
    if (state !== "draft") {
      throw new Refusal(
        "conflict",
        "Only a draft can be deleted, for answers refer to this survey. Archive it instead.",
        {
          reason: "survey_published",
        },
      );
    }
    // Looked at under the lock: a play that is being published with it either is seen, or no longer finds it.
    await refuseWhileUsed(db, { workspaceId, id, name });
    await db.deleteFrom("surveys").where("workspaceId", "=", workspaceId).where("id", "=", id).execute();
  });
}

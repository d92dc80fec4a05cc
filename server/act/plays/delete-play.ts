import { withinWorkspace } from "../../collect/imports/within-workspace.ts";
import { noteAudit } from "../../platform/accounts/note-audit.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { Caller } from "../../platform/http/router.ts";
import { findPlayRow } from "./find-play-row.ts";

/** Deletes a play that was never published. @throws Refusal for any other: customers may have entered it */
export async function deletePlay(db: Database, clock: Clock, caller: Caller, id: string): Promise<void> {
  const { workspaceId } = caller;
  await withinWorkspace(db, workspaceId, async (db) => {
    const { state, name } = await findPlayRow(db, { workspaceId, id }, { forChange: true });
    if (state !== "draft") {
      throw new Refusal(
        "conflict",
        "Only a draft can be deleted, for this play has been published. End it instead; its result is kept.",
        { reason: "play_published" },
      );
    }
    await db.deleteFrom("plays").where("workspaceId", "=", workspaceId).where("id", "=", id).execute();
    await noteAudit(db, clock, caller, {
      action: "play.deleted",
      about: "play",
      aboutId: id,
      details: { name },
    });
  });
}

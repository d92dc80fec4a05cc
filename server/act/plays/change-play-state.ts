import { withinWorkspace } from "../../collect/imports/within-workspace.ts";
import { noteAudit } from "../../platform/accounts/note-audit.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import type { PlayState } from "../../platform/database/schema-act.ts";
import { Refusal } from "../../platform/errors.ts";
import type { Caller } from "../../platform/http/router.ts";
import { findPlayRow } from "./find-play-row.ts";
import type { SettableState } from "./play.ts";
import { ended } from "./save-play-draft.ts";

const following: Record<PlayState, readonly SettableState[]> = {
  draft: [],
  live: ["paused", "closed", "ended"],
  paused: ["live", "closed", "ended"],
  closed: ["live", "paused", "ended"],
  ended: [],
};

/**
 * Pauses a play, lets it go on, takes nobody in any more, or ends it for good: then whoever is in it stops where they are.
 * @throws Refusal for a play that was never published, or has ended
 */
export async function changePlayState(
  db: Database,
  clock: Clock,
  caller: Caller,
  id: string,
  to: SettableState,
): Promise<void> {
  const { workspaceId } = caller;
  await withinWorkspace(db, workspaceId, async (db) => {
    const { state, name } = await findPlayRow(db, { workspaceId, id }, { forChange: true });
    if (state === to) return;
    if (state === "ended") throw ended();
    if (!following[state].includes(to)) throw neverPublished();
    await db
      .updateTable("plays")
      // Looked at anew, whatever the clock of whoever looked last said.
      .set({
        state: to,
        lookedAt: null,
        lookAfter: null,
        ...(to === "ended" && { endedAt: clock.now(), draft: null }),
      })
      .where("workspaceId", "=", workspaceId)
      .where("id", "=", id)
      .execute();
    await noteAudit(db, clock, caller, {
      action: `play.${to}`,
      about: "play",
      aboutId: id,
      details: { name, from: state },
    });
  });
}

function neverPublished(): Refusal {
  return new Refusal("conflict", "This play was never published. Publish it, or delete it.", {
    reason: "play_is_draft",
  });
}

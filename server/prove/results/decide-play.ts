import { withinWorkspace } from "../../collect/imports/within-workspace.ts";
import { noteAudit } from "../../platform/accounts/note-audit.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { Caller } from "../../platform/http/router.ts";
import type { Clock } from "../../platform/clock.ts";
import { newId } from "../../platform/ids.ts";
import { findPlay } from "./find-play.ts";
import { measurePlay } from "./measure-play.ts";

/**
 * Writes down what a member decided, with the result that they had before them. Stopping closes the play: nobody enters any more,
 * and who is in it goes on to the end. Keeping changes nothing but says so.
 * @throws Refusal when there is no such play, or nothing to decide about
 */
export async function decidePlay(
  db: Database,
  clock: Clock,
  caller: Caller,
  { playId, decision }: { playId: string; decision: "keep" | "stop" },
): Promise<void> {
  const { workspaceId, personId = null } = caller;
  const now = clock.now();
  await findPlay(db, workspaceId, playId);
  const { verdict, difference, measuredAt } = await measurePlay(db, { workspaceId, playId }, now);
  await withinWorkspace(db, workspaceId, async (db) => {
    const play = await db
      .selectFrom("plays")
      .select(["name", "state", "version"])
      .where("workspaceId", "=", workspaceId)
      .where("id", "=", playId)
      .forUpdate()
      .executeTakeFirst();
    if (!play) throw new Refusal("not_found", "There is no such play.");
    if (play.version === 0)
      throw new Refusal("conflict", "This play was never published, so there is nothing to decide.", {
        reason: "play_is_draft",
      });
    if (play.state === "ended")
      throw new Refusal("conflict", "This play has ended. What was decided about it stays.", {
        reason: "play_ended",
      });
    const closes = decision === "stop" && (play.state === "live" || play.state === "paused");
    await db
      .updateTable("plays")
      .set({ decision, decidedBy: personId, decidedAt: now, ...(closes && { state: "closed" }) })
      .where("id", "=", playId)
      .execute();
    await db
      .insertInto("playDecisions")
      .values({
        workspaceId,
        playId,
        id: newId(clock),
        decision,
        decidedBy: personId,
        at: now,
        figures: JSON.stringify({ verdict, difference, measuredAt }),
      })
      .execute();
    await noteAudit(db, clock, caller, {
      action: "play.decided",
      about: "play",
      aboutId: playId,
      details: { name: play.name, decision, verdict: verdict.decision, ...(closes && { from: play.state }) },
    });
  });
}

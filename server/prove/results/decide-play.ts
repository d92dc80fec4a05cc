import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { newId } from "../../platform/ids.ts";
import { findPlay } from "./find-play.ts";
import { measurePlay } from "./measure-play.ts";

interface Wanted {
  workspaceId: string;
  playId: string;
  decision: "keep" | "stop";
  personId: string | null;
}

/**
 * Writes down what a member decided, with the result that they had before them. Stopping closes the play: nobody enters any more,
 * and who is in it goes on to the end. Keeping changes nothing but says so.
 * @throws Refusal when there is no such play, or nothing to decide about
 */
export async function decidePlay(
  db: Database,
  { workspaceId, playId, decision, personId }: Wanted,
  clock: Clock,
): Promise<void> {
  const now = clock.now();
  await findPlay(db, workspaceId, playId);
  const { verdict, difference, measuredAt } = await measurePlay(db, { workspaceId, playId }, now);
  await inTransaction(db, async (db) => {
    const play = await db
      .selectFrom("plays")
      .select(["state", "version"])
      .where("workspaceId", "=", workspaceId)
      .where("id", "=", playId)
      .forUpdate()
      .executeTakeFirst();
    if (!play) throw new Refusal("not_found", "There is no such play.");
    if (play.version === 0)
      throw new Refusal("conflict", "This play was never published, so there is nothing to decide.", {
        reason: "never_published",
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
  });
}

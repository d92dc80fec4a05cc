import { sql } from "kysely";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { countArms } from "./count-arms.ts";
import { readExperiment } from "./experiment.ts";
import { readPlan } from "./find-play.ts";
import { lookAtPlay } from "./judge-play.ts";
import { type LookFigures, readLooks } from "./read-looks.ts";

/**
 * Looks at every play and writes down what was seen: once a day while results come in, and at the planned size at once, which
 * happens one time only. What is written down is what is decided by, whatever comes in later.
 */
export async function takeLooks(db: Database, now: Date, signal?: AbortSignal): Promise<void> {
  const { rows: plays } = await sql<{ workspaceId: string; id: string; planned: unknown }>`
    select p.workspace_id, p.id, p.planned from plays p
    where p.planned is not null and p.state in ('live', 'paused', 'closed')
      and exists (select from enrolments e where e.workspace_id = p.workspace_id and e.play_id = p.id
        and e.measured_at > coalesce((select max(l.at) from play_looks l where l.play_id = p.id), '-infinity'))
    order by p.id`.execute(db);
  for (const { workspaceId, id, planned } of plays) {
    signal?.throwIfAborted();
    await takeLook(db, { workspaceId, playId: id, planned }, now);
  }
}

async function takeLook(
  db: Database,
  { workspaceId, playId, planned }: { workspaceId: string; playId: string; planned: unknown },
  now: Date,
): Promise<void> {
  const plan = readPlan(planned);
  if (!plan) return;
  await inTransaction(db, async (db) => {
    // One server looks at a time; the planned look is there only once.
    const play = await db
      .selectFrom("plays")
      .select("id")
      .where("id", "=", playId)
      .forUpdate()
      .executeTakeFirst();
    if (!play) return;
    const looks =
      (await readLooks(db, workspaceId, [{ id: playId, since: new Date(plan.at) }])).get(playId) ?? [];
    const arms = await countArms(db, await readExperiment(db, { workspaceId, playId, plan }));
    const { at: _, horizon, decision, reason, ...figures } = lookAtPlay({ plan, arms, looks, now });
    const last = looks.at(-1);
    const lookedToday = last !== undefined && last.at.slice(0, 10) === now.toISOString().slice(0, 10);
    if (lookedToday && horizon !== "at") return;
    await db
      .insertInto("playLooks")
      .values({
        workspaceId,
        playId,
        at: now,
        horizon,
        decision,
        reason,
        figures: JSON.stringify(figures satisfies LookFigures),
      })
      .onConflict((c) => c.columns(["playId", "at"]).doNothing())
      .execute();
  });
}

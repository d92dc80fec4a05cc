import { type RawBuilder, sql } from "kysely";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import type { Resources } from "../../platform/resources.ts";
import { giveBackCodesOfPlay } from "../incentives/give-back-codes.ts";
import { asksAhead, takeBackAsks } from "./take-back-asks.ts";

/** Whoever waits for the workspace alone, and all behind them, wait for no more than these. */
const atOnce = 5_000;
const mostInOneLook = 50_000;

/** Stops whoever is still in plays that were ended since the last look at them, and takes back what was planned, asks and their reminders included. */
export async function stopEndedPlays({
  database: { db },
  clock,
  log,
}: Pick<Resources, "database" | "clock" | "log">): Promise<void> {
  const { rows } = await sql<{ workspaceId: string; id: string }>`
    select workspace_id as "workspaceId", id from plays
    where state = 'ended' and (looked_at is null or looked_at < ended_at)`.execute(db);
  for (const play of rows) {
    try {
      await stopPlay(db, play, clock.now());
    } catch (error) {
      log.error({ err: error, play: play.id }, "an ended play could not be stopped; it is tried again");
    }
  }
}

interface Key {
  customerId: string;
  id: string;
}

async function stopPlay(db: Database, { workspaceId, id }: { workspaceId: string; id: string }, now: Date) {
  // Whoever began a step or took somebody in while the play was not ended is done with it then.
  await inTransaction(db, (db) => lockWorkspace(db, workspaceId, "alone"));
  const ofPlay = sql`workspace_id = ${workspaceId}::uuid and play_id = ${id}::uuid`;
  const piecemeal = async (
    find: RawBuilder<Key>,
    end: (db: Database, keys: RawBuilder<unknown>, some: readonly Key[]) => Promise<unknown>,
  ) => {
    for (;;) {
      const { rows: keys } = await find.execute(db);
      for (let i = 0; i < keys.length; i += atOnce) {
        const some = keys.slice(i, i + atOnce);
        const those = sql`unnest(
          ${some.map(({ customerId }) => customerId)}::uuid[], ${some.map((key) => key.id)}::uuid[]) as r (customer_id, id)`;
        await inTransaction(db, async (db) => {
          await lockWorkspace(db, workspaceId, "shared");
          await end(db, those, some);
        });
      }
      // Who was merged meanwhile has another key; the next look finds them.
      if (keys.length === 0) return;
    }
  };
  await piecemeal(
    sql<Key>`
      select customer_id as "customerId", id from enrolments where ${ofPlay} and state = 'active' limit ${mostInOneLook}`,
    (db, those) =>
      sql`
        update enrolments e set state = 'stopped', stopped_by = 'play_ended', ended_at = ${now}::timestamptz
        from ${those} where e.customer_id = r.customer_id and e.id = r.id and e.state = 'active'`.execute(db),
  );
  await piecemeal(
    sql<Key>`
      select customer_id as "customerId", id from step_runs where ${ofPlay} and state = 'due' limit ${mostInOneLook}`,
    (db, those) =>
      sql`
        update step_runs s set state = 'cancelled', reason = 'play_ended', done_at = ${now}::timestamptz
        from ${those} where s.customer_id = r.customer_id and s.id = r.id and s.state = 'due'`.execute(db),
  );
  await piecemeal(
    asksAhead(sql`r.workspace_id = ${workspaceId}::uuid and r.play_id = ${id}::uuid`, mostInOneLook),
    (db, _, asks) => takeBackAsks(db, asks, "play_ended"),
  );
  await inTransaction(db, async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    await giveBackCodesOfPlay(db, id);
    await db.updateTable("plays").set({ lookedAt: now }).where("id", "=", id).execute();
  });
}

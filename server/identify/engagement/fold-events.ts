import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { countEventNames } from "../events/count-event-names.ts";

const atATime = 200;

/** Takes new events into what is kept of them, each once: several may run at the same time. */
export async function foldEvents(db: Database): Promise<void> {
  for (;;) {
    const folded = await db.transaction().execute(async (db) => {
      const { rows } = await sql<{ id: number }>`
        select id from event_folds order by id limit ${atATime} for update skip locked`.execute(db);
      const ids = rows.map(({ id }) => id);
      if (ids.length === 0) return 0;
      await countEventNames(db, ids);
      await db.deleteFrom("eventFolds").where("id", "in", ids).execute();
      return ids.length;
    });
    if (folded < atATime) return;
  }
}

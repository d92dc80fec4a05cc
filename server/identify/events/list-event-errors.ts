import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import type { EventErrorShown } from "./events-page.ts";

const day = 86_400_000;
const mostShown = 200;

/** What was wrong with messages in the last day, newest first. */
export async function listEventErrors(
  db: Database,
  clock: Clock,
  workspaceId: string,
): Promise<EventErrorShown[]> {
  const rows = await db
    .selectFrom("eventErrors as e")
    .leftJoin("writeKeys as k", "k.id", "e.writeKeyId")
    .select([
      "e.id",
      "e.at",
      "e.reason",
      "e.message",
      "e.values",
      "e.payload",
      "e.kept",
      "e.n",
      "k.name as writeKey",
    ])
    .where("e.workspaceId", "=", workspaceId)
    .where("e.at", ">", new Date(clock.now().getTime() - day))
    .orderBy("e.at", "desc")
    .orderBy("e.id")
    .limit(mostShown)
    .execute();
  return rows.map((row) => Object.assign(row, { at: row.at.toISOString() }));
}

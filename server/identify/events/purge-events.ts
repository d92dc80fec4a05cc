import type { Resources } from "../../platform/resources.ts";
import { dropPartitions } from "./ensure-partitions.ts";
import { keptFrom } from "./retention.ts";

const day = 86_400_000;

/**
 * Removes what is no longer kept: months of events past the retention, with the names that only they had, and what was
 * wrong with messages more than a day ago. Engagement and purchases stay; they are counted, not looked up.
 */
export async function purgeEvents({
  database,
  clock,
  config,
}: Pick<Resources, "database" | "clock" | "config">): Promise<void> {
  const { db, pool } = database;
  const now = clock.now();
  await db
    .deleteFrom("eventErrors")
    .where("at", "<", new Date(now.getTime() - day))
    .execute();
  const from = keptFrom(now, config.eventMonths);
  if ((await dropPartitions(pool, from)) === 0) return;
  // That they were stored need not be known any more: what arrived before cannot be sent again, it is too old by now.
  await db
    .deleteFrom("eventIds")
    .where("at", "<", new Date(from.getTime() - day))
    .execute();
  await db.deleteFrom("eventNameDays").where("day", "<", from.toISOString().slice(0, 10)).execute();
  await db.deleteFrom("eventNames").where("lastAt", "<", from).execute();
}

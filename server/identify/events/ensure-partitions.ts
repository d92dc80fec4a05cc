import type pg from "pg";
import { attemptTransaction } from "../../collect/attempt-transaction.ts";

const lock = 7_464_650;

/**
 * Makes the partitions of `events` that are needed, a UTC month each, before the first event of a month is stored.
 * What is there is remembered.
 */
export function newPartitionKeeper(pool: pg.Pool) {
  const there = new Set<string>();

  /** @param times as ISO texts */
  return async (times: Iterable<string>): Promise<void> => {
    const missing = new Set<string>();
    let last = "";
    for (const time of times) {
      // Nearly all are of one month.
      if (last !== "" && time.startsWith(last)) continue;
      last = time.slice(0, 7);
      if (!there.has(last)) missing.add(last);
    }
    for (const month of [...missing].sort()) {
      await makePartition(pool, month);
      there.add(month);
    }
  };
}

/** The name of the partition of a month, `2026-10`. */
function partitionOf(month: string): string {
  return `events_${month.replace("-", "_")}`;
}

/**
 * Drops the partitions of months that ended before a moment.
 * @returns how many
 */
export async function dropPartitions(pool: pg.Pool, before: Date): Promise<number> {
  const { rows } = await pool.query<{ name: string }>(
    "select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'events'::regclass",
  );
  const first = partitionOf(before.toISOString().slice(0, 7));
  const old = rows.filter(({ name }) => /^events_\d{4}_\d\d$/.test(name) && name < first);
  // One at a time: each waits until nobody reads events, and nobody reads while it waits.
  for (const { name } of old) await pool.query(`drop table if exists ${name}`);
  return old.length;
}

async function makePartition(pool: pg.Pool, month: string): Promise<void> {
  const start = new Date(`${month}-01T00:00:00Z`);
  const end = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1));
  const name = partitionOf(month);
  await attemptTransaction(pool, async (client) => {
    const { rows } = await client.query("select to_regclass($1) is not null as there", [`public.${name}`]);
    if (rows[0].there) return;
    await client.query("begin");
    // Two processes may meet the first event of a month at the same time.
    await client.query("select pg_advisory_xact_lock($1)", [lock]);
    await client.query(
      `create table if not exists ${name} partition of events for values from ('${start.toISOString()}') to ('${end.toISOString()}')`,
    );
    await client.query("commit");
  });
}

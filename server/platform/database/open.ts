import { CamelCasePlugin, Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Logger } from "pino";
import type { Schema } from "./schema.ts";

/** What verbs take first: the database, or the transaction they run in. */
export type Database = Kysely<Schema>;

export interface OpenDatabase {
  db: Database;
  /** Plain connections, for COPY and other work that needs one session. */
  pool: pg.Pool;
  /** Connections that send without waiting, so that a whole transaction costs one round trip. Not for COPY. */
  pipelined: pg.Pool;
  url: string;
  close(): Promise<void>;
}

// Counts arrive as numbers: a count past 2^53 is out of reach here. Dates without time stay text, for they have no zone.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

// What is sent without waiting finds few rows by their keys. Plans made while a table is still small would read all of
// it, and go on doing so until the table is analysed: on the first day of a new installation, or after a large import.
const byKeyOnly = [
  "enable_seqscan=off",
  "enable_hashjoin=off",
  "enable_mergejoin=off",
  "plan_cache_mode=force_generic_plan",
]
  .map((setting) => `-c ${setting}`)
  .join(" ");

/** Opens pools to a PostgreSQL server. Nothing connects before the first query. */
export function openDatabase(
  url: string,
  { connections = 12, log }: { connections?: number; log?: Logger } = {},
): OpenDatabase {
  const options: pg.PoolConfig = {
    connectionString: url,
    application_name: "nines",
    options: "-c timezone=UTC",
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  };
  const pool = new pg.Pool({ ...options, max: connections });
  const pipelined = new pg.Pool({
    ...options,
    options: `-c timezone=UTC ${byKeyOnly}`,
    max: 3,
    pipeline: true,
  });
  for (const each of [pool, pipelined]) {
    // A connection that breaks while idle must not end the process; the next query opens another. After `close` the
    // last ones may still be saying goodbye when the embedded server goes.
    each.on("error", (error) => {
      if (!each.ending) log?.warn({ err: error }, "an idle database connection broke");
    });
    // Nor one that breaks while it is held between two queries; the next query on it fails.
    each.on("connect", (client) => client.on("error", () => {}));
  }
  const db = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  return {
    db,
    pool,
    pipelined,
    url,
    close: async () => {
      // Not db.destroy(): it ends the pool only if a query went through Kysely.
      await Promise.all([pool.end(), pipelined.end()]);
    },
  };
}

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
  /** For reading on behalf of who waits for a page: cannot write, and what takes too long is ended. */
  reads: Database;
  /** The same for searches through texts, of which only a few run at once. */
  searches: Database;
  /** Connections that send without waiting, so that a whole transaction costs one round trip. Not for COPY. */
  pipelined: pg.Pool;
  /** For reading few rows by their keys, many requests' in one prepared statement: cannot write. */
  lookups: pg.Pool;
  /** Every pool, by name. */
  pools: Record<"pool" | "reads" | "searches" | "pipelined" | "lookups", pg.Pool>;
  url: string;
  close(): Promise<void>;
}

// Counts arrive as numbers: a count past 2^53 is out of reach here. Dates without time stay text, for they have no zone.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

// What is sent without waiting, or for many at once, finds few rows by their keys. Plans made while a table is still small would read all of
// it, and go on doing so until the table is analysed: on the first day of a new installation, or after a large import.
const byKeyOnly = [
  "enable_seqscan=off",
  "enable_hashjoin=off",
  "enable_mergejoin=off",
  "plan_cache_mode=force_generic_plan",
]
  .map((setting) => `-c ${setting}`)
  .join(" ");

/** How long is waited for what, in milliseconds. */
const usualPatience = {
  /** A statement that somebody waits for at a page. */
  read: 15_000,
  /** A lock that another holds, when an answer is recorded. */
  lock: 10_000,
  /** Anything at all, when an answer is recorded: beyond this the connection is taken for dead. */
  answer: 30_000,
  /** A transaction whose owner is silent; its locks hold up others. */
  idleTransaction: 60_000,
};

interface OpenOptions {
  connections?: number;
  log?: Logger;
  patience?: Partial<typeof usualPatience>;
}

/** Opens pools to a PostgreSQL server. Nothing connects before the first query. */
export function openDatabase(
  url: string,
  { connections = 12, log, patience: special = {} }: OpenOptions = {},
): OpenDatabase {
  const patience = { ...usualPatience, ...special };
  const always = `-c timezone=UTC -c idle_in_transaction_session_timeout=${patience.idleTransaction}`;
  const reading = `${always} -c default_transaction_read_only=on -c statement_timeout=${patience.read}`;
  const options: pg.PoolConfig = {
    connectionString: url,
    application_name: "nines",
    options: always,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  };
  const pool = new pg.Pool({ ...options, max: connections });
  const pipelined = new pg.Pool({
    ...options,
    options: `${always} -c lock_timeout=${patience.lock} ${byKeyOnly}`,
    query_timeout: patience.answer,
    max: 3,
    pipeline: true,
  });
  const reads = new pg.Pool({ ...options, options: reading, max: Math.ceil(connections / 2) });
  // Two searches through millions of comments keep two processors busy; more would only slow each other and the rest.
  const searches = new pg.Pool({ ...options, options: reading, max: 2 });
  const lookups = new pg.Pool({ ...options, options: `${reading} ${byKeyOnly}`, max: 2 });
  const pools = { pool, reads, searches, pipelined, lookups };
  for (const each of Object.values(pools)) {
    // A connection that breaks while idle must not end the process; the next query opens another. After `close` the
    // last ones may still be saying goodbye when the embedded server goes.
    each.on("error", (error) => {
      if (!each.ending) log?.warn({ err: error }, "an idle database connection broke");
    });
    // Nor one that breaks while it is held between two queries; the next query on it fails.
    each.on("connect", (client) => client.on("error", () => {}));
  }
  return {
    db: kysely(pool),
    pool,
    reads: kysely(reads),
    searches: kysely(searches),
    pipelined,
    lookups,
    pools,
    url,
    close: async () => {
      // Not db.destroy(): it ends the pool only if a query went through Kysely.
      await Promise.all(Object.values(pools).map((each) => each.end()));
    },
  };
}

function kysely(pool: pg.Pool): Database {
  return new Kysely<Schema>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}

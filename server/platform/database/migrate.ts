import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import type pg from "pg";
import { Refusal } from "../errors.ts";
import { asConnectRefusal } from "./start-refusals.ts";
import { tables } from "./tables.ts";

const folder = new URL("./migrations/", import.meta.url);
const lock = 7_464_638;

interface Migration {
  number: number;
  name: string;
  sql: string;
  checksum: string;
}

/** The numbered SQL files in order. */
export async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, folder), "utf8");
      return {
        number: Number(name.slice(0, 4)),
        name,
        sql,
        checksum: createHash("sha256").update(sql).digest("hex"),
      };
    }),
  );
}

/**
 * Brings the database to this version's schema, each migration in one transaction; several processes may try at once.
 * @returns the names that were applied
 * @throws Refusal when the server cannot be reached or is too old, its user may not make tables, the database was made by a newer Nines, or a migration was edited afterwards
 */
export async function migrate(pool: pg.Pool): Promise<string[]> {
  const migrations = await readMigrations();
  const client = await connect(pool);
  try {
    await refuseOldServer(client);
    await client.query("select pg_advisory_lock($1)", [lock]);
    await client
      .query(
        "create table if not exists schema_migrations (number integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())",
      )
      .catch((error: { code?: string }) => {
        if (error.code !== "42501") throw error;
        throw new Refusal(
          "conflict",
          "The user in DATABASE_URL may not make tables in this database. Make it the owner: alter database … owner to …",
        );
      });
    const { rows } = await client.query<Migration>(
      "select number, name, checksum from schema_migrations order by number",
    );
    refuseForeignSchema(rows, migrations);
    const missing = migrations.filter(({ number }) => !rows.some((row) => row.number === number));
    for (const migration of missing) await apply(client, migration);
    if (missing.length > 0) await distribute(client);
    return missing.map(({ name }) => name);
  } finally {
    await client.query("select pg_advisory_unlock($1)", [lock]).catch(() => {});
    client.release();
  }
}

/** The first connection of a start. */
async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw asConnectRefusal(error, pool.options.connectionString);
  }
}

async function refuseOldServer(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ version: string; number: number }>(
    "select current_setting('server_version') as version, current_setting('server_version_num')::int as number",
  );
  const server = rows[0];
  if (server && server.number < 150_000) {
    throw new Refusal(
      "conflict",
      `This database is PostgreSQL ${server.version}; Nines needs version 15 or newer.`,
      { reason: "postgres_too_old" },
    );
  }
}

function refuseForeignSchema(applied: Migration[], known: Migration[]): void {
  for (const row of applied) {
    const file = known.find(({ number }) => number === row.number);
    if (!file) {
      throw new Refusal(
        "conflict",
        `This database was made by a newer Nines (migration ${row.name}). Update Nines, or restore a backup from before the update.`,
        { reason: "schema_newer" },
      );
    }
    if (file.checksum !== row.checksum) {
      throw new Refusal(
        "conflict",
        `Migration ${row.name} was changed after it ran on this database. Put the original file back; a change belongs in a new migration.`,
        { reason: "migration_changed" },
      );
    }
  }
}

async function apply(client: pg.PoolClient, { number, name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query("begin");
    await client.query(sql);
    await client.query("insert into schema_migrations (number, name, checksum) values ($1, $2, $3)", [
      number,
      name,
      checksum,
    ]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

/** On a server with the `citus` extension, gives every new table its place from tables.ts. */
async function distribute(client: pg.PoolClient): Promise<void> {
  const citus = await client.query("select 1 from pg_extension where extname = 'citus'");
  if (citus.rowCount === 0) return;
  const { rows } = await client.query<{ name: string }>("select table_name::text as name from citus_tables");
  const placed = new Set(rows.map(({ name }) => name));
  for (const [name, placement] of Object.entries(tables)) {
    if (placed.has(name) || placement === "local") continue;
    if (placement === "reference") await client.query("select create_reference_table($1)", [name]);
    else
      await client.query("select create_distributed_table($1, $2, colocate_with => $3)", [
        name,
        placement.by,
        placement.with ?? "none",
      ]);
  }
}

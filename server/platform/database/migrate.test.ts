import { expect, test } from "vitest";
import { newTestApp } from "../../../test/new-test-app.ts";
import { migrate, readMigrations } from "./migrate.ts";
import { tables } from "./tables.ts";

test("migrating a migrated database changes nothing", async () => {
  const { pool } = await newTestApp();
  expect(await migrate(pool)).toEqual([]);
});

test("two processes may migrate an empty database at once", async () => {
  const { pool } = await newTestApp();
  await pool.query("drop schema public cascade; create schema public");
  const [first, second] = await Promise.all([migrate(pool), migrate(pool)]);
  expect([...first, ...second]).toHaveLength((await readMigrations()).length);
});

test("a database made by a newer Nines is refused with a sentence", async () => {
  const { pool } = await newTestApp();
  await pool.query(
    "insert into schema_migrations (number, name, checksum) values (9999, '9999_future.sql', 'x')",
  );
  await expect(migrate(pool)).rejects.toThrow(
    /made by a newer Nines \(migration 9999_future\.sql\)\. Update Nines/,
  );
});

test("a migration that was edited after it ran is refused with a sentence", async () => {
  const { pool } = await newTestApp();
  await pool.query("update schema_migrations set checksum = 'x' where number = 1");
  await expect(migrate(pool)).rejects.toThrow(/0001_accounts\.sql was changed after it ran/);
});

test("sentences of failures that were kept get the names of what they say", async () => {
  const { pool } = await newTestApp();
  await pool.query(`alter table deliveries drop column failure, add column error text;
    alter table receivers drop column failure, add column disabled_reason text`);
  const named = [
    ["The receiver answered 503.", { reason: "answered", values: { status: 503 } }],
    ["There was no whole answer within 15 seconds.", { reason: "too_slow", values: { seconds: 15 } }],
    [
      "The address must use one of the ports 80, 443; OUTGOING_PORTS of this server can allow others.",
      { reason: "wrong_port", values: { ports: "80, 443" } },
    ],
    ["Nothing answers at this address.", { reason: "nothing_answers", values: {} }],
    ["Of long ago.", { reason: "not_reached", values: {} }],
    [null, null],
  ] as const;
  for (const [sentence] of named) {
    await pool.query(
      `insert into receivers (workspace_id, id, kind, name, address, disabled_reason)
       values (gen_random_uuid(), gen_random_uuid(), 'slack', 'x', 'x', $1)`,
      [sentence],
    );
    await pool.query(
      `insert into deliveries (workspace_id, customer_id, id, receiver_id, event, body, due_at, created_at, error)
       values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'x', '{}', now(), now(), $1)`,
      [sentence],
    );
  }
  const migration = (await readMigrations()).find(({ name }) => name === "0057_failures.sql")!;
  await pool.query(migration.sql);
  for (const table of ["deliveries", "receivers"]) {
    const { rows } = await pool.query<{ failure: unknown }>(`select failure from ${table}`);
    const kept = rows.map(({ failure }) => failure);
    for (const [, failure] of named) expect(kept).toContainEqual(failure);
  }
});

test("every table has a place on a Citus cluster, and the keys of distributed tables contain their distribution column", async () => {
  const { pool } = await newTestApp();
  const { rows } = await pool.query<{ name: string; unique_keys: string[][] | null }>(`
    select c.relname as name,
      array_agg(array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum = any (i.indkey))::text)
        filter (where i.indisunique) as unique_keys
    from pg_class c left join pg_index i on i.indrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition group by c.relname`);
  expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(tables).sort());
  for (const { name, unique_keys: uniqueKeys } of rows) {
    const placement = tables[name];
    if (typeof placement !== "object") continue;
    expect(uniqueKeys, `${name} needs a key`).toBeTruthy();
    for (const key of uniqueKeys ?? [])
      expect(String(key).replace(/[{}]/g, "").split(","), `unique keys of ${name}`).toContain(placement.by);
  }
});

test("every table that grows with customers is distributed by its customer", async () => {
  const { pool } = await newTestApp();
  const { rows } = await pool.query<{ name: string }>(
    `select c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and a.attname = 'customer_id'`,
  );
  for (const { name } of rows)
    expect(tables[name], name).toMatchObject(
      ["customer_keys", "suppressions"].includes(name) ? { by: "key" } : { by: "customer_id" },
    );
});

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

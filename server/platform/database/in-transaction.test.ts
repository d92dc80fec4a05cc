import { sql } from "kysely";
import { expect, test } from "vitest";
import { newTestApp } from "../../../test/new-test-app.ts";
import { inTransaction } from "./in-transaction.ts";
import type { Database } from "./open.ts";

const add = (db: Database, name: string) =>
  sql`update settings set value = value || 'x' where name = ${name}`.execute(db);

test("of transactions that wait for each other in a circle all are done, each once", async () => {
  const { db } = await newTestApp();
  const names = ["a", "b", "c"];
  await db
    .insertInto("settings")
    .values(names.map((name) => ({ name, value: "" })))
    .execute();
  const met = Promise.withResolvers<void>();
  let inside = 0;
  const circle = names.map((first, i) =>
    inTransaction(db, async (db) => {
      await add(db, first);
      if (++inside >= names.length) met.resolve();
      await met.promise;
      await add(db, names[(i + 1) % names.length]!);
      return first;
    }),
  );
  expect(await Promise.all(circle)).toEqual(names);
  expect(inside).toBeGreaterThan(names.length);
  const rows = await db.selectFrom("settings").select("value").where("name", "in", names).execute();
  expect(rows.map(({ value }) => value)).toEqual(["xx", "xx", "xx"]);
});

test("two that could not have run one after the other are done one after the other; what is wrong for good is said at once", async () => {
  const { db } = await newTestApp();
  await db.insertInto("settings").values({ name: "n", value: "" }).execute();
  const both = Promise.withResolvers<void>();
  let readers = 0;
  const append = async () =>
    inTransaction(db, async (db) => {
      await sql`set transaction isolation level repeatable read`.execute(db);
      const row = await db
        .selectFrom("settings")
        .select("value")
        .where("name", "=", "n")
        .executeTakeFirstOrThrow();
      if (++readers >= 2) both.resolve();
      await both.promise;
      await db
        .updateTable("settings")
        .set({ value: `${row.value}y` })
        .where("name", "=", "n")
        .execute();
    });
  await Promise.all([append(), append()]);
  const { value } = await db
    .selectFrom("settings")
    .select("value")
    .where("name", "=", "n")
    .executeTakeFirstOrThrow();
  expect(value).toBe("yy");
  let tries = 0;
  const wrong = inTransaction(db, async (db) => {
    tries++;
    await sql`select 1 / 0`.execute(db);
  });
  await expect(wrong).rejects.toThrow("division by zero");
  expect(tries).toBe(1);
});

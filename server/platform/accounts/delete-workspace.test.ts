import { expect, test, vi } from "vitest";
import { newApiClient } from "../../../test/api-client.ts";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import { newMember, newWorkspace } from "../../../test/sign-in.ts";
import { childTables, sharedTables, tables } from "../database/tables.ts";
import { idOf } from "../ids.ts";
import { deleteWorkspace, tablesOfWorkspaces } from "./delete-workspace.ts";

test("every table belongs to a workspace, to a table that does, or is named as shared", async () => {
  const { db } = await newTestApp();
  const owned = await tablesOfWorkspaces(db);
  const known = [...owned, ...Object.keys(childTables), ...sharedTables].sort();
  expect(known).toEqual(Object.keys(tables).sort());
  for (const { parent } of Object.values(childTables)) expect(owned).toContain(parent);
});

test("deleting a workspace leaves no row of it in any table, and every row of the other", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const other = await newWorkspace(nines, { name: "Other", email: "owner@other.example" });
  for (const { workspaceId } of [acme, other]) await fillEveryTable(nines, workspaceId);
  const editor = await newMember(nines, acme, "editor");
  expect((await editor.fetch("DELETE", "/api/v1/workspace")).status).toBe(403);
  const before = await rowsOf(nines, other.workspaceId);

  expect((await acme.owner.fetch("DELETE", "/api/v1/workspace")).status).toBe(204);

  for (const count of Object.values(await rowsOf(nines, acme.workspaceId))) expect(count).toBe(0);
  expect(await rowsOf(nines, other.workspaceId)).toEqual(before);
  for (const count of Object.values(before)) expect(count).toBeGreaterThan(0);
  const people = await nines.db.selectFrom("people").select("email").execute();
  expect(people).toEqual([{ email: "owner@other.example" }]);
  expect((await acme.owner.fetch("GET", "/api/v1/workspace")).status).toBe(401);
});

test("a workspace that is deleted while answers stream in leaves nothing behind", async () => {
  const nines = await newTestApp();
  const { workspaceId, send } = await newApiClient(nines);
  const statuses = new Set<number>();
  const stop = new AbortController();
  const senders = Array.from({ length: 16 }, async (_, sender) => {
    for (let i = 0; !stop.signal.aborted; i++) {
      const customer = i % 3 ? { id: `${sender}-${i}` } : undefined;
      statuses.add((await send("POST", "/responses", { score: 9, customer })).status);
    }
  });
  await vi.waitUntil(() => statuses.has(201), { timeout: 20_000 });
  await deleteWorkspace(nines.db, workspaceId);
  await vi.waitUntil(() => statuses.has(404), { timeout: 20_000 });
  stop.abort();
  await Promise.all(senders);
  expect([...statuses].sort((a, b) => a - b)).toEqual([201, 404]);
  for (const [table, count] of Object.entries(await rowsOf(nines, workspaceId))) expect(count, table).toBe(0);
});

test("after the only workspace is deleted, the first run begins again, with the same address", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  await acme.owner.fetch("DELETE", "/api/v1/workspace");
  const session = await nines.app.request("/api/v1/session");
  expect(await session.json()).toMatchObject({ firstRun: true });
  await newWorkspace(nines, { name: "Again", email: "owner@acme.example" });
});

/** Puts a row into every table that belongs to a workspace, by what the database says about its columns. */
async function fillEveryTable({ pool, db }: TestApp, workspaceId: string) {
  const parents: Record<string, string> = {};
  for (const table of [...(await tablesOfWorkspaces(db)), ...Object.keys(childTables)]) {
    if (table === "members") continue;
    const id = idOf(workspaceId, table);
    parents[table] = id;
    const { rows } = await pool.query<{ name: string; type: string }>(
      `select column_name as name, data_type as type from information_schema.columns
       where table_name = $1 and table_schema = 'public' and is_nullable = 'NO' and column_default is null
         and is_identity = 'NO'`,
      [table],
    );
    const names = new Set(rows.map(({ name }) => name));
    const allowed = await firstAllowed(pool, table);
    const child = childTables[table];
    const given: Record<string, unknown> = {
      ...Object.fromEntries(rows.map(({ name, type }) => [name, allowed[name] ?? valueOf(type)])),
      ...(child ? { [child.column]: parents[child.parent] } : { workspace_id: workspaceId }),
      ...(names.has("id") && { id }),
    };
    const columns = Object.keys(given);
    await pool.query(
      `insert into ${table} (${columns.map((name) => `"${name}"`).join(", ")})
       values (${columns.map((_, index) => `$${index + 1}`).join(", ")})`,
      Object.values(given),
    );
  }
}

/** For each column of a table that takes only certain words, the first of them. */
async function firstAllowed(pool: TestApp["pool"], table: string): Promise<Record<string, string>> {
  const { rows } = await pool.query<{ rule: string }>(
    "select pg_get_constraintdef(oid) as rule from pg_constraint where conrelid = $1::regclass and contype = 'c'",
    [table],
  );
  const found = rows.map(({ rule }) => /\((\w+) = ANY \(ARRAY\['([^']*)'/.exec(rule));
  return Object.fromEntries(found.flatMap((match) => (match?.[1] ? [[match[1], match[2] ?? ""]] : [])));
}

function valueOf(type: string): unknown {
  if (type === "uuid") return idOf(String(Math.random()));
  if (type === "text") return String(Math.random());
  if (type === "ARRAY") return [];
  if (type.startsWith("timestamp") || type === "date") return "2026-01-01";
  if (type === "jsonb") return "{}";
  if (type === "bytea") return Buffer.from("x");
  if (type === "boolean") return false;
  return 1;
}

async function rowsOf({ pool, db }: TestApp, workspaceId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of await tablesOfWorkspaces(db)) {
    const { rows } = await pool.query(`select count(*) as n from ${table} where workspace_id = $1`, [
      workspaceId,
    ]);
    counts[table] = rows[0].n;
  }
  for (const [table, { column, parent }] of Object.entries(childTables)) {
    const { rows } = await pool.query(`select count(*) as n from ${table} where ${column} = $1`, [
      idOf(workspaceId, parent),
    ]);
    counts[table] = rows[0].n;
  }
  return counts;
}

import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { newApiClient } from "../../../test/api-client.ts";
import { newTestApp } from "../../../test/new-test-app.ts";
import { shareWorkspaces } from "../../platform/database/workspace-lock.ts";
import { importFile } from "./import-file.ts";

async function newImported(text: string) {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  const file = Readable.from([Buffer.from(text)]);
  const { id } = await importFile(nines.resources, { workspaceId: client.workspaceId, file });
  return { nines, client, id };
}

const orphans =
  "select key from customer_keys k where not exists (select from customers c where c.id = k.customer_id)";
const nobodys =
  "select id from responses r where not exists (select from customers c where c.id = r.customer_id)";

test("undo takes every key of a customer it removes, also one that a later answer brought", async () => {
  const { nines, client, id } = await newImported("email,score,date\nada@example.com,9,2026-01-02\n");
  // A sender changes the address, and then that answer goes: only the import made this customer.
  await client.ask("POST", "/responses", { score: 3, customer: { email: "ada@example.com", id: "u1" } });
  await client.ask("POST", "/responses", { score: 4, customer: { id: "u1", email: "ada@new.example" } });
  await nines.pool.query("delete from responses where import_id is null");
  await client.ask("POST", `/imports/${id}/undo`);
  await nines.runJobs();
  expect((await nines.pool.query("select key from customer_keys")).rows).toEqual([]);
  await client.ask("POST", "/responses", { score: 9, customer: { email: "ada@example.com" } });
  expect((await nines.pool.query(nobodys)).rows).toEqual([]);
});

test("undo waits for an answer that has found a customer, and then leaves that customer", async () => {
  const { nines, client, id } = await newImported("email,score,date\nada@example.com,9,2026-01-02\n");
  const { rows } = await nines.pool.query("select id from customers");
  const writer = await nines.pool.connect();
  await writer.query("begin");
  await writer.query({ ...shareWorkspaces, values: [[client.workspaceId]] });
  await client.ask("POST", `/imports/${id}/undo`);
  const undone = nines.runJobs();
  const waiting = "select count(*) as n from pg_locks where locktype = 'advisory' and not granted";
  await expect.poll(async () => (await nines.pool.query(waiting)).rows[0].n, { timeout: 10_000 }).toBe(1);
  await writer.query(
    `insert into responses (workspace_id, customer_id, id, survey_id, score, channel, at)
     select workspace_id, $1, gen_random_uuid(), survey_id, 8, 'api', now() from imports`,
    [rows[0].id],
  );
  await writer.query("commit");
  writer.release();
  await undone;
  expect((await nines.pool.query("select id from customers")).rows).toEqual(rows);
  expect((await nines.pool.query(nobodys)).rows).toEqual([]);
  expect((await nines.pool.query(orphans)).rows).toEqual([]);
});

test("undo leaves customers who were asked or have complained, for their history is not the file's", async () => {
  const { nines, client, id } = await newImported(
    "email,score,date\nada@example.com,9,2026-01-02\nbob@example.com,3,2026-01-02\neve@example.com,5,2026-01-02\n",
  );
  await nines.pool.query(
    `insert into complaints (workspace_id, customer_id, id, opened_at, source)
     select workspace_id, id, gen_random_uuid(), now(), 'api' from customers where email = 'ada@example.com'`,
  );
  await nines.pool.query(
    `insert into contacts (workspace_id, customer_id, id, at, kind)
     select workspace_id, id, gen_random_uuid(), now(), 'invitation' from customers where email = 'bob@example.com'`,
  );
  await client.ask("POST", `/imports/${id}/undo`);
  await nines.runJobs();
  const { rows } = await nines.pool.query("select email from customers order by 1");
  expect(rows).toEqual([{ email: "ada@example.com" }, { email: "bob@example.com" }]);
  expect((await nines.pool.query("select key from customer_keys order by 1")).rows).toHaveLength(2);
});

test("a batch waits while somebody deletes in the workspace", async () => {
  const { nines, client } = await newImported("email,score\nada@example.com,9\n");
  const alone = await nines.pool.connect();
  await alone.query("begin");
  await alone.query("select pg_advisory_xact_lock(7464, hashtext($1))", [client.workspaceId]);
  const file = Readable.from([Buffer.from("email,score\nada@example.com,8\n")]);
  const second = importFile(nines.resources, { workspaceId: client.workspaceId, file });
  const waiting = "select count(*) as n from pg_locks where locktype = 'advisory' and not granted";
  await expect.poll(async () => (await nines.pool.query(waiting)).rows[0].n, { timeout: 10_000 }).toBe(1);
  // Ada goes; a batch that had looked her up before would give its answer to nobody.
  await alone.query("delete from responses");
  await alone.query("delete from customers");
  await alone.query("delete from customer_keys");
  await alone.query("commit");
  alone.release();
  await second;
  expect((await nines.pool.query(nobodys)).rows).toEqual([]);
});

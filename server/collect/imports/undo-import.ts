import type pg from "pg";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import { holdWorkspaceAlone } from "../../platform/database/workspace-lock.ts";
import type { Resources } from "../../platform/resources.ts";
import { send, sendJob, type Jobs } from "../../platform/jobs/send.ts";
import { Refusal } from "../../platform/errors.ts";
import { type CustomerTable, readCustomerTables } from "../customers/customer-tables.ts";
import { scoreChangesInsert } from "../insert-score-changes.ts";
import { scoreChanges } from "../score-days.ts";
import { findImport } from "./import.ts";
import { beginBatch } from "./store-batch.ts";

/**
 * Asks for the undoing of an import; one that is running stops.
 * @throws Refusal when there is nothing to undo
 */
export async function requestUndo(
  { database, clock }: Resources,
  workspaceId: string,
  importId: string,
): Promise<void> {
  await inTransaction(database.db, async (db) => {
    const row = await findImport(db, workspaceId, importId);
    const { numUpdatedRows } = await db
      .updateTable("imports")
      .set({ state: "undoing", updatedAt: clock.now(), error: null })
      .where("id", "=", importId)
      .where("state", "in", ["done", "failed", "running"])
      .executeTakeFirst();
    if (numUpdatedRows === 1n) return send(db, "undo-import", { workspaceId, importId });
    if (row.state === "undoing") return undefined;
    throw new Refusal("conflict", "There is nothing to undo: this import has stored no answers.", {
      reason: "nothing_to_undo",
    });
  });
}

const batchSize = 10_000;
// Fewer, for nobody else can write into the workspace meanwhile.
const customersAtOnce = 2_000;

interface StoredAnswer {
  id: string;
  score: number;
  channel: string;
  language: string | null;
  weight: number | null;
  at: Date;
  sourceId: string | null;
}

/**
 * Does the job `undo-import`: takes out the answers of an import, then the customers and accounts that came with it and
 * have nothing else. Each batch is one transaction; killed at any moment, it goes on with what is left.
 */
export async function undoImport(
  resources: Resources,
  { workspaceId, importId }: Jobs["undo-import"],
  signal?: AbortSignal,
): Promise<void> {
  const { database, clock } = resources;
  const row = await database.db
    .selectFrom("imports")
    .select(["state", "surveyId"])
    .where("id", "=", importId)
    .where("workspaceId", "=", workspaceId)
    .executeTakeFirst();
  if (row?.state !== "undoing") return;
  const customerTables = await readCustomerTables(database.db);
  const client = await database.pool.connect();
  let broken: Error | undefined;
  try {
    let cursor: Cursor | undefined = { at: new Date("9999-12-31T00:00:00Z"), id: lastId };
    while (cursor) {
      signal?.throwIfAborted();
      cursor = await undoAnswers(client, workspaceId, row.surveyId, importId, cursor);
    }
    let after: string | undefined = firstId;
    while (after !== undefined) {
      signal?.throwIfAborted();
      after = await undoCustomers(client, { workspaceId, importId, customerTables }, after);
    }
    await undoAccounts(client, workspaceId, importId);
    await client.query(
      `with gone as (delete from import_chunks where import_id = $1)
       update imports set state = 'undone', updated_at = $2, finished_at = $2 where id = $1 and state = 'undoing'`,
      [importId, clock.now()],
    );
  } catch (error) {
    broken = error as Error;
    throw error;
  } finally {
    client.release(broken);
  }
}

const firstId = "00000000-0000-0000-0000-000000000000";
const lastId = "ffffffff-ffff-ffff-ffff-ffffffffffff";

interface Cursor {
  at: Date;
  id: string;
}

/** Takes the next batch of answers out, newest first, and gives where it ended; undefined when there are none left. */
async function undoAnswers(
  client: pg.ClientBase,
  workspaceId: string,
  surveyId: string,
  importId: string,
  before: Cursor,
): Promise<Cursor | undefined> {
  return inBatch(client, async () => {
    const { rows: found } = await client.query<Cursor & { customerId: string }>(
      `select customer_id as "customerId", id, at from responses
       where workspace_id = $1 and survey_id = $2 and import_id = $3 and (at, id) < ($4, $5)
       order by at desc, id desc limit ${batchSize}`,
      [workspaceId, surveyId, importId, before.at, before.id],
    );
    const last = found.at(-1);
    if (!last) return undefined;
    const { rows } = await client.query<StoredAnswer>(
      `delete from responses r using unnest($1::uuid[], $2::uuid[]) as gone (customer_id, id)
       where r.customer_id = gone.customer_id and r.id = gone.id and r.import_id = $3
       returning r.id, r.score, r.channel, r.language, r.weight, r.at, r.source_id as "sourceId"`,
      [found.map(({ customerId }) => customerId), found.map(({ id }) => id), importId],
    );
    const named = rows.filter(({ sourceId }) => sourceId !== null).map(({ id }) => `response:${id}`);
    await deleteKeys(client, workspaceId, named);
    await client.query(
      scoreChangesInsert(
        scoreChanges(
          rows.map((row) => Object.assign(row, { workspaceId, surveyId })),
          -1,
        ),
      ),
    );
    const news = sendJob("response-recorded", { workspaceId, responses: [] });
    await client.query(news.query, news.parameters);
    return { at: last.at, id: last.id };
  });
}

/** Takes out those of the next customers of the import who have nothing else; gives the last id that was looked at. */
async function undoCustomers(
  client: pg.ClientBase,
  { workspaceId, importId, customerTables }: Jobs["undo-import"] & { customerTables: CustomerTable[] },
  after: string,
): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>(
    `select id from customers where workspace_id = $1 and import_id = $2 and id > $3 order by id limit ${customersAtOnce}`,
    [workspaceId, importId, after],
  );
  if (rows.length === 0) return undefined;
  return inBatch(client, async () => {
    // Whoever has found one of these customers by a key commits first, and then they have an answer or an invitation.
    await holdWorkspaceAlone(client, workspaceId);
    const { rows: gone } = await client.query<{ id: string }>(
      `delete from customers c where c.id = any ($1::uuid[])
         and not exists (select from responses r where r.customer_id = c.id)
         and not exists (select from invitations i where i.customer_id = c.id)
         and not exists (select from contacts x where x.customer_id = c.id)
         and not exists (select from complaints x where x.customer_id = c.id)
         and not exists (select from events x where x.customer_id = c.id)
         and not exists (select from purchases x where x.customer_id = c.id)
       returning c.id`,
      [rows.map(({ id }) => id)],
    );
    // By the customer, for answers that came later may have given them further keys; and what follows from what they
    // did and said, as where they stand.
    const ids = gone.map(({ id }) => id);
    await client.query("delete from customer_merges where into_id = any ($1::uuid[])", [ids]);
    for (const { name } of customerTables.filter(({ name }) => name !== "suppressions"))
      await client.query(`delete from ${name} where customer_id = any ($1::uuid[])`, [ids]);
    return rows.at(-1)?.id;
  });
}

async function deleteKeys(client: pg.ClientBase, workspaceId: string, keys: string[]): Promise<void> {
  if (keys.length === 0) return;
  await client.query("delete from customer_keys where key = any ($1::text[]) and workspace_id = $2", [
    keys.sort(),
    workspaceId,
  ]);
}

async function undoAccounts(client: pg.ClientBase, workspaceId: string, importId: string): Promise<void> {
  const { rows: made } = await client.query<{ id: string }>(
    "select id from accounts where workspace_id = $1 and import_id = $2",
    [workspaceId, importId],
  );
  if (made.length === 0) return;
  await inBatch(client, async () => {
    await holdWorkspaceAlone(client, workspaceId);
    // In two steps, because on a cluster accounts are on every node and customers are spread.
    const ids = made.map(({ id }) => id);
    const { rows } = await client.query<{ id: string }>(
      "select distinct account_id as id from customers where workspace_id = $1 and account_id = any ($2::uuid[])",
      [workspaceId, ids],
    );
    const used = new Set(rows.map(({ id }) => id));
    const unused = ids.filter((id) => !used.has(id));
    await client.query("delete from accounts where workspace_id = $1 and id = any ($2::uuid[])", [
      workspaceId,
      unused,
    ]);
  });
}

async function inBatch<Result>(client: pg.ClientBase, work: () => Promise<Result>): Promise<Result> {
  await client.query(beginBatch);
  try {
    const result = await work();
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  }
}

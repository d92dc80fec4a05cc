import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Clock } from "../../platform/clock.ts";
import type { Resources } from "../../platform/resources.ts";
import { shareWorkspaces } from "../../platform/database/workspace-lock.ts";
import { sendJob } from "../../platform/jobs/send.ts";
import { scoreChangesInsert } from "../insert-score-changes.ts";
import {
  keysOf,
  planRecording,
  type KeyRow,
  type ReadyAnswer,
  type RecordingPlan,
} from "../recording-plan.ts";
import { scoreChanges } from "../score-days.ts";
import { copyText } from "./copy-text.ts";
import type { Batch, FailedRow, ImportTarget } from "./read-batches.ts";

/** What an import has done so far. */
export interface Progress {
  rowsRead: number;
  rowsStored: number;
  rowsKnown: number;
  rowsUnanswered: number;
  rowsFailed: number;
  bytesRead: number;
}

/** The import is no longer this run's: it was undone, or another worker has gone on with it. */
export class ImportTakenAway extends Error {
  constructor() {
    super("This import was undone while it ran.");
  }
}

const mostRaces = 20;

/**
 * Lookups of thousands of keys must go by the index: planned for the very values, PostgreSQL compares them all with its
 * statistics first and then prefers to scan the table (118 ms instead of 14 ms for 8,000 of 600,000 keys).
 */
export const beginBatch =
  "begin isolation level read committed; set local plan_cache_mode = force_generic_plan";

/**
 * Stores a batch, its failures and the progress of the import in one transaction, so that a kill at any moment leaves
 * whole batches. New rows are copied straight into the tables; where another transaction was quicker with one of
 * them the database refuses, nothing is stored, and the batch claims its keys before it goes on.
 * @returns the progress with this batch
 */
export async function storeBatch(
  client: pg.ClientBase,
  { clock }: Pick<Resources, "clock">,
  target: ImportTarget,
  batch: Batch,
  before: Progress,
): Promise<Progress> {
  for (let races = 0; ; races++) {
    try {
      await client.query(beginBatch);
      await client.query({ ...shareWorkspaces, values: [[target.workspaceId]] });
      const claim = races > 0;
      const plan = await planBatch(client, target, batch, { clock, claim });
      const progress = progressWith(before, batch, plan);
      // First, for its row lock keeps a second worker waiting until this batch is settled.
      await writeProgress(client, target, progress, before.rowsRead, clock.now());
      await writePlan(client, target, claim ? { ...plan, keys: [] } : plan, clock.now());
      await writeFailures(client, target, batch.failures);
      if (plan.responses.length > 0) {
        // Light on purpose: old answers are folded into the counts, but they alert nobody.
        const news = sendJob("response-recorded", { workspaceId: target.workspaceId, responses: [] });
        await client.query(news.query, news.parameters);
      }
      await client.query("commit");
      return progress;
    } catch (error) {
      await client.query("rollback").catch(() => {});
      if (!isRace(error) || races === mostRaces) throw error;
    }
  }
}

/** A row that another transaction has just written, or a wait in a circle. */
function isRace(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === "23505" || code === "40P01" || code === "40001";
}

async function planBatch(
  client: pg.ClientBase,
  { workspaceId }: ImportTarget,
  batch: Batch,
  { clock, claim }: { clock: Clock; claim: boolean },
): Promise<RecordingPlan> {
  // Of two answers of one customer, the later tells who they are now; files are sorted either way.
  const answers = batch.answers.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const wanted = new Set<string>();
  for (const answer of answers) for (const { key } of keysOf(answer)) wanted.add(key);
  const find = () => (wanted.size === 0 ? [] : findKeys(client, workspaceId, [...wanted]));
  let plan = await planWith(client, answers, await find(), clock);
  if (!claim) return plan;
  for (;;) {
    const mine = await claimKeys(client, plan.keys);
    if (mine.size === plan.keys.length) return plan;
    // Others have some of them and have committed. Ours stay ours, but may have to become another customer's.
    const keys = (await find()).filter(({ key }) => !mine.has(key));
    await client.query("delete from customer_keys where key = any ($1::text[]) and workspace_id = $2", [
      [...mine],
      workspaceId,
    ]);
    plan = await planWith(client, answers, keys, clock);
  }
}

/** Takes the keys that nobody has, waiting for those who are about to, and gives these. */
async function claimKeys(client: pg.ClientBase, keys: readonly KeyRow[]): Promise<Set<string>> {
  const { rows } = await client.query<{ key: string }>({
    name: "import-claim-keys",
    text: `
      insert into customer_keys (workspace_id, key, customer_id)
      select * from unnest($1::uuid[], $2::text[], $3::uuid[])
      on conflict do nothing returning key`,
    values: [
      keys.map(({ workspaceId }) => workspaceId),
      keys.map(({ key }) => key),
      keys.map(({ customerId }) => customerId),
    ],
  });
  return new Set(rows.map(({ key }) => key));
}

async function planWith(
  client: pg.ClientBase,
  answers: readonly ReadyAnswer[],
  keys: KeyRow[],
  clock: Clock,
): Promise<RecordingPlan> {
  const plan = planRecording(answers, { keys, responses: [] }, clock);
  // A customer who is new has no answers yet. Of the others, answers without an id of their own must be looked up.
  const known = new Set(keys.map(({ customerId }) => customerId));
  const anonymous = new Set(plan.newCustomers.filter((row) => row.anonymous).map(({ id }) => id));
  const doubtful = plan.responses.filter(
    ({ sourceId, customerId }) => sourceId === null && (known.has(customerId) || anonymous.has(customerId)),
  );
  if (doubtful.length === 0) return plan;
  // Whoever gave an anonymous answer may have been found to be somebody else.
  const { rows: merges } = await client.query<{ customerId: string; intoId: string }>({
    name: "import-follow-merges",
    text: `select customer_id as "customerId", into_id as "intoId" from customer_merges where customer_id = any ($1::uuid[])`,
    values: [doubtful.map(({ customerId }) => customerId).filter((id) => anonymous.has(id))],
  });
  const intoOf = new Map(merges.map(({ customerId, intoId }) => [customerId, intoId]));
  const { rows: responses } = await client.query<{ customerId: string; id: string }>({
    name: "import-find-responses",
    text: `
      select w.named as "customerId", r.id
      from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as w (customer_id, id, named)
      join responses r on r.customer_id = w.customer_id and r.id = w.id`,
    values: [
      doubtful.map(({ customerId }) => intoOf.get(customerId) ?? customerId),
      doubtful.map(({ id }) => id),
      doubtful.map(({ customerId }) => customerId),
    ],
  });
  return responses.length === 0 ? plan : planRecording(answers, { keys, responses }, clock);
}

async function findKeys(client: pg.ClientBase, workspaceId: string, keys: string[]): Promise<KeyRow[]> {
  const { rows } = await client.query<KeyRow>({
    name: "import-find-keys",
    text: `select key, customer_id as "customerId" from customer_keys where key = any ($1::text[]) and workspace_id = $2`,
    values: [keys, workspaceId],
  });
  return rows.map((row) => Object.assign(row, { workspaceId }));
}

function progressWith(before: Progress, batch: Batch, plan: RecordingPlan): Progress {
  const known = plan.results.filter((result) => result.known).length;
  return {
    rowsRead: before.rowsRead + batch.rows,
    rowsStored: before.rowsStored + batch.answers.length - known,
    rowsKnown: before.rowsKnown + known,
    rowsUnanswered: before.rowsUnanswered + batch.unanswered,
    rowsFailed: before.rowsFailed + batch.failures.length,
    bytesRead: batch.bytes,
  };
}

async function writeProgress(
  client: pg.ClientBase,
  { importId }: ImportTarget,
  progress: Progress,
  rowsReadBefore: number,
  now: Date,
): Promise<void> {
  const { rowsRead, rowsStored, rowsKnown, rowsUnanswered, rowsFailed, bytesRead } = progress;
  const { rowCount } = await client.query(
    `update imports set rows_read = $3, rows_stored = $4, rows_known = $5, rows_unanswered = $6, rows_failed = $7,
       bytes_read = $8, updated_at = $9, error = null
     where id = $1 and rows_read = $2 and state = 'running'`,
    [importId, rowsReadBefore, rowsRead, rowsStored, rowsKnown, rowsUnanswered, rowsFailed, bytesRead, now],
  );
  if (rowCount === 0) throw new ImportTakenAway();
}

async function writePlan(
  client: pg.ClientBase,
  target: ImportTarget,
  plan: RecordingPlan,
  now: Date,
): Promise<void> {
  const { importId } = target;
  const { accounts, changedCustomers, responses } = plan;
  if (accounts.length > 0) await client.query(insertAccounts, [JSON.stringify(accounts), importId, now]);
  const texts = copyText(plan, importId, now);
  await copy(client, "customer_keys (workspace_id, key, customer_id)", texts.keys);
  await copy(client, `customers (${texts.customerColumns})`, texts.customers);
  if (changedCustomers.length > 0) {
    const latest = new Map(responses.map(({ customerId, at }) => [customerId, at]));
    const rows = changedCustomers.map((row) => Object.assign(row, { at: latest.get(row.id) }));
    await client.query(updateCustomers, [JSON.stringify(rows), importId, now]);
  }
  await copy(client, `responses (${texts.responseColumns})`, texts.responses);
  const changes = scoreChanges(responses);
  if (changes.length > 0) await client.query(scoreChangesInsert(changes));
}

async function copy(client: pg.ClientBase, into: string, text: string): Promise<void> {
  if (text === "") return;
  await pipeline([Buffer.from(text)], client.query(copyFrom(`copy ${into} from stdin`)));
}

const insertAccounts = `
  insert into accounts as a (workspace_id, id, key, name, import_id, created_at)
  select "workspaceId", id, key, name, $2::uuid, $3::timestamptz
  from json_to_recordset($1::json) as r ("workspaceId" uuid, id uuid, key text, name text)
  on conflict (workspace_id, key) do update set name = coalesce(a.name, excluded.name)
    where a.name is null and excluded.name is not null`;

// What a file says about a customer fills gaps. It replaces what the same import said before when this answer is
// the customer's latest, and never what others said.
const updateCustomers = `
  with said as (
    select r.*, c.import_id = $2::uuid
        and not exists (select from responses later where later.customer_id = c.id and later.at > r.at) as wins
    from json_to_recordset($1::json) as r ("workspaceId" uuid, id uuid, "accountId" uuid, "externalId" text, email text,
      phone text, name text, language text, traits jsonb, at timestamptz)
    join customers c on c.id = r.id and c.workspace_id = r."workspaceId"
  )
  update customers c set
    account_id = case when wins then coalesce(s."accountId", c.account_id) else coalesce(c.account_id, s."accountId") end,
    external_id = coalesce(c.external_id, s."externalId"),
    email = coalesce(case when c.verified then c.email end, s.email),
    phone = coalesce(case when c.verified then c.phone end, s.phone),
    verified = true,
    name = case when wins then coalesce(s.name, c.name) else coalesce(c.name, s.name) end,
    language = case when wins then coalesce(s.language, c.language) else coalesce(c.language, s.language) end,
    traits = case when wins then c.traits || s.traits else s.traits || c.traits end,
    updated_at = $3::timestamptz
  from said s
  where c.id = s.id and c.workspace_id = s."workspaceId"
    and (wins or not c.verified or c.account_id is null and s."accountId" is not null
      or c.external_id is null and s."externalId" is not null or c.email is null and s.email is not null
      or c.phone is null and s.phone is not null or c.name is null and s.name is not null
      or c.language is null and s.language is not null or s.traits || c.traits <> c.traits)`;

async function writeFailures(
  client: pg.ClientBase,
  { importId }: ImportTarget,
  failures: FailedRow[],
): Promise<void> {
  if (failures.length === 0) return;
  await client.query(
    `insert into import_failures (import_id, line, reason, values, row)
     select $1::uuid, line, reason, values, "row"
     from json_to_recordset($2::json) as f (line bigint, reason text, values jsonb, "row" text)
     on conflict do nothing`,
    [importId, JSON.stringify(failures)],
  );
}

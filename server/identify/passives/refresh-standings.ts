import { type RawBuilder, sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { customerFigures } from "./customer-figures.ts";
import { type CustomerRange, firstId, lastId, within } from "./customer-range.ts";
import { judgedFigures } from "./judged-figures.ts";
import { measureNorms, ensureNorms } from "./measure-norms.ts";
import { normsFrom } from "./norm.ts";
import { readRuleChoices } from "./rule-choices.ts";
import type { RuleChoices } from "./rules.ts";

// Few enough that whoever needs the workspace alone, to merge or delete customers, does not wait long.
const customersAtOnce = 10_000;
// Two-part keys: the first part keeps these locks apart from all others that Nines takes.
const lockFamily = 7_466;

/**
 * Writes anew where these customers stand, or all of the workspace, whose norms are then measured first. Each batch is one
 * transaction; only rows in which something changed are written, and those of customers who are gone are removed.
 */
export async function refreshStandings(
  db: Database,
  clock: Clock,
  workspaceId: string,
  customers?: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  const now = clock.now();
  const choices = await readRuleChoices(db, workspaceId);
  if (customers) {
    const unique = [...new Set(customers)].sort();
    for (let i = 0; i < unique.length; i += customersAtOnce) {
      signal?.throwIfAborted();
      await refresh(db, { workspaceId, choices, now }, { customers: unique.slice(i, i + customersAtOnce) });
    }
    return;
  }
  await measureNorms(db, workspaceId, now);
  for (let after = firstId; after !== lastId;) {
    signal?.throwIfAborted();
    const upTo = await endOfBatch(db, workspaceId, after);
    await refresh(db, { workspaceId, choices, now }, { after, upTo });
    after = upTo;
  }
}

/** The last id of the next batch, or of all ids. */
async function endOfBatch(db: Database, workspaceId: string, after: string): Promise<string> {
  const row = await db
    .selectFrom("customers")
    .select("id")
    .where("workspaceId", "=", workspaceId)
    .where("id", ">", after)
    .orderBy("id")
    .offset(customersAtOnce - 1)
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? lastId;
}

/** A customer who is found stays until the commit; and of two refreshes, the later one has seen more. */
async function lockStandings(db: Database, workspaceId: string): Promise<void> {
  await lockWorkspace(db, workspaceId, "shared");
  await sql`select pg_advisory_xact_lock(${lockFamily}, hashtext(${workspaceId}))`.execute(db);
}

interface Refresh {
  workspaceId: string;
  choices: RuleChoices;
  now: Date;
}

async function refresh(db: Database, { workspaceId, choices, now }: Refresh, range: CustomerRange) {
  await inTransaction(db, async (db) => {
    await lockStandings(db, workspaceId);
    await sql`select set_config('enable_nestloop', 'off', true), set_config('work_mem', '32MB', true)`.execute(
      db,
    );
    const norms = normsFrom(await ensureNorms(db, workspaceId, now));
    const figures = customerFigures({
      workspaceId,
      range,
      now,
      norms,
      browsing: choices.browsing.settings.events,
      unansweredAfter: choices.scarce_answers.settings.days,
    });
    await writeStandings(db, workspaceId, judgedFigures(figures, choices), now);
    await sql`
      delete from standings s where s.workspace_id = ${workspaceId}::uuid and ${within("s.customer_id", range)}
        and not exists (
          select from customers c
          where c.id = s.customer_id and c.workspace_id = ${workspaceId}::uuid and ${within("c.id", range)})`.execute(
      db,
    );
  });
}

const columns = [
  "score",
  "category",
  "answered_at",
  "survey_id",
  "previous_score",
  "answers",
  "asked",
  "asked_at",
  "state",
  "state_since",
  "change",
  "features",
  "plan",
  "revenue",
  "currency",
  "counted_revenue",
  "gone",
  "reasons",
  "reason_values",
  "status",
];
const list = (prefix: string) => sql.raw(columns.map((name) => `${prefix}${name}`).join(", "));

async function writeStandings(
  db: Database,
  workspaceId: string,
  judged: RawBuilder<unknown>,
  now: Date,
): Promise<void> {
  // Since when: an answer or a silence has its own time, what the rules find is found now.
  await sql`
    insert into standings as s (workspace_id, customer_id, ${list("")}, status_since, refreshed_at)
    select ${workspaceId}::uuid, customer_id, ${list("")},
      case status when 'stated' then answered_at when 'silent' then asked_at
        when 'behavioural' then now when 'both' then now end,
      -- Of anonymous answers nobody may know the moment.
      case when anonymous then date_trunc('day', now) else now end
    from (${judged}) as j
    on conflict (customer_id) do update set
      ${sql.raw(columns.map((name) => `${name} = excluded.${name}`).join(", "))},
      status_since = case when s.status is not distinct from excluded.status then s.status_since
        when s.status is null then excluded.status_since when excluded.status is not null then ${now}::timestamptz end,
      refreshed_at = excluded.refreshed_at
    where (${list("s.")}) is distinct from (${list("excluded.")})`.execute(db);
}

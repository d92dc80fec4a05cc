import { shareWorkspaces } from "../platform/database/workspace-lock.ts";
import { countAnswered } from "./asking/invitation-days.ts";
import { sendJob } from "../platform/jobs/send.ts";
import { scoreChangesInsert } from "./insert-score-changes.ts";
import type { KeyRow, ReadyAnswer, RecordingPlan, ResponseRow } from "./recording-plan.ts";
import { dayOf, scoreChanges } from "./score-days.ts";

/** A prepared statement and its values. */
export interface Statement {
  name: string;
  text: string;
  values: unknown[];
}

/** Finds the customers that have these keys. */
export function selectKeys(keys: readonly KeyRow[]): Statement {
  return {
    name: "select-customer-keys",
    text: `
      select workspace_id as "workspaceId", key, customer_id as "customerId" from customer_keys
      where key = any ($1::text[]) and workspace_id = any ($2::uuid[])`,
    values: [keys.map(({ key }) => key), [...new Set(keys.map(({ workspaceId }) => workspaceId))]],
  };
}

/** Fails unless all these keys belong to the customers they are said to belong to. */
export function requireKeys(keys: readonly KeyRow[]): Statement {
  return {
    name: "require-customer-keys",
    text: `
      select 1 / (count(*) = cardinality($1::text[]))::integer
      from unnest($1::text[], $2::uuid[], $3::uuid[]) as r (key, workspace_id, customer_id)
      join customer_keys k
        on k.key = r.key and k.workspace_id = r.workspace_id and k.customer_id = r.customer_id`,
    values: [
      keys.map(({ key }) => key),
      keys.map(({ workspaceId }) => workspaceId),
      keys.map(({ customerId }) => customerId),
    ],
  };
}

/** Finds which of these answers are stored already. */
export function selectResponses(responses: readonly ResponseRow[]): Statement {
  return {
    name: "select-stored-responses",
    text: `
      select r.customer_id as "customerId", r.id from responses r
      where r.customer_id = any ($1::uuid[]) and r.id = any ($2::uuid[])`,
    values: [responses.map(({ customerId }) => customerId), responses.map(({ id }) => id)],
  };
}

/**
 * Begins a transaction in the workspaces of these answers; whoever deletes in them waits for it. Where a workspace is
 * not there (any more), everything that follows fails.
 */
export function openTransaction(answers: readonly ReadyAnswer[]): (string | Statement)[] {
  const workspaces = [...new Set(answers.map(({ workspaceId }) => workspaceId))];
  // Read committed: what is read after the lock shows what was committed while waiting for it.
  const made = new Set(answers.filter((answer) => !answer.inTheMaking).map((answer) => answer.workspaceId));
  return [
    "begin isolation level read committed",
    { ...shareWorkspaces, values: [workspaces] },
    { name: "require-workspaces", text: requireWorkspaces, values: [[...made]] },
  ];
}

/** The state of the error by which `openTransaction` and `requireKeys` say that something is not there. */
export const rowMissing = "22012";

// Divides by zero, because an error stops what has already been sent behind it. Not in the statement that locks: that
// one still sees the database as it was before the wait.
const requireWorkspaces = `
  select 1 / (count(*) = cardinality($1::uuid[]))::integer from workspaces where id = any ($1::uuid[])`;

/**
 * The rows of a plan, to be sent without waiting in between. They are plain inserts: where another transaction was
 * quicker the database says so, nothing is stored, and the plan is made anew.
 */
export function writePlan(plan: RecordingPlan, now: Date): Statement[] {
  const { keys, newCustomers, changedCustomers, accounts, responses } = plan;
  const statements: Statement[] = [];
  const add = (name: string, text: string, rows: readonly object[], ...more: unknown[]) => {
    if (rows.length > 0) statements.push({ name, text, values: [JSON.stringify(rows), ...more] });
  };
  add("insert-customer-keys", insertKeys, keys);
  add("insert-accounts", insertAccounts, accounts, now);
  add(
    "update-accounts",
    updateAccounts,
    accounts.filter(({ name }) => name !== null),
  );
  add("update-customers", updateCustomers, changedCustomers, now);
  // What programs send takes the same statements as ever; answers of our own pages have more to store.
  if (!responses.some(({ given }) => given)) {
    add("insert-customers", insertCustomers, newCustomers, now);
    add("insert-responses", insertResponses, responses, now);
  } else statements.push(...writeGiven(plan, now));
  const counted = responses.map((row) => Object.assign({ surveyVersion: row.given?.version ?? null }, row));
  if (counted.length > 0) statements.push(scoreChangesInsert(scoreChanges(counted)));
  return [...statements, ...announce(responses, now)];
}

/** The customers and responses of a plan in which answers of our own pages are. */
function writeGiven({ newCustomers, responses }: RecordingPlan, now: Date): Statement[] {
  const statements: Statement[] = [];
  const add = (name: string, text: string, rows: readonly object[], ...more: unknown[]) => {
    if (rows.length > 0) statements.push({ name, text, values: [JSON.stringify(rows), ...more] });
  };
  const without = newCustomers.filter(({ untraceable }) => untraceable);
  const others = newCustomers.filter(({ untraceable }) => !untraceable);
  add("insert-customers", insertCustomers, without, startOfDay(now));
  add("insert-customers", insertCustomers, others, now);
  const given = responses.filter((row) => row.given);
  const sent = responses.filter((row) => !row.given);
  add("insert-responses", insertResponses, sent, now);
  add("insert-given-responses", insertGiven, given.map(givenRow), now, startOfDay(now));
  return [...statements, ...settleInvitations(given, now)];
}

/** The jobs that carry the news of these answers, one for each workspace. */
function announce(responses: readonly ResponseRow[], now: Date): Statement[] {
  const news = new Map<string, { customerId: string; id: string }[]>();
  const silent = new Set<string>();
  for (const { workspaceId, customerId, id, given } of responses) {
    if (given?.untraceable) silent.add(workspaceId);
    else if (!news.get(workspaceId)?.push({ customerId, id })) news.set(workspaceId, [{ customerId, id }]);
  }
  const loud = [...news].map(([workspaceId, named]) => {
    const { query, parameters } = sendJob("response-recorded", { workspaceId, responses: named });
    return { name: "send-job", text: query, values: parameters };
  });
  return [...loud, ...[...silent].map((workspaceId) => foldLater(workspaceId, now))];
}

const dayInMilliseconds = 24 * 3600 * 1000;
const startOfDay = (now: Date) => new Date(dayOf(now));

/** The job for answers of which nobody may know the moment: sent at the start of the day, done after its end. */
export function foldLater(workspaceId: string, now: Date): Statement {
  const sentAt = startOfDay(now);
  const startAfter = new Date(sentAt.getTime() + dayInMilliseconds);
  const { query, parameters } = sendJob(
    "response-recorded",
    { workspaceId, responses: [] },
    { sentAt, startAfter },
  );
  return { name: "send-job", text: query, values: parameters };
}

/** An answer of our own pages in one flat row; without a trace where none may be left. */
function givenRow({ given, ...row }: ResponseRow) {
  const { version, state, drivers, mayContact, invitationId = null, untraceable = false } = given!;
  const at = untraceable ? startOfDay(row.at) : row.at;
  return { ...row, at, version, state, drivers, mayContact, invitationId, untraceable };
}

/**
 * Marks invitations as answered, in the transaction that stores the answers: no reminder follows, and what looked like a
 * machine's answer is overridden. Fails where an invitation or its customer is not there any more.
 */
function settleInvitations(given: readonly ResponseRow[], now: Date): Statement[] {
  const invited = given.filter((row) => row.given?.invitationId !== undefined);
  if (invited.length === 0) return [];
  const customers = invited.map(({ customerId }) => customerId);
  const invitations = invited.map((row) => row.given!.invitationId!);
  return [
    { name: "settle-invitations", text: settle, values: [customers, invitations, now] },
    countAnswered(customers, invitations, now),
    { name: "override-set-asides", text: overrideSetAsides, values: [customers, invitations, now] },
  ];
}

// In pairs: of two customers in one batch who have become one, the id of the one who is gone finds nothing.
const settle = `
  with settled as (
    update invitations i set answered_at = coalesce(i.answered_at, $3::timestamptz), remind_at = null
    from unnest($1::uuid[], $2::uuid[]) as r (customer_id, id) join customers c on c.id = r.customer_id
    where i.customer_id = r.customer_id and i.id = r.id
    returning 1)
  select 1 / (count(*) = cardinality($2::uuid[]))::integer from settled`;

const overrideSetAsides = `
  update set_asides a set overridden_at = $3::timestamptz
  from unnest($1::uuid[], $2::uuid[]) as r (customer_id, id)
  where a.customer_id = r.customer_id and a.invitation_id = r.id and a.overridden_at is null`;

const insertKeys = `
  insert into customer_keys (workspace_id, key, customer_id)
  select "workspaceId", key, "customerId"
  from json_to_recordset($1::json) as r ("workspaceId" uuid, key text, "customerId" uuid)`;

const insertAccounts = `
  insert into accounts (workspace_id, id, key, name, created_at)
  select "workspaceId", id, key, name, $2::timestamptz
  from json_to_recordset($1::json) as r ("workspaceId" uuid, id uuid, key text, name text)
  on conflict do nothing`;

const updateAccounts = `
  update accounts a set name = r.name
  from json_to_recordset($1::json) as r ("workspaceId" uuid, key text, name text)
  where a.workspace_id = r."workspaceId" and a.key = r.key and a.name is distinct from r.name`;

const customerColumns = `r ("workspaceId" uuid, id uuid, "accountId" uuid, "externalId" text, email text, phone text,
  name text, language text, traits jsonb, anonymous boolean, verified boolean)`;

const insertCustomers = `
  insert into customers (workspace_id, id, account_id, external_id, email, phone, name, language, traits, anonymous,
    verified, created_at, updated_at)
  select "workspaceId", id, "accountId", "externalId", email, phone, name, language, traits, anonymous, verified,
    $2::timestamptz, $2::timestamptz
  from json_to_recordset($1::json) as ${customerColumns}
  -- The customer of an anonymous answer may still be here after the answer was deleted.
  on conflict (id) do nothing`;

// Whoever is verified by this keeps nothing of an address that was only claimed; and no claim says anything about them.
const updateCustomers = `
  update customers c set verified = c.verified or r.verified,
    account_id = coalesce(r."accountId", c.account_id), external_id = coalesce(c.external_id, r."externalId"),
    email = coalesce(r.email, case when c.verified or not r.verified then c.email end),
    phone = coalesce(r.phone, case when c.verified or not r.verified then c.phone end),
    name = coalesce(r.name, c.name),
    language = coalesce(r.language, c.language), traits = c.traits || r.traits, updated_at = $2::timestamptz
  from json_to_recordset($1::json) as ${customerColumns}
  where c.id = r.id and c.workspace_id = r."workspaceId" and (r.verified or not c.verified)
    and (r.verified and not c.verified
      or r."accountId" is not null and r."accountId" is distinct from c.account_id
      or r."externalId" is not null and c.external_id is null
      or r.email is not null and r.email is distinct from c.email
      or r.phone is not null and r.phone is distinct from c.phone
      or r.name is not null and r.name is distinct from c.name
      or r.language is not null and r.language is distinct from c.language
      or not c.traits @> r.traits)`;

const insertResponses = `
  insert into responses (workspace_id, customer_id, id, survey_id, score, comment, language, channel, at, received_at,
    traits, weight, source_id)
  select "workspaceId", "customerId", id, "surveyId", score, comment, language, channel, at, $2::timestamptz,
    traits, weight, "sourceId"
  from json_to_recordset($1::json) as r ("workspaceId" uuid, "customerId" uuid, id uuid, "surveyId" uuid,
    score smallint, comment text, language text, channel text, at timestamptz, traits jsonb, weight double precision,
    "sourceId" text)`;

const insertGiven = `
  insert into responses (workspace_id, customer_id, id, survey_id, score, comment, language, channel, at, received_at,
    traits, weight, source_id, survey_version, invitation_id, state, drivers, may_contact)
  select "workspaceId", "customerId", id, "surveyId", score, comment, language, channel, at,
    case when untraceable then $3::timestamptz else $2::timestamptz end, traits, weight, "sourceId", version,
    "invitationId", state, drivers, "mayContact"
  from json_to_recordset($1::json) as r ("workspaceId" uuid, "customerId" uuid, id uuid, "surveyId" uuid,
    score smallint, comment text, language text, channel text, at timestamptz, traits jsonb, weight double precision,
    "sourceId" text, version integer, "invitationId" uuid, state text, drivers text[], "mayContact" boolean,
    untraceable boolean)`;

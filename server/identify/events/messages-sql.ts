import { shareWorkspaces } from "../../platform/database/workspace-lock.ts";
import { sendJob } from "../../platform/jobs/send.ts";
import { accountIdOf } from "../../collect/customer.ts";
import type { KeyRow } from "../../collect/recording-plan.ts";
import type { Statement } from "../../collect/recording-sql.ts";
import type { EventErrorRow } from "./collect-problems.ts";
import type { Account, Person } from "./person-state.ts";
import type { MessagePlan } from "./plan-messages.ts";
import type { ReadyMessage } from "./ready-message.ts";

/**
 * Begins a transaction in the workspaces of these messages, notes the messages as stored, and finds whose these keys are.
 * The fourth result says how often keys were taken from customers, those after it which messages are new, the last whose
 * the keys are.
 */
export function openMessages(
  workspaces: readonly { workspaceId: string; inTheMaking: boolean }[],
  messages: readonly ReadyMessage[],
  keys: readonly KeyRow[],
  now: Date,
): (string | Statement)[] {
  const all = new Set(workspaces.map(({ workspaceId }) => workspaceId));
  const existing = new Set(workspaces.filter((each) => !each.inTheMaking).map((each) => each.workspaceId));
  return [
    "begin isolation level read committed",
    { ...shareWorkspaces, values: [[...all]] },
    { name: "require-workspaces", text: requireWorkspaces, values: [[...existing]] },
    { name: "select-keys-changed", text: selectKeysChanged, values: [[...all]] },
    ...byWorkspace(messages).map((group) => noteMessages(group, now)),
    findOwners(keys),
  ];
}

/** A result of noting messages: how many of a workspace were new and, unless all were, which. */
export interface NotedRow {
  workspaceId: string;
  n: number;
  ids: string | null;
}

function noteMessages(messages: readonly ReadyMessage[], now: Date): Statement {
  // Sorted, so that of two transactions with the same messages one waits for the other, and not both.
  const sorted = messages.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const ids = sorted.map(({ id }) => id).join("\n");
  const { workspaceId } = messages[0]!;
  return { name: "note-messages", text: insertIds, values: [workspaceId, ids, now, messages.length] };
}

/** Finds the customers that have these keys. */
export function findOwners(keys: readonly KeyRow[]): Statement {
  const workspaces = [...new Set(keys.map(({ workspaceId }) => workspaceId))];
  return {
    name: "find-owners",
    text: selectOwners,
    values: [JSON.stringify(keys.map(({ key }) => key)), workspaces],
  };
}

/** Most often there is but one. */
function byWorkspace(messages: readonly ReadyMessage[]): (readonly ReadyMessage[])[] {
  const [first] = messages;
  if (!first) return [];
  if (messages.every(({ workspaceId }) => workspaceId === first.workspaceId)) return [messages];
  return [...Map.groupBy(messages, ({ workspaceId }) => workspaceId).values()];
}

/** The state of the error by which these statements say that something is otherwise than it was read. */
export const otherwise = "22012";

// Divides by zero, because an error stops what has already been sent behind it.
const selectKeysChanged = `
  select id as "workspaceId", keys_changed as "keysChanged" from workspaces where id = any ($1::uuid[])`;

const requireWorkspaces = `
  select 1 / (count(*) = cardinality($1::uuid[]))::integer from workspaces where id = any ($1::uuid[])`;

// Columns come as one text each, a line for each row: JSON and names hold no line feeds, and arrays of them would have
// to be escaped here and read sign by sign there.
const lines = (...columns: number[]) => columns.map((n) => `string_to_array($${n}, E'\\n')`).join(", ");

const insertIds = `
  with noted as (
    insert into event_ids (id, workspace_id, at)
    select id::uuid, $1::uuid, $3::timestamptz from unnest(${lines(2)}) as id
    on conflict (id) do nothing
    returning id)
  select $1::uuid as "workspaceId", count(*)::integer as n,
    case when count(*) < $4::integer then string_agg(id::text, E'\\n') end as ids
  from noted`;

// As an array, or the table would be searched in another way.
const selectOwners = `
  select workspace_id as "workspaceId", key, customer_id as "customerId" from customer_keys
  where key = any (array(select json_array_elements_text($1::json))) and workspace_id = any ($2::uuid[])`;

/** What is stored of customers, as far as messages change it. */
export function selectPersons(ids: readonly string[]): Statement {
  return {
    name: "select-persons",
    text: `
      select workspace_id as "workspaceId", id, account_id as "accountId", external_id as "externalId", email, phone, name,
        language, time_zone as "timeZone", traits, traits_at as "traitsAt", anonymous, verified
      from customers where id = any ($1::uuid[])`,
    values: [ids],
  };
}

/** What is stored of accounts. */
export function selectAccounts(accounts: readonly { workspaceId: string; key: string }[]): Statement {
  return {
    name: "select-accounts",
    text: `
      select a.workspace_id as "workspaceId", a.key, a.name, a.traits, a.traits_at as "traitsAt"
      from unnest($1::uuid[], $2::text[]) as r (workspace_id, key)
      join accounts a on a.workspace_id = r.workspace_id and a.key = r.key`,
    values: [accounts.map(({ workspaceId }) => workspaceId), accounts.map(({ key }) => key)],
  };
}

/** The rows of a plan, to be sent without waiting in between; where something is otherwise, all of them fail. */
export function writeMessages(plan: MessagePlan, problems: readonly EventErrorRow[], now: Date): Statement[] {
  const statements: Statement[] = [];
  const add = (name: string, text: string, rows: readonly object[], ...more: unknown[]) => {
    if (rows.length > 0) statements.push({ name, text, values: [JSON.stringify(rows), ...more] });
  };
  const accounts = byNew(plan.accounts);
  const persons = byNew(plan.persons);
  add("insert-person-keys", insertKeys, plan.keys);
  add(
    "insert-said-accounts",
    insertAccounts,
    accounts.made.map((row) => Object.assign({ id: accountIdOf(row.workspaceId, row.key) }, row)),
    now,
  );
  add("update-said-accounts", updateAccounts, accounts.changed.map(accountChange), accounts.changed.length);
  add("insert-persons", insertPersons, persons.made, now);
  add("update-persons", updatePersons, persons.changed.map(personChange), now, persons.changed.length);
  statements.push(...writeEvents(plan.events, now));
  add(
    "insert-event-names",
    insertNames,
    plan.newNames.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  );
  add("insert-event-errors", insertErrors, problems, now);
  return [...statements, ...announce(plan)];
}

function byNew<Each extends Person | Account>(all: readonly Each[]) {
  return {
    made: all.filter(({ isNew }) => isNew).map(({ row }) => row as Each["row"]),
    changed: all.filter(({ isNew }) => !isNew),
  };
}

function accountChange({ row, before, changes }: Account) {
  const { workspaceId, key } = row;
  return { workspaceId, key, before: before.traitsAt, ...changes, name: changes?.columns.name };
}

function personChange({ row, before, changes }: Person) {
  const { workspaceId, id, verified, anonymous } = row;
  const { traits, traitsAt, columns } = changes!;
  const { traitsAt: beforeAt, externalId: beforeId } = before;
  return { workspaceId, id, verified, anonymous, traits, traitsAt, beforeAt, beforeId, ...columns };
}

/** Events of one workspace and one write key at a time, so that what they share is said once. */
function writeEvents(events: MessagePlan["events"], now: Date): Statement[] {
  const statements = bySource(events).map((group): Statement => {
    const { workspaceId, source } = group[0]!.ready;
    const column = (of: (event: MessagePlan["events"][number]) => string) => group.map(of).join("\n");
    const columns = [
      column(({ customerId }) => customerId),
      column(({ ready }) => ready.at),
      column(({ ready }) => ready.id),
      column(({ ready }) => ready.message.type),
      column(({ ready }) => ready.event!.name),
      column(({ ready }) => ready.event!.properties),
      column(({ ready }) => ready.event!.context),
    ];
    const values = [workspaceId, source.writeKeyId, now, ...columns];
    return { name: "insert-events", text: insertEvents, values };
  });
  const bought = events.filter(({ ready }) => ready.event!.purchase);
  if (bought.length > 0)
    statements.push({
      name: "insert-purchases",
      text: insertPurchases,
      values: [
        JSON.stringify(
          bought.map(({ ready, customerId }) => {
            const { workspaceId, id, message, event } = ready;
            return Object.assign({ workspaceId, customerId, id, at: message.at }, event!.purchase);
          }),
        ),
      ],
    });
  return statements;
}

/** Most often all come with one key. */
function bySource(events: MessagePlan["events"]): MessagePlan["events"][] {
  const [first] = events;
  if (!first) return [];
  const { workspaceId, source } = first.ready;
  const isSame = ({ ready }: typeof first) => ready.source === source && ready.workspaceId === workspaceId;
  if (events.every(isSame)) return [events];
  return [
    ...Map.groupBy(events, ({ ready }) => `${ready.workspaceId} ${ready.source.writeKeyId ?? ""}`).values(),
  ];
}

/** The jobs that carry the news: that there are events to be counted, and who is one person. */
function announce({ events, merges: found, awaited }: MessagePlan): Statement[] {
  const statement = ({ query, parameters }: ReturnType<typeof sendJob>) => ({
    name: "send-job",
    text: query,
    values: parameters,
  });
  const counted = [...new Set(events.map(({ ready }) => ready.workspaceId))].map((workspaceId) =>
    statement(sendJob("events-recorded", { workspaceId })),
  );
  const merged = [...Map.groupBy(found, ({ workspaceId }) => workspaceId)].map(([workspaceId, group]) => {
    const merges = group.map(({ from, into, reason }) => ({ from, into, reason }));
    return statement(sendJob("merge-customers", { workspaceId, merges }));
  });
  const asked = [...Map.groupBy(awaited, ({ ready }) => ready.workspaceId)].map(([workspaceId, group]) => {
    const occasions = group.map(({ ready, customerId }) => {
      const { id, at, event } = ready;
      return { event: event!.name, customerId, id, at };
    });
    return statement(sendJob("ask-after-events", { workspaceId, events: occasions }));
  });
  return [...counted, ...merged, ...asked];
}

const insertEvents = `
  with fold as (
    insert into event_folds (workspace_id, customer_ids, names, times)
    values ($1::uuid, string_to_array($4, E'\\n')::uuid[], string_to_array($8, E'\\n'),
      string_to_array($5, E'\\n')::timestamptz[]))
  insert into events (workspace_id, customer_id, at, id, received_at, type, name, properties, context, write_key_id)
  select $1::uuid, customer_id::uuid, at::timestamptz, id::uuid, $3::timestamptz, type, name, properties::jsonb,
    context::jsonb, $2::uuid
  from unnest(${lines(4, 5, 6, 7, 8, 9, 10)}) as r (customer_id, at, id, type, name, properties, context)`;

const insertPurchases = `
  insert into purchases (workspace_id, customer_id, id, at, order_id, revenue, currency, discount, coupon)
  select "workspaceId", "customerId", id, at, "orderId", revenue, currency, discount, coupon
  from json_to_recordset($1::json) as r ("workspaceId" uuid, "customerId" uuid, id uuid, at timestamptz, "orderId" text,
    revenue double precision, currency text, discount double precision, coupon text)`;

const insertKeys = `
  insert into customer_keys (workspace_id, key, customer_id)
  select "workspaceId", key, "customerId"
  from json_to_recordset($1::json) as r ("workspaceId" uuid, key text, "customerId" uuid)`;

const insertAccounts = `
  insert into accounts (workspace_id, id, key, name, traits, traits_at, created_at)
  select "workspaceId", id, key, name, traits, "traitsAt", $2::timestamptz
  from json_to_recordset($1::json) as r ("workspaceId" uuid, id uuid, key text, name text, traits jsonb,
    "traitsAt" jsonb)`;

// Which word is the newest was decided by what was read; so it must still be so.
const updateAccounts = `
  with changed as (
    update accounts a set name = coalesce(r.name, a.name), traits = a.traits || r.traits,
      traits_at = a.traits_at || r."traitsAt"
    from json_to_recordset($1::json) as r ("workspaceId" uuid, key text, name text, traits jsonb, "traitsAt" jsonb,
      before jsonb)
    where a.workspace_id = r."workspaceId" and a.key = r.key and a.traits_at = r.before
    returning 1)
  select 1 / (count(*) = $2::integer)::integer from changed`;

const personColumns = `id uuid, "workspaceId" uuid, "accountId" uuid, "externalId" text, email text, phone text,
  name text, language text, "timeZone" text, traits jsonb, "traitsAt" jsonb, anonymous boolean, verified boolean`;

const insertPersons = `
  insert into customers (workspace_id, id, account_id, external_id, email, phone, name, language, time_zone, traits,
    traits_at, anonymous, verified, created_at, updated_at)
  select "workspaceId", id, "accountId", "externalId", email, phone, name, language, "timeZone", traits, "traitsAt",
    anonymous, verified, $2::timestamptz, $2::timestamptz
  from json_to_recordset($1::json) as r (${personColumns})`;

const updatePersons = `
  with changed as (
    update customers c set verified = c.verified or r.verified, anonymous = c.anonymous and r.anonymous,
      account_id = coalesce(r."accountId", c.account_id), external_id = coalesce(r."externalId", c.external_id),
      -- Whoever is verified by this keeps nothing of an address that was only claimed.
      email = coalesce(r.email, case when c.verified or not r.verified then c.email end),
      -- It was the former address that bounced.
      bounced_at = case when r.email is null or r.email = c.email then c.bounced_at end,
      phone = coalesce(r.phone, case when c.verified or not r.verified then c.phone end),
      name = coalesce(r.name, c.name), language = coalesce(r.language, c.language),
      time_zone = coalesce(r."timeZone", c.time_zone), traits = c.traits || r.traits,
      traits_at = c.traits_at || r."traitsAt", updated_at = $2::timestamptz
    from json_to_recordset($1::json) as r (${personColumns}, "beforeAt" jsonb, "beforeId" text)
    where c.id = r.id and c.workspace_id = r."workspaceId" and c.traits_at = r."beforeAt"
      and c.external_id is not distinct from r."beforeId"
    returning 1)
  select 1 / (count(*) = $3::integer)::integer from changed`;

const insertNames = `
  insert into event_names (workspace_id, name, first_at, last_at)
  select "workspaceId", name, at, at
  from json_to_recordset($1::json) as r ("workspaceId" uuid, name text, at timestamptz)
  on conflict do nothing`;

const insertErrors = `
  insert into event_errors as e (workspace_id, id, at, reason, message, values, payload, kept, n, write_key_id)
  select "workspaceId", id, $2::timestamptz, reason, message, values, payload, kept, n, "writeKeyId"
  from json_to_recordset($1::json) as r ("workspaceId" uuid, id uuid, reason text, message text, values jsonb,
    payload text, kept boolean, n integer, "writeKeyId" uuid)
  on conflict (id) do update set at = excluded.at, payload = excluded.payload, n = e.n + excluded.n`;

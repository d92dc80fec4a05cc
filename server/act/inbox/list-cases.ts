import { type RawBuilder, sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { Case, CaseList } from "./case.ts";

const longestExcerpt = 300;

interface CasePage {
  items: Case[];
  next: string | null;
}

/** What a list is in the order of: what is late first, and what was done last first; then as cases came. */
const orders: Record<CaseList, { column: RawBuilder<unknown>; down: boolean }> = {
  open: { column: sql`k.due_at`, down: false },
  mine: { column: sql`k.due_at`, down: false },
  waiting: { column: sql`k.updated_at`, down: true },
  snoozed: { column: sql`k.snoozed_until`, down: false },
  closed: { column: sql`k.closed_at`, down: true },
};

/** One page of a list of the inbox. @throws Refusal for another list's cursor, or when nobody is signed in who could own cases */
export async function listCases(
  db: Database,
  { workspaceId, personId }: { workspaceId: string; personId?: string | undefined },
  { state, cursor, limit = 50 }: { state: CaseList; cursor?: string | undefined; limit?: number },
): Promise<CasePage> {
  if (state === "mine" && personId === undefined)
    throw new Refusal("bad_input", "state: an API key owns no cases; take open instead.", {
      reason: "key_owns_nothing",
    });
  const { column, down } = orders[state];
  const direction = sql.raw(down ? "desc" : "asc");
  const rest = cursor === undefined ? sql`true` : afterCursor(cursor, state);
  const ofWhom = state === "mine" ? sql`k.owner_id = ${personId}::uuid` : sql`true`;
  const { rows } = await selectCases(
    db,
    sql`select k.* from cases k where k.workspace_id = ${workspaceId}::uuid
      and k.state = ${state === "mine" ? "open" : state} and ${ofWhom} and ${rest}
      order by ${column} ${direction} nulls last, k.opened_at ${direction}, k.id ${direction} limit ${limit + 1}`,
    sql`order by ${column} ${direction} nulls last, k.opened_at ${direction}, k.id ${direction}`,
    column,
  );
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items: items.map(toCase),
    next: last
      ? Buffer.from(JSON.stringify([state, last.place, last.opened, last.id])).toString("base64url")
      : null,
  };
}

/** How many there are in each list but the closed one, and how quickly first replies went out in the last seven days. */
export async function countCases(
  db: Database,
  { workspaceId, personId = null }: { workspaceId: string; personId?: string | null | undefined },
  now: Date,
) {
  const since = new Date(now.getTime() - 7 * 24 * 3_600_000);
  const { rows } = await sql<{ open: number; mine: number; waiting: number; snoozed: number; late: number }>`
    select count(*) filter (where state = 'open')::int as open,
      count(*) filter (where state = 'open' and owner_id = ${personId}::uuid)::int as mine,
      count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'snoozed')::int as snoozed,
      count(*) filter (where state = 'open' and due_at < ${now})::int as late
    from cases where workspace_id = ${workspaceId}::uuid and state in ('open', 'waiting', 'snoozed')`.execute(
    db,
  );
  const replied = await sql<{ n: number; seconds: number | null }>`
    select count(*)::int as n,
      percentile_cont(0.5) within group (order by extract(epoch from first_reply_at - opened_at)::float8) as seconds
    from cases where workspace_id = ${workspaceId}::uuid and first_reply_at >= ${since}`.execute(db);
  const { n, seconds } = replied.rows[0]!;
  return {
    ...rows[0]!,
    firstReply: { n, medianMinutes: seconds === null ? null : Math.round(seconds / 60) },
  };
}

function afterCursor(cursor: string, state: CaseList): RawBuilder<unknown> {
  const read = readCursor(cursor);
  if (!read || read[0] !== state)
    throw new Refusal("bad_input", "cursor: is not one of this list; take `next` of the page before.");
  const [, place, opened, id] = read;
  const { column, down } = orders[state];
  const sign = sql.raw(down ? "<" : ">");
  const asTheyCame = sql`(k.opened_at, k.id) ${sign} (${opened}::timestamptz, ${id}::uuid)`;
  if (place === null) return sql`(${column} is null and ${asTheyCame})`;
  return sql`(${column} ${sign} ${place}::timestamptz or ${column} = ${place}::timestamptz and ${asTheyCame} or ${column} is null)`;
}

function readCursor(cursor: string): [string, string | null, string, string] | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (!Array.isArray(read) || read.length !== 4) return undefined;
    const [state, place, opened, id] = read as unknown[];
    if (typeof state !== "string" || !(place === null || isMoment(place)) || !isMoment(opened))
      return undefined;
    if (typeof id !== "string" || !uuid.test(id)) return undefined;
    return [state, place, opened, id];
  } catch {
    return undefined;
  }
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const isMoment = (text: unknown): text is string =>
  typeof text === "string" &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(text) &&
  !Number.isNaN(Date.parse(text));

interface Row {
  id: string;
  customerId: string;
  name: string | null;
  email: string | null;
  externalId: string | null;
  accountId: string | null;
  accountName: string | null;
  openedBy: Case["openedBy"];
  title: string;
  state: Case["state"];
  ownerId: string | null;
  ownerName: string | null;
  openedAt: Date;
  dueAt: Date | null;
  firstReplyAt: Date | null;
  snoozedUntil: Date | null;
  closedAt: Date | null;
  updatedAt: Date;
  score: number | null;
  comment: string | null;
  language: string | null;
  scoreAfter: number | null;
  recovered: boolean | null;
  replyFailed: string | null;
  place: string | null;
  opened: string;
}

/** One case as lists show it. */
export async function readListedCase(
  db: Database,
  { customerId, id }: { customerId: string; id: string },
): Promise<Case> {
  const { rows } = await selectCases(
    db,
    sql`select k.* from cases k where k.customer_id = ${customerId}::uuid and k.id = ${id}::uuid`,
    sql``,
    sql`null::timestamptz`,
  );
  return toCase(rows[0]!);
}

function selectCases(
  db: Database,
  chosen: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
  place: RawBuilder<unknown>,
) {
  return sql<Row>`
    with k as (${chosen})
    select k.id, k.customer_id as "customerId", c.name, c.email, c.external_id as "externalId", a.id as "accountId",
      coalesce(a.name, a.key) as "accountName", k.opened_by as "openedBy", k.title, k.state, k.owner_id as "ownerId",
      p.name as "ownerName", k.opened_at as "openedAt", k.due_at as "dueAt", k.first_reply_at as "firstReplyAt",
      k.snoozed_until as "snoozedUntil", k.closed_at as "closedAt", k.updated_at as "updatedAt", k.score_before as score,
      left(r.comment, ${longestExcerpt}) as comment, coalesce(r.language, c.language) as language,
      k.score_after as "scoreAfter", k.recovered, k.reply_failed as "replyFailed",
      ${inMicroseconds(place)} as place,
      ${inMicroseconds(sql`k.opened_at`)} as opened
    from k join customers c on c.id = k.customer_id
      left join accounts a on a.workspace_id = k.workspace_id and a.id = c.account_id
      left join responses r on r.customer_id = k.customer_id and r.id = k.response_id
      left join members m on m.workspace_id = k.workspace_id and m.person_id = k.owner_id
      left join people p on p.id = m.person_id
    ${order}`.execute(db);
}

const inMicroseconds = (at: RawBuilder<unknown>) =>
  sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const text = (at: Date | null) => at?.toISOString() ?? null;

function toCase(row: Row): Case {
  const {
    customerId,
    name,
    email,
    externalId,
    accountId,
    accountName,
    ownerId,
    ownerName,
    place: _,
    ...rest
  } = row;
  return {
    ...rest,
    customer: {
      id: customerId,
      name,
      email,
      externalId,
      account: accountId ? { id: accountId, name: accountName } : null,
    },
    // Who left owns nothing any more.
    owner: ownerId && ownerName !== null ? { id: ownerId, name: ownerName } : null,
    openedAt: row.openedAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    dueAt: text(row.dueAt),
    firstReplyAt: text(row.firstReplyAt),
    snoozedUntil: text(row.snoozedUntil),
    closedAt: text(row.closedAt),
  };
}

import { type RawBuilder, sql } from "kysely";
import type { Category } from "../../collect/response.ts";
import { categoryOf } from "../../collect/response.ts";
import type { Database } from "../../platform/database/open.ts";
import type { DueRun } from "./under-way.ts";

/** The last answers that customers gave since they entered, by the ids of their runs. Of anonymous surveys nobody knows whose. */
export async function answersSince(db: Database, runs: readonly DueRun[]): Promise<Map<string, Category>> {
  if (runs.length === 0) return new Map();
  const { rows } = await sql<{ id: string; score: number }>`
    select distinct on (k.id) k.id, r.score
    from ${asTable(
      runs,
      runs.map(() => ""),
    )} join responses r on r.customer_id = k.customer_id and r.at > k.since
      join surveys s on s.id = r.survey_id and not s.anonymous
    order by k.id, r.at desc, r.id desc`.execute(db);
  return new Map(rows.map(({ id, score }) => [id, categoryOf(score)]));
}

/** Of runs that look for an event, those whose customers did it since they entered. */
export async function eventsSince(
  db: Database,
  runs: readonly { run: DueRun; event: string }[],
): Promise<Set<string>> {
  if (runs.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select k.id from ${asTable(
      runs.map(({ run }) => run),
      runs.map(({ event }) => event),
    )}
    where exists (
      select from events e where e.customer_id = k.customer_id and e.at > k.since and e.name = k.event)`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}

function asTable(runs: readonly DueRun[], events: readonly string[]): RawBuilder<unknown> {
  return sql`unnest(
    ${runs.map(({ id }) => id)}::uuid[], ${runs.map(({ customerId }) => customerId)}::uuid[],
    ${runs.map(({ enrolment }) => enrolment.enteredAt)}::timestamptz[], ${events}::text[]
  ) as k (id, customer_id, since, event)`;
}

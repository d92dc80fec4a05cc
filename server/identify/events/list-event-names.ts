import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import type { EventName } from "./events-page.ts";

const daysShown = 30;
const day = 86_400_000;

/** The names of events with how often each happened, those that happen most in the last 30 days first. */
export async function listEventNames(db: Database, clock: Clock, workspaceId: string): Promise<EventName[]> {
  const today = clock.now().toISOString().slice(0, 10);
  const first = new Date(Date.parse(today) - (daysShown - 1) * day).toISOString().slice(0, 10);
  const { rows } = await sql<
    Omit<EventName, "days" | "firstAt" | "lastAt"> & {
      firstAt: Date;
      lastAt: Date;
      counts: Record<string, number> | null;
    }
  >`
    select t.name, t.counts_as, t.proposed, t.decided_at is not null as decided, t.n, t.first_at, t.last_at, d.counts
    from event_names t
    left join (
      select name, sum(n) as recent, jsonb_object_agg(day, n) as counts from event_name_days
      where workspace_id = ${workspaceId}::uuid and day between ${first}::date and ${today}::date
      group by name) d using (name)
    where t.workspace_id = ${workspaceId}::uuid
    order by coalesce(d.recent, 0) desc, t.n desc, t.name`.execute(db);
  const days = Array.from({ length: daysShown }, (_, i) =>
    new Date(Date.parse(first) + i * day).toISOString().slice(0, 10),
  );
  return rows.map(({ counts, firstAt, lastAt, ...row }) =>
    Object.assign(row, {
      days: days.map((each) => counts?.[each] ?? 0),
      firstAt: firstAt.toISOString(),
      lastAt: lastAt.toISOString(),
    }),
  );
}

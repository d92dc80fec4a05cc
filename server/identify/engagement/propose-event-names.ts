import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import type { CountsAs } from "../../platform/database/schema-identify.ts";
import { type NameFigures, proposalOf } from "./event-name-proposal.ts";

/** Proposals are made from what so many customers did in the last four weeks, where there are more. */
const mostAsked = 5_000;
const days = 28;

/**
 * Proposes for each event name what it says of a customer, from who did it and when. Where no member has decided, names
 * count as proposed, but for those proposed as nothing: what customers did is not forgotten because of a guess.
 */
export async function proposeEventNames(db: Database, workspaceId: string, now: Date): Promise<void> {
  const since = new Date(now.getTime() - days * 86_400_000);
  const workspace = sql`${workspaceId}::uuid`;
  const active = sql`engagement where workspace_id = ${workspace} and last_at >= ${since}`;
  const { rows: counted } = await sql<{ n: number }>`select count(*) as n from ${active}`.execute(db);
  const times = Math.max(1, 2 ** Math.ceil(Math.log2(counted[0]!.n / mostAsked)));
  const { rows } = await sql<NameFigures & { name: string; countsAs: CountsAs; decided: boolean }>`
    with asked as materialized (
      select customer_id from ${active} and get_byte(uuid_send(customer_id), 15) % ${Math.min(times, 256)} = 0
    ), did as materialized (
      select e.customer_id, (e.at at time zone 'UTC')::date as day, e.name, bool_or(e.type <> 'track') as viewed,
        count(*) over same_day as names, min(e.at) = min(min(e.at)) over same_day as first
      from asked a join events e on e.customer_id = a.customer_id and e.workspace_id = ${workspace} and e.at >= ${since}
      group by 1, 2, 3 window same_day as (partition by e.customer_id, (e.at at time zone 'UTC')::date)
    ), whole as materialized (
      select count(distinct customer_id)::float8 as customers, count(distinct (customer_id, day))::float8 as days,
        count(distinct name)::integer as names from did
    )
    select n.name, n.counts_as as "countsAs", n.decided_at is not null as decided, w.customers as active, w.names,
      bool_or(d.viewed) as viewed, count(distinct d.customer_id) as customers,
      count(*) as days, count(*) / w.days as "dayShare", avg((d.names = 1)::integer)::float8 as alone, avg(d.first::integer)::float8 as first
    from whole w cross join event_names n join did d on d.name = n.name
    where n.workspace_id = ${workspace} group by 1, 2, 3, w.customers, w.names, w.days order by 1`.execute(
    db,
  );
  const names = rows.map(({ name }) => name);
  const proposals = rows.map((row) => proposalOf(row, row.countsAs));
  await sql`
    update event_names n set proposed = p.proposed,
      counts_as = case when n.decided_at is null and p.proposed <> 'nothing' then p.proposed else n.counts_as end
    from unnest(${names}::text[], ${proposals}::text[]) as p (name, proposed)
    where n.workspace_id = ${workspace} and n.name = p.name
      and (n.proposed is distinct from p.proposed
        or n.decided_at is null and p.proposed <> 'nothing' and n.counts_as <> p.proposed)`.execute(db);
}

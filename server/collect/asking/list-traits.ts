import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { isKnown } from "./audience-condition.ts";
import type { TraitList } from "./forecast.ts";

const looksAt = 20_000;
const mostTraits = 100;
const mostValues = 20;

/** The traits that customers have with their most frequent values, counted over at most 20,000 of them. */
export async function listTraits(db: Database, workspaceId: string): Promise<TraitList> {
  const { rows } = await sql<TraitList["traits"][number]>`
    with pairs as (
      select t.key as name, t.value from (
        select traits from customers c
        where workspace_id = ${workspaceId}::uuid and ${isKnown} and traits <> '{}'
        limit ${looksAt}
      ) as looked_at, jsonb_each(looked_at.traits) as t
      where jsonb_typeof(t.value) in ('string', 'number', 'boolean') and length(t.value #>> '{}') <= 200
    ), counted as (
      select name, value, count(*) as n,
        row_number() over (partition by name order by count(*) desc, value) as place,
        sum(count(*)) over (partition by name) as of_name
      from pairs group by name, value
    )
    select name,
      coalesce(jsonb_agg(jsonb_build_object('value', value, 'n', n) order by place) filter (where place <= ${mostValues}), '[]') as values
    from counted group by name, of_name order by of_name desc, name limit ${mostTraits}`.execute(db);
  return { traits: rows.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
}

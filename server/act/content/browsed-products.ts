import { sql } from "kysely";
import { readRuleChoices } from "../../identify/passives/rule-choices.ts";
import type { Database } from "../../platform/database/open.ts";

const lookBackDays = 90;
const mostEvents = 2_000;

/** What a customer looked at and what they bought: names of products (ids, SKUs, titles, paths) in small letters. */
export interface BrowsedProducts {
  /** How often they looked, in the last 90 days. */
  looks: ReadonlyMap<string, number>;
  bought: ReadonlySet<string>;
}

/**
 * What a customer looked at, which is what the rule for browsing calls so, and pages; and what they bought, which is what an
 * `Order Completed` of any time names.
 */
export async function browsedProducts(
  db: Database,
  { workspaceId, customerId, now }: { workspaceId: string; customerId: string; now: Date },
): Promise<BrowsedProducts> {
  const { browsing } = await readRuleChoices(db, workspaceId);
  const since = new Date(now.getTime() - lookBackDays * 86_400_000);
  const { rows } = await sql<{ names: string[] }>`
    select ${productNames(sql`e.properties`)} || case when e.type <> 'track' then ${pageNames} else '{}' end as names
    from events e
    where e.workspace_id = ${workspaceId}::uuid and e.customer_id = ${customerId}::uuid
      and e.at > ${since}::timestamptz and e.at <= ${now}::timestamptz
      and (e.type <> 'track' or e.name = any (${browsing.settings.events}::text[]))
    order by e.at desc limit ${mostEvents}`.execute(db);
  const looks = new Map<string, number>();
  for (const { names } of rows)
    for (const name of new Set(names.map((each) => each.trim().toLowerCase())))
      if (name !== "") looks.set(name, (looks.get(name) ?? 0) + 1);
  return { looks, bought: await boughtProducts(db, { workspaceId, customerId }) };
}

/** All names of all products that a customer ever bought, in small letters. */
async function boughtProducts(
  db: Database,
  { workspaceId, customerId }: { workspaceId: string; customerId: string },
): Promise<Set<string>> {
  const { rows } = await sql<{ names: string[] }>`
    select ${productNames(sql`p.product`)} as names
    from events e cross join lateral jsonb_array_elements(
      case jsonb_typeof(e.properties -> 'products') when 'array' then e.properties -> 'products' else jsonb_build_array(e.properties) end
    ) as p (product)
    where e.workspace_id = ${workspaceId}::uuid and e.customer_id = ${customerId}::uuid and e.type = 'track'
      and e.name ~* '^order[ _]?completed$'`.execute(db);
  return new Set(rows.flatMap(({ names }) => names.map((name) => name.trim().toLowerCase())));
}

/** The words by which Segment's specification names a product. */
function productNames(object: ReturnType<typeof sql>) {
  const fields = ["product_id", "productId", "sku", "name", "product", "url"];
  return sql`array_remove(array[${sql.join(
    fields.map((field) => sql`${object} ->> ${sql.lit(field)}`),
  )}], null)`;
}

const pageNames = sql`array_remove(array[e.properties ->> 'path', e.properties ->> 'title', e.context -> 'page' ->> 'path', e.name], null)`;

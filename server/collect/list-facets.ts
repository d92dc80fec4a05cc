import { sql } from "kysely";
import type { Database } from "../platform/database/open.ts";
import { answersOfRow, scoreDaysNow } from "./score-sums.ts";

interface Facet {
  value: string;
  n: number;
}

/** The languages and channels that answers have, most frequent first; of one survey or of all. */
export async function listFacets(
  db: Database,
  workspaceId: string,
  surveyId?: string,
): Promise<{ languages: Facet[]; channels: Facet[] }> {
  const { rows } = await sql<Facet & { attribute: string }>`
    select attribute, value, sum(${answersOfRow})::integer as n
    from ${scoreDaysNow(workspaceId, { surveyId, attributes: ["channel", "language"] })} as days
    group by attribute, value
    having sum(${answersOfRow}) > 0
    order by n desc, value`.execute(db);
  const of = (attribute: string) =>
    rows.filter((row) => row.attribute === attribute).map(({ value, n }) => ({ value, n }));
  return { languages: of("language"), channels: of("channel") };
}

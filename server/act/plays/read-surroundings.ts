import { sql } from "kysely";
import { readKnownSegments } from "../../identify/segments/resolve-filter.ts";
import type { Database } from "../../platform/database/open.ts";
import type { PlaySurroundings } from "./play-problem.ts";
import { linkPattern } from "./play-step.ts";

/** What a play can name. How many would enter is another's to count: it looks at all customers. */
export async function readSurroundings(
  db: Database,
  workspaceId: string,
): Promise<Omit<PlaySurroundings, "eligible" | "perAccount" | "baseline">> {
  return {
    segments: await readKnownSegments(db, workspaceId),
    surveys: await readSurveys(db, workspaceId),
    pools: await readPools(db, workspaceId),
    receivers: await readReceivers(db, workspaceId),
    members: await readMembers(db, workspaceId),
    content: await readContent(db, workspaceId),
    features: await readFeatures(db, workspaceId),
  };
}

async function readSurveys(db: Database, workspaceId: string): Promise<PlaySurroundings["surveys"]> {
  const rows = await db
    .selectFrom("surveys")
    .select(["id", "name", "state"])
    .where("workspaceId", "=", workspaceId)
    .execute();
  return new Map(rows.map(({ id, ...survey }) => [id, survey]));
}

async function readPools(db: Database, workspaceId: string): Promise<PlaySurroundings["pools"]> {
  const pools = await db
    .selectFrom("codePools")
    .select(["id", "name"])
    .where("workspaceId", "=", workspaceId)
    .where("deletedAt", "is", null)
    .execute();
  const { rows } = await sql<{ id: string; free: number }>`
    select pool_id as id, count(*) as free from codes
    where workspace_id = ${workspaceId}::uuid and state = 'free'
      and pool_id = any (${pools.map(({ id }) => id)}::uuid[]) group by pool_id`.execute(db);
  const free = new Map(rows.map((row) => [row.id, row.free]));
  return new Map(pools.map(({ id, name }) => [id, { name, free: free.get(id) ?? 0 }]));
}

async function readReceivers(db: Database, workspaceId: string): Promise<PlaySurroundings["receivers"]> {
  const rows = await db
    .selectFrom("receivers")
    .select(["id", "name", "kind"])
    .where("workspaceId", "=", workspaceId)
    .execute();
  return new Map(rows.map(({ id, ...receiver }) => [id, receiver]));
}

async function readMembers(db: Database, workspaceId: string): Promise<PlaySurroundings["members"]> {
  const rows = await db
    .selectFrom("members")
    .select("personId")
    .where("workspaceId", "=", workspaceId)
    .execute();
  return new Set(rows.map(({ personId }) => personId));
}

async function readContent(db: Database, workspaceId: string): Promise<PlaySurroundings["content"]> {
  const rows = await db
    .selectFrom("contentItems")
    .select(["id", "name", "kind", "languages", "features", "products"])
    .where("workspaceId", "=", workspaceId)
    .where("archivedAt", "is", null)
    .execute();
  return new Map(
    rows.map(({ id, name, kind, languages, features, products }) => {
      const links = JSON.stringify(languages).match(linkPattern) ?? [];
      const chosenBy = { features: features.length > 0, products: products.length > 0 };
      return [id, { name, kind, links: [...new Set(links)], chosenBy }];
    }),
  );
}

async function readFeatures(db: Database, workspaceId: string): Promise<PlaySurroundings["features"]> {
  const rows = await db
    .selectFrom("eventNames")
    .select("name")
    .where("workspaceId", "=", workspaceId)
    .where("countsAs", "=", "feature")
    .execute();
  return new Set(rows.map(({ name }) => name));
}

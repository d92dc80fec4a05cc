import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { findPlayUses } from "../plays/play-uses.ts";
import type { ContentItem } from "./content-item.ts";

/** The library by kind and name; what is archived only where it is asked for. */
export async function listContent(
  db: Database,
  workspaceId: string,
  { archived = false, id }: { archived?: boolean; id?: string } = {},
): Promise<ContentItem[]> {
  const rows = await db
    .selectFrom("contentItems as i")
    .selectAll()
    .select(
      sql<number>`(select count(*)::integer from messages m
        where m.content @> array[i.id] and m.content <> '{}' and m.workspace_id = i.workspace_id
          and m.direction = 'out' and m.state = 'sent')`.as("sent"),
    )
    .where("workspaceId", "=", workspaceId)
    .$if(id !== undefined, (query) => query.where("id", "=", id!))
    .$if(id === undefined, (query) => query.where("archivedAt", archived ? "is not" : "is", null))
    .orderBy("kind")
    .orderBy(sql`lower(name)`)
    .orderBy("id")
    .execute();
  const plays = await findPlayUses(db, workspaceId, "content");
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    name: row.name,
    languages: row.languages,
    features: row.features,
    products: row.products,
    startsAt: text(row.startsAt),
    endsAt: text(row.endsAt),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    archivedAt: text(row.archivedAt),
    sent: row.sent,
    plays: (plays.get(row.id) ?? []).map(({ id, name }) => ({ id, name })),
  }));
}

/** @throws Refusal where the library has no such item */
export async function readContentItem(db: Database, workspaceId: string, id: string): Promise<ContentItem> {
  const [item] = await listContent(db, workspaceId, { id });
  if (!item) throw noSuchItem();
  return item;
}

export function noSuchItem(): Refusal {
  return new Refusal("not_found", "The library has no such item; look at GET /api/v1/content.", {
    reason: "no_such_content",
  });
}

const text = (time: Date | null) => time?.toISOString() ?? null;

import { sql } from "kysely";
import type { Database } from "../../../platform/database/open.ts";
import type { TimelineItem, Wanted } from "./timeline.ts";
import { until } from "./until.ts";

/** Purchases, newest first. */
export async function readPurchases(
  db: Database,
  { workspaceId, customerId, upTo, limit }: Wanted,
): Promise<TimelineItem[]> {
  const rows = await db
    .selectFrom("purchases")
    .select(["id", "at", "orderId", "revenue", "currency", "discount", "coupon"])
    .where("workspaceId", "=", workspaceId)
    .where("customerId", "=", customerId)
    .where(until("at", upTo))
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  const shown = ({ at, ...row }: (typeof rows)[number]) => ({
    kind: "purchase" as const,
    at: at.toISOString(),
    ...row,
  });
  return rows.map(shown);
}

/** What became of who they are: when they came, whom they were merged with, which segments they entered and left. */
export async function readPerson(db: Database, wanted: Wanted): Promise<TimelineItem[]> {
  const found = await Promise.all([merges(db, wanted), moves(db, wanted), created(db, wanted)]);
  return found.flat();
}

async function merges(
  db: Database,
  { workspaceId, customerId, upTo, limit }: Wanted,
): Promise<TimelineItem[]> {
  const rows = await db
    .selectFrom("customerMerges")
    .select(["customerId as id", "at", "reason", "mergedBy"])
    .where("workspaceId", "=", workspaceId)
    .where("intoId", "=", customerId)
    .where(until("at", upTo))
    .orderBy("at", "desc")
    .limit(limit)
    .execute();
  const people = rows.flatMap(({ mergedBy }) => mergedBy ?? []);
  const names =
    people.length === 0
      ? []
      : await db.selectFrom("people").select(["id", "name"]).where("id", "in", people).execute();
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  const shown = ({ at, mergedBy, ...row }: (typeof rows)[number]) => ({
    kind: "merge" as const,
    at: at.toISOString(),
    ...row,
    by: mergedBy === null ? null : (nameOf.get(mergedBy) ?? null),
  });
  return rows.map(shown);
}

async function moves(
  db: Database,
  { workspaceId, customerId, upTo, limit }: Wanted,
): Promise<TimelineItem[]> {
  const rows = await db
    .selectFrom("segmentMoves")
    .select(["id", "at", "entered", "segmentId"])
    .where("workspaceId", "=", workspaceId)
    .where("customerId", "=", customerId)
    .where(until("at", upTo))
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  if (rows.length === 0) return [];
  const segments = await db
    .selectFrom("segments")
    .select(["id", "name"])
    .where("workspaceId", "=", workspaceId)
    .where(
      "id",
      "in",
      rows.map(({ segmentId }) => segmentId),
    )
    .execute();
  const segmentOf = new Map(segments.map((segment) => [segment.id, segment]));
  return rows.flatMap(({ at, segmentId, ...row }) => {
    const segment = segmentOf.get(segmentId);
    return segment ? [{ kind: "segment" as const, at: at.toISOString(), segment, ...row }] : [];
  });
}

async function created(db: Database, { workspaceId, customerId, upTo }: Wanted): Promise<TimelineItem[]> {
  const { rows } = await sql<{ id: string; at: Date; importId: string | null }>`
    select id, created_at as at, import_id as "importId" from customers
    where workspace_id = ${workspaceId}::uuid and id = ${customerId}::uuid and ${until("created_at", upTo)}`.execute(
    db,
  );
  const shown = ({ at, ...row }: (typeof rows)[number]) => ({
    kind: "created" as const,
    at: at.toISOString(),
    ...row,
  });
  return rows.map(shown);
}

import type { Database } from "../../platform/database/open.ts";
import { countEntered } from "./count-enrolments.ts";
import type { PlaySummary } from "./play.ts";
import type { PlayDefinition } from "./play-definition.ts";
import type { PlayPlan } from "./play-plan.ts";

/** The plays of a workspace, newest first. */
export async function listPlays(db: Database, workspaceId: string): Promise<PlaySummary[]> {
  const rows = await db
    .selectFrom("plays as p")
    .leftJoin("playVersions as v", (join) =>
      join.onRef("v.playId", "=", "p.id").onRef("v.number", "=", "p.version"),
    )
    .select(["p.id", "p.name", "p.state", "p.version", "p.draft", "v.definition", "p.createdAt"])
    .select(["p.liveSince", "p.planned", "p.decision", "p.ownerId"])
    .where("p.workspaceId", "=", workspaceId)
    .orderBy("p.createdAt", "desc")
    .orderBy("p.id", "desc")
    .execute();
  const entered = await countEntered(db, workspaceId);
  const people = await readNames(
    db,
    rows.flatMap(({ ownerId }) => ownerId ?? []),
  );
  const segments = await readSegmentNames(db, workspaceId);
  return rows.map(({ draft, definition, ownerId, createdAt, liveSince, planned, ...row }) => {
    const { goal = null, days = null, audience } = (definition ?? draft ?? {}) as Partial<PlayDefinition>;
    const name = ownerId === null ? undefined : people.get(ownerId);
    return Object.assign(row, {
      changed: draft !== null,
      goal,
      days,
      audience: segments.get(audience?.segment ?? "") ?? null,
      owner: ownerId === null || name === undefined ? null : { id: ownerId, name },
      createdAt: createdAt.toISOString(),
      liveSince: liveSince?.toISOString() ?? null,
      planned: planned as PlayPlan | null,
      counts: entered(row.id),
    });
  });
}

async function readNames(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom("people").select(["id", "name"]).where("id", "in", ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

async function readSegmentNames(db: Database, workspaceId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom("segments")
    .select(["id", "name"])
    .where("workspaceId", "=", workspaceId)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

import { sql } from "kysely";
import { conditionsOf, type SegmentFilter } from "../../identify/segments/segment-filter.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { PlayDefinition } from "./play-definition.ts";

/** What a play names of what can be deleted elsewhere. */
export interface UsedByPlay {
  segments: Set<string>;
  surveys: Set<string>;
  pools: Set<string>;
  content: Set<string>;
  receivers: Set<string>;
}
export type UsedKind = keyof UsedByPlay;

/** The segments, surveys, pools, items and receivers that a definition names; one that is half-typed too. */
export function usedBy({ audience, goal, steps }: PlayDefinition): UsedByPlay {
  const used: UsedByPlay = {
    segments: new Set(),
    surveys: new Set(),
    pools: new Set(),
    content: new Set(),
    receivers: new Set(),
  };
  const inFilter = (filter: SegmentFilter | null) => {
    for (const part of filter ? conditionsOf(filter) : [])
      if (part.kind === "segment") used.segments.add(part.segment);
  };
  if (audience.segment !== null) used.segments.add(audience.segment);
  inFilter(audience.filter);
  if (goal.kind === "promoter" && goal.survey !== null) used.surveys.add(goal.survey);
  for (const step of steps) {
    if (step.kind === "branch" && step.when.kind === "customer") inFilter(step.when.filter);
    if (step.kind === "ask") used.surveys.add(step.survey);
    if (step.kind === "code") used.pools.add(step.pool);
    if (step.kind === "email" && step.choose?.by === "item" && step.choose.item !== null)
      used.content.add(step.choose.item);
    if (step.kind === "slack" || step.kind === "webhook") used.receivers.add(step.receiver);
  }
  return used;
}

/** A play that stands on something. */
export interface PlayUse {
  kind: "play";
  id: string;
  name: string;
}

/**
 * The plays that name each thing of a kind, by its id: in their draft, or in a version by which customers may be under way.
 * Plays that have ended need nothing any more.
 */
export async function findPlayUses(
  db: Database,
  workspaceId: string,
  kind: UsedKind,
): Promise<Map<string, PlayUse[]>> {
  // What is told by steps alone is needed by those who still go through them; all else by results, too.
  const isInUse =
    kind === "receivers"
      ? sql`(v.number = p.version or exists (
          select from enrolments e
          where e.workspace_id = p.workspace_id and e.play_id = p.id and e.version = v.number and e.state = 'active'))`
      : sql`true`;
  const { rows } = await sql<{ id: string; name: string; definition: PlayDefinition }>`
    select p.id, p.name, named.definition from plays p cross join lateral (
      select p.draft as definition where p.draft is not null
      union all select v.definition from play_versions v where v.play_id = p.id and ${isInUse}
    ) as named
    where p.workspace_id = ${workspaceId}::uuid and p.state <> 'ended' order by p.name, p.id`.execute(db);
  const uses = new Map<string, PlayUse[]>();
  for (const { id, name, definition } of rows) {
    for (const used of usedBy(definition)[kind]) {
      const known = uses.get(used) ?? [];
      if (!known.some((use) => use.id === id)) uses.set(used, [...known, { kind: "play", id, name }]);
    }
  }
  return uses;
}

/**
 * Keeps a receiver that steps of plays tell from being deleted; whoever calls has locked it.
 * @throws Refusal when plays that have not ended name it
 */
export async function keepReceiverOfPlays(
  db: Database,
  { workspaceId, id, name }: { workspaceId: string; id: string; name: string },
): Promise<void> {
  const plays = (await findPlayUses(db, workspaceId, "receivers")).get(id) ?? [];
  const [play] = plays;
  if (!play) return;
  if (plays.length === 1)
    throw new Refusal(
      "conflict",
      `The play “${play.name}” tells “${name}”. Have it tell another first, or end it.`,
      { reason: "receiver_in_play", values: { name, play: play.name } },
    );
  const named = plays.map(({ name }) => name).join(", ");
  throw new Refusal(
    "conflict",
    `These plays tell “${name}”: ${named}. Have them tell another first, or end them.`,
    { reason: "receiver_in_plays", values: { name, plays: named } },
  );
}

const tables = {
  segments: "segments",
  surveys: "surveys",
  pools: "code_pools",
  content: "content_items",
  receivers: "receivers",
} as const;

/**
 * Keeps what a play names from being deleted until the transaction ends: whoever deletes locks it first, then looks at who
 * uses it. What is not there is found by whoever looks for problems.
 */
export async function holdUsed(db: Database, workspaceId: string, definition: PlayDefinition): Promise<void> {
  const used = usedBy(definition);
  for (const [kind, table] of Object.entries(tables)) {
    const ids = [...used[kind as keyof typeof tables]].filter((id) => uuid.test(id)).toSorted();
    if (ids.length === 0) continue;
    await sql`
      select id from ${sql.table(table)} where workspace_id = ${workspaceId}::uuid and id = any (${ids}::uuid[])
      order by id for share`.execute(db);
  }
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

import { sql } from "kysely";
import { conditionsOf, type SegmentFilter } from "../../identify/segments/segment-filter.ts";
import type { Database } from "../../platform/database/open.ts";
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

/** Results count them as long as there is a play, whichever version customers entered by. */
const neededByResults = new Set<UsedKind>(["segments", "surveys"]);

interface Naming {
  id: string;
  name: string;
  /** Of a version that is not in force any more; null: the draft, or the version that is. */
  formerVersion: number | null;
  definition: PlayDefinition;
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
  const { rows } = await sql<Naming>`
    select p.id, p.name, named.* from plays p cross join lateral (
      select null::integer as "formerVersion", p.draft as definition where p.draft is not null
      union all select nullif(v.number, p.version), v.definition from play_versions v where v.play_id = p.id
    ) as named
    where p.workspace_id = ${workspaceId}::uuid and p.state <> 'ended'
    order by p.name, p.id, "formerVersion" nulls first`.execute(db);
  const usesOf = (naming: readonly Naming[]) => {
    const uses = new Map<string, PlayUse[]>();
    for (const { id, name, definition } of naming)
      for (const used of usedBy(definition)[kind]) {
        const known = uses.get(used) ?? [];
        if (!known.some((use) => use.id === id)) uses.set(used, [...known, { kind: "play", id, name }]);
      }
    return uses;
  };
  if (neededByResults.has(kind)) return usesOf(rows);
  // What steps alone need is needed by those who still go through them; who they are is looked up only where it matters.
  const inForce = usesOf(rows.filter(({ formerVersion }) => formerVersion === null));
  const former = rows.filter(
    ({ id, formerVersion, definition }) =>
      formerVersion !== null &&
      [...usedBy(definition)[kind]].some((used) => !inForce.get(used)?.some((use) => use.id === id)),
  );
  if (former.length === 0) return inForce;
  const underWay = await findUnderWay(db, workspaceId, former);
  return usesOf(
    rows.filter(({ id, formerVersion }) => formerVersion === null || underWay.has(`${id} ${formerVersion}`)),
  );
}

/** Those of these versions by which customers are under way, as `<play> <version>`. */
async function findUnderWay(
  db: Database,
  workspaceId: string,
  versions: readonly Naming[],
): Promise<Set<string>> {
  const { rows } = await sql<{ version: string }>`
    select v.play_id || ' ' || v.number as version
    from unnest(
      ${versions.map(({ id }) => id)}::uuid[], ${versions.map(({ formerVersion }) => formerVersion)}::integer[]
    ) as v (play_id, number)
    where exists (
      select from enrolments e
      where e.workspace_id = ${workspaceId}::uuid and e.play_id = v.play_id and e.version = v.number
        and e.state = 'active')`.execute(db);
  return new Set(rows.map(({ version }) => version));
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

import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { expandFilter, type KnownSegment } from "./expand-filter.ts";
import { conditionsOf, type SegmentFilter } from "./segment-filter.ts";

/** The segments of a workspace by their ids. */
export async function readKnownSegments(
  db: Database,
  workspaceId: string,
): Promise<Map<string, KnownSegment>> {
  const rows = await db
    .selectFrom("segments")
    .select(["id", "name", "filter"])
    .where("workspaceId", "=", workspaceId)
    .execute();
  return new Map(rows.map(({ id, name, filter }) => [id, { id, name, filter: filter as SegmentFilter }]));
}

/**
 * A filter that somebody wrote, with the segments that it names written out.
 * @param options `self`: the segment whose filter it is to be
 * @throws Refusal when it names segments or surveys that are not there, or itself
 */
export async function resolveFilter(
  db: Database,
  workspaceId: string,
  filter: SegmentFilter,
  { self }: { self?: string | undefined } = {},
): Promise<SegmentFilter> {
  await refuseUnknownSurveys(db, workspaceId, filter);
  const named = conditionsOf(filter).some(({ kind }) => kind === "segment");
  return expandFilter(filter, named ? await readKnownSegments(db, workspaceId) : new Map(), { self });
}

async function refuseUnknownSurveys(db: Database, workspaceId: string, filter: SegmentFilter): Promise<void> {
  const named = conditionsOf(filter).flatMap((condition) => {
    if (condition.kind === "answer_survey") return condition.value;
    return "survey" in condition && condition.survey !== undefined ? [condition.survey] : [];
  });
  if (named.length === 0) return;
  const rows = await db
    .selectFrom("surveys")
    .select("id")
    .where("workspaceId", "=", workspaceId)
    .where("id", "in", named)
    .execute();
  const known = new Set(rows.map(({ id }) => id));
  const missing = named.find((id) => !known.has(id));
  if (missing === undefined) return;
  throw new Refusal(
    "bad_input",
    `filter: there is no survey ${missing} here; take an id from GET /api/v1/surveys.`,
    { reason: "no_such_survey_in_filter" },
  );
}

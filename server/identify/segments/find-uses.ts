import { listAudienceSegments } from "../../collect/surveys/list-audience-segments.ts";
import type { Database } from "../../platform/database/open.ts";
import { readKnownSegments } from "./resolve-filter.ts";
import type { SegmentUse } from "./segment.ts";
import { conditionsOf } from "./segment-filter.ts";

/** What later stages have that stands on segments, by the segment's id. They give it; here they are not known. */
export type OtherUses = (
  db: Database,
  workspaceId: string,
) => Promise<ReadonlyMap<string, readonly SegmentUse[]>>;

/** What stands on each segment of a workspace, by the segment's id. */
export async function findUses(
  db: Database,
  workspaceId: string,
  others: OtherUses,
): Promise<Map<string, SegmentUse[]>> {
  const uses = new Map<string, SegmentUse[]>();
  const note = (segmentId: string, use: SegmentUse) => {
    uses.set(segmentId, [...(uses.get(segmentId) ?? []), use]);
  };
  for (const { surveyId, name, segmentId } of await listAudienceSegments(db, workspaceId))
    note(segmentId, { kind: "survey", id: surveyId, name });
  for (const { id, name, filter } of (await readKnownSegments(db, workspaceId)).values()) {
    const named = conditionsOf(filter).flatMap((part) => (part.kind === "segment" ? [part.segment] : []));
    for (const other of new Set(named)) note(other, { kind: "segment", id, name });
  }
  for (const [segmentId, each] of await others(db, workspaceId)) for (const use of each) note(segmentId, use);
  return uses;
}

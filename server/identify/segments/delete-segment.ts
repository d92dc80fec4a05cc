import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { changingSegments } from "./changing-segments.ts";
import { findSegment } from "./find-segment.ts";
import { findUses, type OtherUses } from "./find-uses.ts";

/** Deletes a segment with its members and moves. @throws Refusal when something stands on it */
export async function deleteSegment(
  db: Database,
  workspaceId: string,
  id: string,
  others: OtherUses,
): Promise<void> {
  await changingSegments(db, workspaceId, async (db) => {
    // Locked before the uses are looked at: a survey that is being saved with it either is seen, or no longer finds it.
    const { name } = await findSegment(db, workspaceId, id, { forChange: true });
    const [use] = (await findUses(db, workspaceId, others)).get(id) ?? [];
    if (use) {
      throw new Refusal(
        "conflict",
        `The ${use.kind} “${use.name}” needs the segment “${name}”; have it use another first.`,
        { reason: `segment_in_use_by_${use.kind}`, values: { segment: name, name: use.name } },
      );
    }
    for (const table of ["segmentMembers", "segmentMoves"] as const)
      await db.deleteFrom(table).where("workspaceId", "=", workspaceId).where("segmentId", "=", id).execute();
    await db.deleteFrom("segments").where("workspaceId", "=", workspaceId).where("id", "=", id).execute();
  });
}

import type { Segments } from "../../collect/asking/segments.ts";
import { Refusal } from "../../platform/errors.ts";
import { compileFilter } from "./compile-filter.ts";
import { expandFilter } from "./expand-filter.ts";
import { readKnownSegments } from "./resolve-filter.ts";

/** What the audiences of surveys know of segments. */
export const audienceSegments: Segments = {
  async condition(db, { workspaceId, id }, { now, among }) {
    const known = await readKnownSegments(db, workspaceId);
    const segment = known.get(id);
    if (!segment) throw missing();
    return compileFilter(workspaceId, expandFilter(segment.filter, known, { self: id }), now, { among });
  },
  async hold(db, { workspaceId, id }) {
    const row = await db
      .selectFrom("segments")
      .select("id")
      .where("workspaceId", "=", workspaceId)
      .where("id", "=", id)
      .forShare()
      .executeTakeFirst();
    if (!row) throw missing();
  },
};

function missing(): Refusal {
  return new Refusal(
    "bad_input",
    "audience.segment: there is no such segment here, it may have been deleted; choose another, or everybody.",
    { reason: "no_such_audience_segment" },
  );
}

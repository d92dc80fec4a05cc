import type { Database } from "../../platform/database/open.ts";
import type { WorkspaceEngagement } from "./engagement.ts";
import { statesKept } from "./judge-customer.ts";

const comparedWeeks = 26;

/** What all customers of a workspace did, week by week, and how many were in which state. */
export async function readWorkspaceEngagement(
  db: Database,
  workspaceId: string,
): Promise<WorkspaceEngagement> {
  const all = await db
    .selectFrom("activityWeeks")
    .selectAll()
    .where("workspaceId", "=", workspaceId)
    .orderBy("week")
    .execute();
  const begun = all.findIndex(({ events }) => events > 0);
  const rows = begun < 0 ? [] : all.slice(begun);
  return {
    evaluatedAt: all[0]?.evaluatedAt.toISOString() ?? null,
    weeks: rows
      .map(({ week, events, active, rhythm, cooling, flat, warming, dormant, unknown }, i) => {
        const before = rows.slice(Math.max(0, i - comparedWeeks), i).map((row) => row.rhythm);
        const ordinary = before.length > 0 ? before.reduce((a, b) => a + b) / before.length : rhythm;
        const states = { cooling, flat, warming, dormant, unknown };
        return { week, events, active, rhythm: Number((rhythm / ordinary).toPrecision(3)), states };
      })
      .slice(-statesKept),
  };
}

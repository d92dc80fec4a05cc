import type { Database } from "../../platform/database/open.ts";
import type { Look } from "./judge-play.ts";
import type { Verdict } from "./play-result.ts";

/** What a look keeps besides its decision. */
export type LookFigures = Pick<Look, "arms" | "interval" | "missing">;

/** The looks at some plays that were written down since their plans were made, oldest first, by play. */
export async function readLooks(
  db: Database,
  workspaceId: string,
  plays: readonly { id: string; since: Date }[],
): Promise<Map<string, Look[]>> {
  if (plays.length === 0) return new Map();
  const rows = await db
    .selectFrom("playLooks")
    .selectAll()
    .where("workspaceId", "=", workspaceId)
    .where(
      "playId",
      "in",
      plays.map(({ id }) => id),
    )
    .orderBy("at")
    .execute();
  const since = new Map(plays.map((play) => [play.id, play.since]));
  const looks = new Map<string, Look[]>();
  for (const { playId, at, horizon, decision, reason, figures } of rows) {
    if (at < since.get(playId)!) continue;
    const known = looks.get(playId) ?? [];
    known.push({
      at: at.toISOString(),
      horizon,
      decision: decision as Verdict["decision"],
      reason: reason as Verdict["reason"],
      ...(figures as LookFigures),
    });
    looks.set(playId, known);
  }
  return looks;
}

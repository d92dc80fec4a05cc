import { readKnownSegments } from "../../identify/segments/resolve-filter.ts";
import type { Database } from "../../platform/database/open.ts";
import { PlayDefinition } from "../plays/play-definition.ts";
import { guardReviews } from "../plays/review-guard.ts";

const marks = new Set(["incentive_shifts_answers", "incentive_by_sentiment", "incentive_for_review"]);

/**
 * Which versions of plays gave codes only to customers with certain scores, as `<play> <version>`: an owner let it pass, or
 * it is allowed and still moves who answers.
 */
export async function givenByScore(
  db: Database,
  workspaceId: string,
  given: readonly { playId: string | null; version: number | null }[],
): Promise<Set<string>> {
  const plays = [...new Set(given.flatMap(({ playId }) => playId ?? []))];
  if (plays.length === 0) return new Set();
  const versions = await db
    .selectFrom("playVersions")
    .select(["playId", "number", "definition"])
    .where("workspaceId", "=", workspaceId)
    .where("playId", "in", plays)
    .execute();
  const wanted = new Set(given.map(({ playId, version }) => `${playId} ${version}`));
  const segments = await readKnownSegments(db, workspaceId);
  const marked = versions.flatMap(({ playId, number, definition }) => {
    const name = `${playId} ${number}`;
    const read = wanted.has(name) ? PlayDefinition.safeParse(definition) : undefined;
    if (!read?.success) return [];
    const problems = guardReviews(read.data, { segments, content: new Map() });
    return problems.some(({ reason }) => marks.has(reason)) ? [name] : [];
  });
  return new Set(marked);
}

import type { Database } from "../../platform/database/open.ts";

/** A play that names something. */
export interface NamingPlay {
  id: string;
  name: string;
}

/** Which plays that have not ended name which of these ids, in the draft or as published. */
export async function playsNaming(
  db: Database,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, NamingPlay[]>> {
  if (ids.length === 0) return new Map();
  const plays = await db
    .selectFrom("plays as p")
    .leftJoin("playVersions as v", (join) =>
      join.onRef("v.playId", "=", "p.id").onRef("v.number", "=", "p.version"),
    )
    .select(["p.id", "p.name", "p.draft", "v.definition"])
    .where("p.workspaceId", "=", workspaceId)
    .where("p.state", "!=", "ended")
    .orderBy("p.name")
    .execute();
  const texts = plays.map(({ id, name, draft, definition }) => ({
    play: { id, name },
    text: JSON.stringify([draft, definition]),
  }));
  return new Map(
    ids.map((id) => [id, texts.filter(({ text }) => text.includes(id)).map(({ play }) => play)]),
  );
}

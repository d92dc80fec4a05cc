import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { PlayDefinition } from "./play-definition.ts";
import type { PlayPlan } from "./play-plan.ts";

export type PlayRow = Awaited<ReturnType<typeof findPlayRow>>;

/** A play of a workspace. */
export interface PlayPlace {
  workspaceId: string;
  id: string;
}

/**
 * A play with what is published and what was edited since.
 * @param options `forChange` makes others wait who want to change it, or to enter customers, until the transaction ends
 * @throws Refusal when the workspace has no such play
 */
export async function findPlayRow(db: Database, { workspaceId, id }: PlayPlace, { forChange = false } = {}) {
  const play = await db
    .selectFrom("plays")
    .selectAll()
    .where("workspaceId", "=", workspaceId)
    .where("id", "=", id)
    .$if(forChange, (query) => query.forUpdate())
    .executeTakeFirst();
  if (!play) {
    throw new Refusal("not_found", "There is no such play here; it may have been deleted.", {
      reason: "no_such_play",
    });
  }
  // Read after the lock: who held it before may have published.
  const version = await db
    .selectFrom("playVersions")
    .select("definition")
    .where("playId", "=", id)
    .where("number", "=", play.version)
    .executeTakeFirst();
  const published = (version?.definition ?? null) as PlayDefinition | null;
  const edited = play.draft as PlayDefinition | null;
  const current = edited ?? published;
  if (!current) throw new Error(`The play ${id} has neither a draft nor a version.`);
  return {
    ...play,
    planned: play.planned as PlayPlan | null,
    published,
    edited,
    current,
    basedOn: play.draftAt ?? play.createdAt,
  };
}

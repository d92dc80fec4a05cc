import type { Database } from "../../platform/database/open.ts";
import type { PlayState } from "../../platform/database/schema-act.ts";
import type { PlayDefinition } from "../plays/play-definition.ts";
import type { PlayStep } from "../plays/play-step.ts";

/** A play by one of its published versions, as customers in it go through it. */
export interface PlayingPlay {
  workspaceId: string;
  id: string;
  name: string;
  state: PlayState;
  version: number;
  salt: string;
  definition: PlayDefinition;
  steps: ReadonlyMap<string, PlayStep>;
  /** IANA name. */
  workspaceTimeZone: string;
}

/** Plays by the versions that customers entered with; the key is of `playKey`. */
export async function readPlaying(
  db: Database,
  wanted: readonly { playId: string; version: number }[],
): Promise<Map<string, PlayingPlay>> {
  const found = new Map<string, PlayingPlay>();
  for (const [key, { playId, version }] of new Map(wanted.map((each) => [playKey(each), each]))) {
    const row = await db
      .selectFrom("plays as p")
      .innerJoin("playVersions as v", "v.playId", "p.id")
      .innerJoin("workspaces as w", "w.id", "p.workspaceId")
      .select(["p.workspaceId", "p.id", "p.name", "p.state", "p.salt", "v.number as version"])
      .select(["v.definition", "w.timeZone as workspaceTimeZone"])
      .where("p.id", "=", playId)
      .where("v.number", "=", version)
      .executeTakeFirst();
    if (!row) continue;
    const definition = row.definition as PlayDefinition;
    const steps = new Map(definition.steps.map((step) => [step.id, step]));
    found.set(key, { ...row, definition, steps });
  }
  return found;
}

/** Names a version of a play. */
export function playKey({ playId, version }: { playId: string; version: number }): string {
  return `${playId} ${version}`;
}

export const hour = 3_600_000;
export const day = 24 * hour;

import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { ensurePermanentHoldout } from "../settings/act-settings.ts";
import { measureAudience, type MeasuredAudience } from "./measure-audience.ts";
import { readPastBaseline } from "./past-baseline.ts";
import { PlayDefinition } from "./play-definition.ts";
import type { PlaySurroundings } from "./play-problem.ts";

/** How large a play would be, and what its audience does anyway. */
export type PlaySize = Pick<PlaySurroundings, "eligible" | "perAccount" | "baseline"> & {
  measured: MeasuredAudience | null;
};

const unknown: PlaySize = { eligible: null, perAccount: 1, baseline: null, measured: null };

/** Counts who would enter now; nothing is known where the audience cannot be read, which is another's to say. */
export async function readSize(
  { db, searches, clock }: { db: Database; searches: Database; clock: Clock },
  play: { workspaceId: string; id: string; salt: string; definition: unknown },
): Promise<PlaySize> {
  const { data: definition } = PlayDefinition.safeParse(play.definition);
  if (!definition) return unknown;
  const { segment, filter } = definition.audience;
  if (segment === null && filter === null) return unknown;
  const permanent = await ensurePermanentHoldout(db, play.workspaceId);
  try {
    const measured = await measureAudience(searches, clock, { ...play, definition }, permanent);
    const baseline = await readPastBaseline(searches, { ...play, definition }, clock.now());
    return { eligible: measured.eligible, perAccount: measured.perAccount, baseline, measured };
  } catch (error) {
    if (error instanceof Refusal) return unknown;
    throw error;
  }
}

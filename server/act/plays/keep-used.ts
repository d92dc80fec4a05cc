import type { RefuseWhileUsed } from "../../collect/surveys/survey-uses.ts";
import type { OtherUses } from "../../identify/segments/find-uses.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { findPlayUses } from "./play-uses.ts";

/** Which plays stand on each segment, for those who would delete one. */
export const segmentsOfPlays: OtherUses = (db, workspaceId) => findPlayUses(db, workspaceId, "segments");

/** Keeps surveys that plays ask by from being deleted. */
export const keepSurveysOfPlays: RefuseWhileUsed = async (db, { workspaceId, id, name }) => {
  const [use] = (await findPlayUses(db, workspaceId, "surveys")).get(id) ?? [];
  if (!use) return;
  throw new Refusal(
    "conflict",
    `The play “${use.name}” needs the survey “${name}”; have it use another first, or end it.`,
    { reason: "survey_used_by_play", values: { name, play: use.name } },
  );
};

/**
 * Keeps a receiver that steps of plays tell from being deleted; whoever calls has locked it.
 * @throws Refusal when plays that have not ended name it
 */
export async function keepReceiverOfPlays(
  db: Database,
  { workspaceId, id, name }: { workspaceId: string; id: string; name: string },
): Promise<void> {
  const plays = (await findPlayUses(db, workspaceId, "receivers")).get(id) ?? [];
  const [play] = plays;
  if (!play) return;
  if (plays.length === 1)
    throw new Refusal(
      "conflict",
      `The play “${play.name}” tells “${name}”. Have it tell another first, or end it.`,
      { reason: "receiver_in_play", values: { name, play: play.name } },
    );
  const named = plays.map(({ name }) => name).join(", ");
  throw new Refusal(
    "conflict",
    `These plays tell “${name}”: ${named}. Have them tell another first, or end them.`,
    { reason: "receiver_in_plays", values: { name, plays: named } },
  );
}

import type { RefuseWhileUsed } from "../../collect/surveys/survey-uses.ts";
import type { OtherUses } from "../../identify/segments/find-uses.ts";
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

import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { withinWorkspace } from "../imports/within-workspace.ts";
import { findSurveyRow } from "./find-survey-row.ts";

export const settableStates = ["live", "paused", "archived"] as const;
type State = (typeof settableStates)[number];

const following: Record<State | "draft", readonly State[]> = {
  draft: [],
  live: ["paused", "archived"],
  paused: ["live", "archived"],
  archived: ["paused"],
};

const shortPause = 24 * 3600 * 1000;

/** Pauses a survey, lets it go on, archives it, or brings it back as paused. @throws Refusal for any other change */
export async function changeState(
  db: Database,
  clock: Clock,
  workspaceId: string,
  id: string,
  to: State,
): Promise<void> {
  await withinWorkspace(db, workspaceId, async (db) => {
    const { state, liveSince, pausedAt } = await findSurveyRow(db, workspaceId, id, { forChange: true });
    if (state === to) return;
    if (!following[state].includes(to)) throw refused(state, to);
    const now = clock.now();
    // After a short pause, as one that is undone, whose turn it is goes on as before; after a long one it begins anew,
    // or all whose turn came meanwhile would be asked at once.
    const goesOn = pausedAt !== null && now.getTime() - pausedAt.getTime() < shortPause;
    await db
      .updateTable("surveys")
      .set({
        state: to,
        lookAgainAt: null,
        ...(to === "live" && { liveSince: goesOn && liveSince ? liveSince : now, pausedAt: null }),
        ...(state === "live" && { pausedAt: now }),
      })
      .where("workspaceId", "=", workspaceId)
      .where("id", "=", id)
      .execute();
  });
}

function refused(from: State | "draft", to: State): Refusal {
  if (from === "draft") {
    return new Refusal("conflict", "This survey was never published. Publish it, or delete it.", {
      reason: "survey_is_draft",
    });
  }
  return new Refusal(
    "conflict",
    `An archived survey cannot become ${to} at once. Bring it back as paused first.`,
    {
      reason: "survey_archived",
    },
  );
}

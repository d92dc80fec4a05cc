import { isDeepStrictEqual } from "node:util";
import { withinWorkspace } from "../../collect/imports/within-workspace.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { fillDefaults } from "./fill-defaults.ts";
import { findPlayRow, type PlayPlace, type PlayRow } from "./find-play-row.ts";
import type { PlayDraft } from "./play.ts";

/**
 * Keeps what was edited, whole or half-done; what is published stays as it is, except for the name, which only members see.
 * @throws Refusal when somebody else has saved since `basedOn`, or the play has ended
 */
export async function savePlayDraft(
  db: Database,
  clock: Clock,
  play: PlayPlace,
  { name, definition: sent, basedOn }: PlayDraft,
): Promise<void> {
  await withinWorkspace(db, play.workspaceId, async (db) => {
    const row = await findPlayRow(db, play, { forChange: true });
    if (row.state === "ended") throw ended();
    refuseOlder(row, basedOn);
    // Without stray spaces and unknown parts, where everything is in range; else as it was sent.
    const definition = fillDefaults(sent);
    const isAsPublished = isDeepStrictEqual(definition, row.published);
    await db
      .updateTable("plays")
      .set({
        name,
        draft: isAsPublished ? null : JSON.stringify(definition),
        draftAt: nextTime(clock, row),
      })
      .where("workspaceId", "=", play.workspaceId)
      .where("id", "=", play.id)
      .execute();
  });
}

/** A time after the last one, so that it tells any two drafts apart. */
export function nextTime(clock: Clock, { basedOn }: Pick<PlayRow, "basedOn">): Date {
  return new Date(Math.max(clock.now().getTime(), basedOn.getTime() + 1));
}

/** Said where somebody wants to change a play that is over. */
export function ended(): Refusal {
  return new Refusal(
    "conflict",
    "This play has ended, and its result stands as it is. Start a new play instead.",
    {
      reason: "play_ended",
    },
  );
}

function refuseOlder({ basedOn }: PlayRow, seen: string | undefined): void {
  if (seen === undefined || new Date(seen).getTime() === basedOn.getTime()) return;
  throw new Refusal(
    "conflict",
    "Somebody else has changed this play since you opened it. Load it again, then make your change.",
    { reason: "play_draft_changed", values: { at: basedOn.toISOString() } },
  );
}

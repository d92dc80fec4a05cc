import { sql } from "kysely";
import { withinWorkspace } from "../../collect/imports/within-workspace.ts";
import { noteAudit } from "../../platform/accounts/note-audit.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { Caller } from "../../platform/http/router.ts";
import { newId } from "../../platform/ids.ts";
import { findPlayProblems } from "./find-play-problems.ts";
import { findPlayRow, type PlayPlace, type PlayRow } from "./find-play-row.ts";
import { keepsPlan, type PlayPlan, planPlay } from "./play-plan.ts";
import type { PublishPlay } from "./play.ts";
import { PlayDefinition } from "./play-definition.ts";
import type { PlayProblem, PlaySurroundings } from "./play-problem.ts";
import { designEffectOf } from "./play-promise.ts";
import { holdUsed } from "./play-uses.ts";
import { readSize, type PlaySize } from "./read-size.ts";
import { readSurroundings } from "./read-surroundings.ts";
import { ended, nextTime } from "./save-play-draft.ts";

/**
 * Makes a draft what customers enter by from now on, as a version of its own: who is in the play stays with theirs. What the
 * result is judged by is fixed as soon as somebody has entered. Where nothing was edited, nothing happens.
 * @throws Refusal when something about the draft stands in the way, or somebody else has changed it
 */
export async function publishPlay(
  { db, clock }: { db: Database; clock: Clock },
  caller: Caller,
  id: string,
  order: PublishPlay,
): Promise<void> {
  const { workspaceId, personId = null } = caller;
  const play = { workspaceId, id };
  if (order.overrides.length > 0) refuseOverridesOf(caller);
  const size = await sizeNow(db, clock, play);
  await withinWorkspace(db, workspaceId, async (db) => {
    const row = await findPlayRow(db, play, { forChange: true });
    if (row.state === "ended") throw ended();
    refuseOther(row, order.basedOn);
    if (!row.edited) return;
    await holdUsed(db, workspaceId, row.edited);
    const around = { ...(await readSurroundings(db, workspaceId)), ...size };
    const passed = judge(row.edited, around, order);
    const definition = PlayDefinition.parse(row.edited);
    const now = clock.now();
    const version = row.version + 1;
    const planned = await planFor(db, row, definition, { size, now });
    await db
      .insertInto("playVersions")
      .values({
        workspaceId,
        playId: id,
        number: version,
        definition: JSON.stringify(definition),
        publishedBy: personId,
        publishedAt: now,
      })
      .execute();
    await db
      .updateTable("plays")
      .set({
        version,
        draft: null,
        draftAt: nextTime(clock, row),
        publishedFrom: row.basedOn,
        planned: JSON.stringify(planned),
        ...(row.state === "draft" && { state: "live", liveSince: now }),
      })
      .where("workspaceId", "=", workspaceId)
      .where("id", "=", id)
      .execute();
    for (const { rule, reason } of passed) {
      await db
        .insertInto("guardOverrides")
        .values({
          ...play,
          id: newId(clock),
          playId: id,
          version,
          rule,
          reason,
          personId: personId!,
          at: now,
        })
        .execute();
      await noteAudit(db, clock, caller, {
        action: "play.guard_overridden",
        about: "play",
        aboutId: id,
        details: { name: row.name, version, rule, reason },
      });
    }
    await noteAudit(db, clock, caller, {
      action: "play.published",
      about: "play",
      aboutId: id,
      details: { name: row.name, version, holdout: definition.holdout },
    });
  });
}

/** Counted before anything is locked, and as long as it takes: it is a look at all customers. */
async function sizeNow(db: Database, clock: Clock, play: PlayPlace): Promise<PlaySize> {
  const row = await findPlayRow(db, play);
  return readSize({ db, searches: db, clock }, { ...play, salt: row.salt, definition: row.current });
}

function refuseOverridesOf({ role, apiKeyId }: Caller): void {
  if (role === "owner" && apiKeyId === undefined) return;
  throw new Refusal(
    "not_allowed",
    "Only an owner can let a play pass that the rules of review sites forbid. Ask an owner to publish it, or take out what they forbid.",
    { reason: "override_needs_owner" },
  );
}

function refuseOther({ basedOn, edited, publishedFrom }: PlayRow, meant: string | undefined): void {
  if (meant === undefined) return;
  const at = new Date(meant).getTime();
  // Sent again because the reply was lost: it is published.
  const isDone = !edited && at === publishedFrom?.getTime();
  if (at === basedOn.getTime() || isDone) return;
  throw new Refusal(
    "conflict",
    "Somebody else has changed this play since you last looked. Load it again, read what would be published now, then publish.",
    { reason: "published_play_changed", values: { at: basedOn.toISOString() } },
  );
}

/** The overrides that are needed. @throws Refusal with everything that stands in the way */
function judge(definition: PlayDefinition, around: PlaySurroundings, { overrides }: PublishPlay) {
  const reasons = new Map(overrides.map(({ rule, reason }) => [rule, reason]));
  const blocking = findPlayProblems(definition, around).filter((problem) => problem.blocking);
  const left = blocking.filter(({ guard }) => guard === undefined || !reasons.has(guard.rule));
  const [first] = left;
  if (first) throw refused(first, left);
  return [...new Set(blocking.flatMap(({ guard }) => guard?.rule ?? []))].map((rule) => ({
    rule,
    reason: reasons.get(rule)!,
  }));
}

function refused(first: PlayProblem, all: PlayProblem[]): Refusal {
  const more = all.length > 1 ? ` (and ${all.length - 1} more)` : "";
  const isGuardAlone = all.every(({ guard }) => guard !== undefined);
  const owner = isGuardAlone ? " An owner can let it pass, with a reason that is kept." : "";
  return new Refusal("bad_input", `This cannot be published yet: ${first.message}${more}${owner}`, {
    reason: isGuardAlone ? "play_needs_override" : "play_has_problems",
    values: { n: all.length },
    problems: all,
  });
}

/** What the result is judged by. @throws Refusal when somebody has entered who was to be judged by something else */
async function planFor(
  db: Database,
  { planned, ...row }: PlayRow,
  definition: PlayDefinition,
  { size, now }: { size: PlaySize; now: Date },
): Promise<PlayPlan> {
  if (planned && (await hasEntered(db, row))) {
    if (keepsPlan(planned, definition) && planned.worth === definition.worth) return planned;
    throw new Refusal(
      "conflict",
      "Customers have entered this play, and its result is judged by the goal, days, smallest gain, assignment and holdout that it had then. Take those back as they were, or end this play and start a new one.",
      { reason: "plan_fixed" },
    );
  }
  const designEffect = designEffectOf(definition, size.perAccount);
  return planPlay(definition, { baseline: size.baseline, designEffect, now });
}

async function hasEntered(db: Database, { workspaceId, id }: PlayPlace): Promise<boolean> {
  const { rows } = await sql`
    select 1 from enrolments where workspace_id = ${workspaceId}::uuid and play_id = ${id}::uuid limit 1`.execute(
    db,
  );
  return rows.length > 0;
}

import { sql } from "kysely";
import type { PlayPlan } from "../../act/plays/play-plan.ts";
import type { Database } from "../../platform/database/open.ts";
import { differenceOf } from "./compare-outcomes.ts";
import { type ArmCounts, countArms } from "./count-arms.ts";
import { countDays } from "./count-days.ts";
import { type ByArm, readExperiment } from "./experiment.ts";
import { headOf, isReady, readPlan, selectPlays } from "./find-play.ts";
import { judgePlay } from "./judge-play.ts";
import type { ResultLine } from "./play-result.ts";
import { readLooks } from "./read-looks.ts";
import { nothingYet } from "./unplanned-result.ts";

/** All plays that were ever published, each with what can be said of it: those to be decided first, then the newest. */
export async function listResults(db: Database, workspaceId: string, now: Date): Promise<ResultLine[]> {
  const plays = await selectPlays(db, workspaceId)
    .where("plays.state", "!=", "draft")
    .orderBy(sql`plays.live_since desc nulls last`)
    .orderBy("plays.id")
    .execute();
  const planned = plays.map((play) => ({ play, plan: readPlan(play.planned) }));
  const looks = await readLooks(
    db,
    workspaceId,
    planned.flatMap(({ play, plan }) => (plan ? [{ id: play.id, since: new Date(plan.at) }] : [])),
  );
  const lines: ResultLine[] = [];
  for (const { plan, play } of planned) {
    const head = headOf(play);
    if (!plan) {
      lines.push(unplanned(head, now));
      continue;
    }
    const { arms, days } = await countPlay(db, { workspaceId, playId: play.id, plan });
    const isOpen = play.state === "live";
    const verdict = judgePlay({ plan, arms, days, looks: looks.get(play.id) ?? [], isOpen, now });
    lines.push({
      play: head,
      goal: plan.goal,
      days: plan.days,
      verdict,
      ready: isReady(head, verdict),
      arms: { treated: shortOf(arms.treated), holdout: shortOf(arms.holdout) },
      difference: differenceOf(arms, "reached"),
    });
  }
  return lines.sort((a, b) => Number(b.ready) - Number(a.ready));
}

async function countPlay(db: Database, of: { workspaceId: string; playId: string; plan: PlayPlan }) {
  const experiment = await readExperiment(db, of);
  const [arms, days] = await Promise.all([countArms(db, experiment), countDays(db, experiment)]);
  return { arms, days } satisfies { arms: ByArm<ArmCounts>; days: unknown };
}

function unplanned(play: ResultLine["play"], now: Date): ResultLine {
  const none = { entered: 0, results: 0, reached: 0 };
  return {
    play,
    goal: null,
    days: null,
    verdict: nothingYet(now),
    ready: false,
    arms: { treated: none, holdout: none },
    difference: null,
  };
}

function shortOf({ entered, results, counts }: ArmCounts): ResultLine["arms"]["treated"] {
  return { entered, results, reached: counts.reached };
}

import { sql, type RawBuilder } from "kysely";
import type { PlayPlan } from "../../act/plays/play-plan.ts";
import { keepsPlan } from "../../act/plays/play-plan.ts";
import { PlayDefinition } from "../../act/plays/play-definition.ts";
import type { Database } from "../../platform/database/open.ts";
import type { Arm } from "../../platform/database/schema-act.ts";

/** What is counted together: the customers of one play who entered by the terms of its plan. */
export interface Experiment {
  workspaceId: string;
  playId: string;
  plan: PlayPlan;
  /** Versions with those terms. */
  versions: readonly number[];
  /** What the newest of them costs. */
  cost: PlayDefinition["cost"];
  /** Whether what was assigned is more than one row: an account with its people, or a customer who entered again. */
  isClustered: boolean;
}

/** A number in each arm. */
export type ByArm<Value> = Record<Arm, Value>;

/** The versions of a play that keep its plan; whoever entered by another is in another experiment. */
export async function readExperiment(
  db: Database,
  { workspaceId, playId, plan }: Pick<Experiment, "workspaceId" | "playId" | "plan">,
): Promise<Experiment> {
  const rows = await db
    .selectFrom("playVersions")
    .select(["number", "definition"])
    .where("workspaceId", "=", workspaceId)
    .where("playId", "=", playId)
    .orderBy("number")
    .execute();
  const kept = rows
    .map(({ number, definition }) => ({ number, definition: PlayDefinition.parse(definition) }))
    .filter(({ definition }) => keepsPlan(plan, definition));
  const newest = kept.at(-1)?.definition;
  return {
    workspaceId,
    playId,
    plan,
    versions: kept.map(({ number }) => number),
    cost: newest?.cost ?? null,
    isClustered: plan.assign === "account" || kept.some(({ definition }) => definition.audience.again),
  };
}

/** Which enrolments are those of an experiment; `e` is the table. */
export function inExperiment({ workspaceId, playId, versions }: Experiment): RawBuilder<boolean> {
  return sql<boolean>`e.workspace_id = ${workspaceId}::uuid and e.play_id = ${playId}::uuid
    and e.version = any(${sql.val([...versions])}::integer[])`;
}

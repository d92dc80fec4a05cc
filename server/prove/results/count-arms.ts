import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import type { Arm } from "../../platform/database/schema-act.ts";
import type { ClusterSums } from "../../statistics/clustered-difference.ts";
import { type ByArm, type Experiment, inExperiment } from "./experiment.ts";

/** What can be counted of a customer whose days are over; null in a row means that nobody knows. */
export const countable = {
  reached: "coalesce(e.reached, false)",
  answered: "e.score_after is not null",
  promoter: "coalesce(e.score_after >= 9, false)",
  detractor: "coalesce(e.score_after <= 6, false)",
  retained: "coalesce(e.retained, false)",
  active: "coalesce(e.active, false)",
  bought: "coalesce(e.purchases > 0, false)",
  unsubscribed: "coalesce(e.unsubscribed, false)",
  complained: "coalesce(e.complained, false)",
} as const;
export type Countable = keyof typeof countable;
const names = Object.keys(countable) as Countable[];

/** One arm in sums. */
export interface ArmCounts {
  /** All who were assigned, and what was assigned with them: customers or accounts. */
  entered: number;
  units: number;
  /** Those whose days are over and whose outcome is written down. */
  results: number;
  /** Of those with a result, whose activity is known. */
  activeKnown: number;
  counts: Record<Countable, number>;
  /** The same by what was assigned, where that is more than one customer. */
  clusters: Record<Countable, ClusterSums> | undefined;
}

const none: ArmCounts = {
  entered: 0,
  units: 0,
  results: 0,
  activeKnown: 0,
  counts: Object.fromEntries(names.map((name) => [name, 0])) as Record<Countable, number>,
  clusters: undefined,
};

const list = (each: (name: Countable) => string) => sql.raw(names.map(each).join(", "));
const done = "e.measured_at is not null";

/** Both arms in one scan, however many customers there are. */
export async function countArms(db: Database, experiment: Experiment): Promise<ByArm<ArmCounts>> {
  const rows = experiment.isClustered
    ? await countClusters(db, experiment)
    : await countUnits(db, experiment);
  return {
    treated: rows.find(({ arm }) => arm === "treated") ?? none,
    holdout: rows.find(({ arm }) => arm === "holdout") ?? none,
  };
}

type Sums = Record<string, number>;

async function countUnits(db: Database, experiment: Experiment) {
  const { rows } = await sql<Sums & { arm: Arm }>`
    select e.arm, count(*) as entered, count(*) as units, count(*) filter (where ${sql.raw(done)}) as results,
      count(e.active) as "activeKnown",
      ${list((name) => `count(*) filter (where ${done} and ${countable[name]}) as "${name}"`)}
    from enrolments e where ${inExperiment(experiment)} group by e.arm`.execute(db);
  return rows.map((row) => armOf(row, undefined));
}

async function countClusters(db: Database, experiment: Experiment) {
  const { rows } = await sql<Sums & { arm: Arm }>`
    select arm, sum(entered)::bigint as entered, count(*) as units, sum(n)::bigint as results,
      sum("activeKnown")::bigint as "activeKnown", count(*) filter (where n > 0) as clusters, sum(n * n)::float8 as "squaredUnits",
      ${list((name) => `sum("${name}")::bigint as "${name}", sum("${name}" * "${name}")::float8 as "${name} squared", sum("${name}" * n)::float8 as "${name} products"`)}
    from (
      select e.arm, e.unit_id, count(*) as entered, count(*) filter (where ${sql.raw(done)}) as n, count(e.active) as "activeKnown",
        ${list((name) => `count(*) filter (where ${done} and ${countable[name]}) as "${name}"`)}
      from enrolments e where ${inExperiment(experiment)} group by e.arm, e.unit_id) as units
    group by arm`.execute(db);
  return rows.map((row) =>
    armOf(
      row,
      Object.fromEntries(
        names.map((name) => [
          name,
          {
            clusters: row["clusters"]!,
            units: row["results"]!,
            successes: row[name]!,
            squaredUnits: row["squaredUnits"]!,
            squaredSuccesses: row[`${name} squared`]!,
            products: row[`${name} products`]!,
          },
        ]),
      ) as Record<Countable, ClusterSums>,
    ),
  );
}

function armOf(row: Sums & { arm: Arm }, clusters: ArmCounts["clusters"]): ArmCounts & { arm: Arm } {
  return {
    arm: row.arm,
    entered: row["entered"]!,
    units: row["units"]!,
    results: row["results"]!,
    activeKnown: row["activeKnown"]!,
    counts: Object.fromEntries(names.map((name) => [name, row[name]!])) as Record<Countable, number>,
    clusters,
  };
}

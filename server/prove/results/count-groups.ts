import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import type { Arm } from "../../platform/database/schema-act.ts";
import type { ClusterSums } from "../../statistics/clustered-difference.ts";
import { type ByArm, type Experiment, inExperiment } from "./experiment.ts";

/** By what groups are made: only what was so when a customer entered, or the play itself would make the groups. */
export const dimensions = {
  score: "e.score_before::text",
  state: "nullif(e.state_before, 'unknown')",
  plan: "e.plan_before",
} as const;
export type Dimension = keyof typeof dimensions;

/** Results and successes of one group. */
export interface GroupCounts {
  dimension: Dimension;
  value: string;
  arms: ByArm<{ k: number; n: number; clusters: ClusterSums | undefined }>;
}

interface Row {
  arm: Arm;
  value: string | null;
  n: number;
  k: number;
  clusters: number;
  nn: number;
  kk: number;
  nk: number;
}

/** The goal by groups of those with a result. */
export async function countGroups(db: Database, experiment: Experiment): Promise<GroupCounts[]> {
  const all = await Promise.all(
    (Object.keys(dimensions) as Dimension[]).map((dimension) => countDimension(db, experiment, dimension)),
  );
  return all.flat();
}

async function countDimension(
  db: Database,
  experiment: Experiment,
  dimension: Dimension,
): Promise<GroupCounts[]> {
  const { isClustered } = experiment;
  const unit = sql.raw(isClustered ? ", e.unit_id" : "");
  const { rows } = await sql<Row>`
    select arm, value, sum(n)::bigint as n, sum(k)::bigint as k, count(*) as clusters, sum(n * n)::float8 as nn, sum(k * k)::float8 as kk,
      sum(n * k)::float8 as nk
    from (select e.arm, ${sql.raw(dimensions[dimension])} as value, count(*) as n, count(*) filter (where e.reached) as k
      from enrolments e where ${inExperiment(experiment)} and e.measured_at is not null
      group by e.arm, ${sql.raw(dimensions[dimension])} ${unit}) as each
    where value is not null
    group by arm, value`.execute(db);
  const values = [...new Set(rows.map(({ value }) => value!))].sort();
  const empty = { k: 0, n: 0, clusters: undefined };
  return values.map((value) => {
    const armOf = (arm: Arm) => {
      const row = rows.find((each) => each.arm === arm && each.value === value);
      if (!row) return empty;
      const { n, k, clusters, nn, kk, nk } = row;
      const sums = {
        clusters,
        units: n,
        successes: k,
        squaredUnits: nn,
        squaredSuccesses: kk,
        products: nk,
      };
      return { n, k, clusters: isClustered ? sums : undefined };
    };
    return { dimension, value, arms: { treated: armOf("treated"), holdout: armOf("holdout") } };
  });
}

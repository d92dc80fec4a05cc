import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import type { Arm } from "../../platform/database/schema-act.ts";
import {
  type AmountDifference,
  amountDifference,
  amountDifferenceOfSums,
  type AmountSums,
} from "../../statistics/amount-difference.ts";
import { type ByArm, type Experiment, inExperiment } from "./experiment.ts";

/** Beyond so many amounts a page would wait for the drawing, and the interval is hardly another one. */
const drawnAtMost = 2_000;

/** What customers brought within their days, in the currency that most of it is in. */
export interface Revenue {
  currency: string;
  /** Per customer with a result, also those who bought nothing. */
  means: ByArm<number>;
  difference: AmountDifference;
  /** Customers whose purchases were in another currency; they count as if they had bought nothing. */
  otherCurrencies: number;
}

interface Sums {
  arm: Arm;
  units: number;
  values: number;
  sum: number;
  squares: number;
  clusters: number;
  squaredUnits: number;
  products: number;
}

/** Undefined where nobody's purchases have an amount. */
export async function countRevenue(db: Database, experiment: Experiment): Promise<Revenue | undefined> {
  const where = sql`${inExperiment(experiment)} and e.measured_at is not null`;
  const { rows: currencies } = await sql<{ currency: string; n: number }>`
    select e.currency, count(*) as n from enrolments e where ${where} and e.revenue <> 0 and e.currency is not null
    group by e.currency order by count(*) desc, e.currency`.execute(db);
  const [main, ...others] = currencies;
  if (!main) return undefined;
  const amount = sql`case when e.currency = ${main.currency} then e.revenue else 0 end`;
  const { rows } = await sql<Sums>`
    select arm, sum(n)::bigint as units, sum(values)::bigint as values, sum(amount)::float8 as sum, sum(squares)::float8 as squares,
      count(*) as clusters, sum(n * n)::float8 as "squaredUnits", sum(n * amount)::float8 as products
    from (${
      experiment.isClustered
        ? sql`select arm, n, values, amount, amount * amount as squares from (
            select e.arm, e.unit_id, count(*) as n, count(*) filter (where ${amount} <> 0) as values, sum(${amount}) as amount
            from enrolments e where ${where} group by e.arm, e.unit_id) as units`
        : sql`select e.arm, count(*) as n, count(*) filter (where ${amount} <> 0) as values, coalesce(sum(${amount}), 0) as amount,
            coalesce(sum((${amount}) * (${amount})), 0) as squares from enrolments e where ${where} group by e.arm`
    }) as each group by arm`.execute(db);
  const treated = rows.find(({ arm }) => arm === "treated");
  const holdout = rows.find(({ arm }) => arm === "holdout");
  if (!treated || !holdout) return undefined;
  const drawn = experiment.isClustered
    ? treated.clusters + holdout.clusters
    : treated.values + holdout.values;
  const difference =
    drawn <= drawnAtMost
      ? await drawnDifference(db, experiment, { where, amount, units: { treated, holdout } })
      : amountDifferenceOfSums(sumsOf(treated, experiment), sumsOf(holdout, experiment));
  if (!difference) return undefined;
  return {
    currency: main.currency,
    means: { treated: treated.sum / treated.units, holdout: holdout.sum / holdout.units },
    difference,
    otherCurrencies: others.reduce((sum, { n }) => sum + n, 0),
  };
}

function sumsOf(
  { units, values, sum, squares, clusters, squaredUnits, products }: Sums,
  { isClustered }: Experiment,
): AmountSums {
  return isClustered
    ? { clusters, units, sum, squares, squaredUnits, products }
    : { units, values, sum, squares };
}

interface Drawn {
  where: ReturnType<typeof sql>;
  amount: ReturnType<typeof sql>;
  units: ByArm<{ units: number }>;
}

/** The same customers give the same interval tomorrow: what is drawn follows from the play. */
async function drawnDifference(db: Database, experiment: Experiment, { where, amount, units }: Drawn) {
  const options = { seed: experiment.playId };
  if (experiment.isClustered) {
    const { rows } = await sql<{ arm: Arm; units: number; amount: number }>`
      select e.arm, count(*) as units, sum(${amount})::float8 as amount from enrolments e where ${where}
      group by e.arm, e.unit_id`.execute(db);
    const ofArm = (arm: Arm) => ({ clusters: rows.filter((row) => row.arm === arm) });
    return amountDifference(ofArm("treated"), ofArm("holdout"), options);
  }
  const { rows } = await sql<{ arm: Arm; amounts: number[] }>`
    select e.arm, array_agg(${amount}) as amounts from enrolments e where ${where} and ${amount} <> 0
    group by e.arm`.execute(db);
  const ofArm = (arm: Arm) => ({
    units: units[arm].units,
    amounts: rows.find((row) => row.arm === arm)?.amounts ?? [],
  });
  return amountDifference(ofArm("treated"), ofArm("holdout"), options);
}

import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { type Experiment, inExperiment } from "./experiment.ts";

/** What a play has cost for the treated who have a result, codes included; null where nobody says what it costs. */
export async function countCost(
  db: Database,
  experiment: Experiment,
  treated: number,
): Promise<{ amount: number; currency: string } | null> {
  const { cost } = experiment;
  const { rows: codes } = await sql<{ currency: string; amount: number }>`
    select upper(p.currency) as currency, sum(p.amount)::float8 as amount
    from incentives i
      join enrolments e on e.customer_id = i.customer_id and e.id = i.enrolment_id
      join code_pools p on p.id = i.pool_id
    where i.workspace_id = ${experiment.workspaceId}::uuid and i.play_id = ${experiment.playId}::uuid
      and ${inExperiment(experiment)} and e.measured_at is not null and p.amount > 0 and p.currency is not null
    group by upper(p.currency) order by 2 desc`.execute(db);
  const currency = cost?.currency.toUpperCase() ?? codes[0]?.currency;
  if (!currency) return null;
  const own = cost ? cost.amount * (cost.per === "customer" ? treated : 1) : 0;
  const given = codes.find((each) => each.currency === currency)?.amount ?? 0;
  return { amount: own + given, currency };
}

import { z } from "@hono/zod-openapi";
import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { wilsonInterval } from "../../statistics/share-interval.ts";
import { customerFigures } from "./customer-figures.ts";
import { judgedFigures } from "./judged-figures.ts";
import { normRows } from "./measure-norms.ts";
import { normsFrom } from "./norm.ts";
import { RuleName } from "./passives.ts";
import { ruleNames } from "./rule.ts";
import type { RuleChoices } from "./rules.ts";

const Estimate = z
  .object({
    customers: z.int(),
    interval: z
      .tuple([z.int(), z.int()])
      .nullable()
      .describe("Wilson, 95 %; null where all customers were looked at."),
  })
  .openapi("RuleEstimate");

/** How many customers some rules would find. */
export const RulePreview = z
  .object({
    customers: z.int().describe("All who have not left."),
    lookedAt: z.int().describe("How many of them were looked at: all, or a sample of about 10,000."),
    rules: z.array(Estimate.extend({ rule: RuleName })),
    behavioural: Estimate.describe("Who would be passive by behaviour, whatever they answered."),
    norms: z
      .array(
        z.object({
          plan: z.string().describe("Empty for all plans together."),
          promoters: z.int(),
          days: z.number().nullable().describe("Active days a week, the promoter in the middle."),
          depth: z.number().nullable().describe("Uses of features on such a day."),
          features: z
            .array(z.string())
            .describe("Those that at least a tenth of them use, the most used first."),
        }),
      )
      .describe("What is compared with: the plans with at least 20 promoters, and everybody."),
  })
  .openapi("RulePreview");
export type RulePreview = z.infer<typeof RulePreview>;

const sampled = 10_000;

/** Tries rules on all customers, or where there are many on a sample that is the same each time. */
export async function previewRules(
  db: Database,
  workspaceId: string,
  choices: RuleChoices,
  { now }: { now: Date },
): Promise<RulePreview> {
  const norms = normsFrom(await normRows(db, workspaceId));
  const { rows: known } = await sql<{ n: number }>`
    select count(*) as n from customers where workspace_id = ${workspaceId}::uuid`.execute(db);
  const all = known[0]!.n;
  const oneIn = Math.ceil(all / sampled);
  const { rows: ids } = await sql<{ id: string }>`
    select id from customers where workspace_id = ${workspaceId}::uuid
      ${oneIn > 1 ? sql`and abs(hashtext(id::text)::bigint) % ${oneIn} = 0` : sql``}`.execute(db);
  const figures = customerFigures({
    workspaceId,
    range: { customers: ids.map(({ id }) => id) },
    now,
    norms,
    browsing: choices.browsing.settings.events,
    unansweredAfter: choices.scarce_answers.settings.days,
  });
  const counts = ruleNames.map(
    (rule) => sql`count(*) filter (where ${rule} = any (j.reasons)) as ${sql.raw(rule)}`,
  );
  const row = await db.transaction().execute(async (db) => {
    await sql`select set_config('enable_nestloop', 'off', true)`.execute(db);
    const { rows } = await sql<Record<string, number>>`
      select count(*) as present, count(*) filter (where cardinality(j.reasons) > 0) as behavioural, ${sql.join(counts)}
      from (${judgedFigures(figures, choices)}) as j where not j.gone`.execute(db);
    return rows[0]!;
  });
  const present = row["present"]!;
  const customers = oneIn === 1 ? present : Math.round((all * present) / Math.max(1, ids.length));
  const estimate = (found: number) => {
    const interval = oneIn === 1 ? undefined : wilsonInterval(found, present);
    return {
      customers: oneIn === 1 ? found : Math.round((customers * found) / Math.max(1, present)),
      interval: interval
        ? ([Math.round(customers * interval.low), Math.round(customers * interval.high)] as [number, number])
        : null,
    };
  };
  return {
    customers,
    lookedAt: present,
    rules: ruleNames.map((rule) => Object.assign(estimate(camel(row, rule)), { rule })),
    behavioural: estimate(row["behavioural"]!),
    norms: norms.map(({ plan, promoters, days, depth, features }) => ({
      plan,
      promoters,
      days,
      depth,
      features,
    })),
  };
}

/** Kysely gives columns in camel case. */
function camel(row: Record<string, number>, name: string): number {
  return row[name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())] ?? 0;
}

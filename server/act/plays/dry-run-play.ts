import { z } from "@hono/zod-openapi";
import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { findPlayProblems } from "./find-play-problems.ts";
import { findPlayRow, type PlayPlace } from "./find-play-row.ts";
import type { MeasuredAudience } from "./measure-audience.ts";
import { PlayDefinition } from "./play-definition.ts";
import { PlayProblem } from "./play-problem.ts";
import { designEffectOf, promiseOf } from "./play-promise.ts";
import { readSize } from "./read-size.ts";
import { readSurroundings } from "./read-surroundings.ts";
import { heldReasons } from "./who-enters.ts";

const arm = z.enum(["treated", "holdout"]);

/** What would happen if a play began now. */
export const DryRun = z
  .object({
    eligible: z
      .int()
      .nullable()
      .describe("Customers who would enter; null while the play is for nobody yet."),
    held: z
      .array(z.object({ reason: z.enum(heldReasons), customers: z.int() }))
      .describe("For whom it is meant, and who would not enter now; each counted under the first reason."),
    arms: z.object({ treated: z.int(), holdout: z.int() }).describe("Of those who would enter."),
    promise: z
      .object({
        needed: z
          .int()
          .nullable()
          .describe("Customers with a result for a gain of `worth`; null: nobody is left alone."),
        power: z.number().describe("The chance that such a gain is noticed with those who would enter now."),
        smallest: z
          .number()
          .nullable()
          .describe("The smallest gain that they would show four times in five, as a share."),
        baseline: z.number().describe("The share that reaches the goal anyway."),
        guessed: z.boolean().describe("Nothing is known of the past, so that share is a guess."),
      })
      .nullable(),
    problems: z.array(PlayProblem).describe("All of them, those of its size too."),
    examples: z.array(
      z.object({
        id: z.uuid(),
        name: z.string().nullable(),
        email: z.string().nullable(),
        account: z.string().nullable(),
        language: z.string().nullable(),
        arm,
      }),
    ),
  })
  .openapi("DryRun");
export type DryRun = z.infer<typeof DryRun>;

/** Counts who would enter a play now, and tells what its result could say. Changes nothing. */
export async function dryRunPlay(
  { db, searches, clock }: { db: Database; searches: Database; clock: Clock },
  play: PlayPlace,
): Promise<DryRun> {
  const { salt, current } = await findPlayRow(db, play);
  const around = await readSurroundings(db, play.workspaceId);
  const { measured, ...size } = await readSize(
    { db, searches, clock },
    { ...play, salt, definition: current },
  );
  const problems = findPlayProblems(current, { ...around, ...size });
  if (!measured) {
    return {
      eligible: null,
      held: [],
      arms: { treated: 0, holdout: 0 },
      promise: null,
      problems,
      examples: [],
    };
  }
  const { eligible, held, treated, holdout, examples } = measured;
  const definition = PlayDefinition.parse(current);
  const { needed, power, smallest, baseline, guessed } = promiseOf(definition, eligible, {
    baseline: size.baseline,
    designEffect: designEffectOf(definition, size.perAccount),
  });
  return {
    eligible,
    held,
    arms: { treated, holdout },
    promise: { needed, power, smallest, baseline, guessed },
    problems,
    examples: await nameExamples(searches, play.workspaceId, examples),
  };
}

async function nameExamples(
  db: Database,
  workspaceId: string,
  examples: MeasuredAudience["examples"],
): Promise<DryRun["examples"]> {
  const { rows } = await sql<Omit<DryRun["examples"][number], "arm">>`
    select c.id, c.name, c.email, coalesce(a.name, a.key) as account, c.language
    from customers c left join accounts a on a.workspace_id = ${workspaceId}::uuid and a.id = c.account_id
    where c.workspace_id = ${workspaceId}::uuid and c.id = any (${examples.map(({ id }) => id)}::uuid[])
    order by c.id`.execute(db);
  const arms = new Map(examples.map((each) => [each.id, each.arm]));
  return rows.map((row) => Object.assign(row, { arm: arms.get(row.id)! }));
}

import { sql } from "kysely";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Resources } from "../../platform/resources.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { goalMoment, isRetained } from "./goal.ts";

const atOnce = 1_000;

/**
 * Writes down for customers whose days are over whether they reached the goal of their play, in both arms alike and whatever
 * became of them in it. From then on it is final. Whoever was left alone is done with the play then.
 */
export async function settleEnrolments(
  { database: { db }, clock }: Pick<Resources, "database" | "clock">,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  const now = clock.now();
  while (!signal.aborted) {
    const { rows: due } = await sql<{ workspaceId: string; customerId: string; id: string }>`
      select workspace_id as "workspaceId", customer_id as "customerId", id from enrolments
      where result_due <= ${now}::timestamptz and settled_at is null order by result_due limit ${atOnce}`.execute(
      db,
    );
    for (const [workspaceId, some] of Map.groupBy(due, (row) => row.workspaceId)) {
      await inTransaction(db, async (db) => {
        await lockWorkspace(db, workspaceId, "shared");
        await sql`
          update enrolments e set goal_at = g.at, reached = g.at is not null, settled_at = ${now}::timestamptz,
            state = case when e.arm = 'holdout' and e.state = 'active' then 'done' else e.state end,
            ended_at = case when e.arm = 'holdout' and e.state = 'active' then ${now}::timestamptz else e.ended_at end
          from (
            select e.customer_id, e.id, case when v.definition #>> '{goal,kind}' = 'retained'
              then case when ${isRetained(sql`e.result_due`)} then e.result_due end else ${goalMoment} end as at
            from unnest(
                ${some.map(({ customerId }) => customerId)}::uuid[], ${some.map(({ id }) => id)}::uuid[]
              ) as k (customer_id, id)
              join enrolments e on e.customer_id = k.customer_id and e.id = k.id
              join play_versions v on v.play_id = e.play_id and v.number = e.version
              join customers c on c.id = e.customer_id
              left join accounts a on a.workspace_id = c.workspace_id and a.id = c.account_id
          ) as g
          where e.customer_id = g.customer_id and e.id = g.id and e.settled_at is null`.execute(db);
      });
    }
    if (due.length < atOnce) return;
  }
}

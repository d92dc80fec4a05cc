import { type RawBuilder, sql } from "kysely";
import { among, countCompares, type Leaf, type Scope, withinDays } from "./leaf.ts";
import type { ConditionOf, contactStates } from "./segment-condition.ts";

/** What customers were sent, and whether they may be written to. */
export function compileContact(scope: Scope, condition: ConditionOf<"asked" | "contact">): Leaf {
  if (condition.kind === "asked") {
    const counted = sql`x.kind = 'invitation' and ${withinDays(sql`x.at`, condition.days, scope.now)}`;
    return countCompares(scope, sql.table("contacts"), counted, condition);
  }
  const states = contactConditions(scope);
  const chosen = condition.value.map((state) => states[state]);
  const isPlain = !condition.value.includes("complaint");
  return among({ holds: sql<boolean>`(${sql.join(chosen, sql` or `)})`, isPlain }, condition.is);
}

function contactConditions({
  workspaceId,
}: Scope): Record<(typeof contactStates)[number], RawBuilder<boolean>> {
  return {
    no_address: sql<boolean>`c.email is null`,
    unsubscribed: sql<boolean>`c.unsubscribed_at is not null`,
    bounced: sql<boolean>`c.bounced_at is not null`,
    complaint: sql<boolean>`exists (select from complaints x where x.customer_id = c.id
      and x.workspace_id = ${workspaceId}::uuid and x.closed_at is null)`,
  };
}

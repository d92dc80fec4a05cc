import { type RawBuilder, sql } from "kysely";
import { giveUpMessages } from "../../collect/asking/give-up-messages.ts";
import type { Database } from "../../platform/database/open.ts";

/** An invitation by whose it is. */
export interface Ask {
  customerId: string;
  id: string;
}

/** The invitations that steps of plays have written and that have not left yet, or are to be followed by a reminder. */
export function asksAhead(ofRun: RawBuilder<unknown>, limit?: number): RawBuilder<Ask> {
  return sql<Ask>`
    select i.customer_id as "customerId", i.id
    from step_runs r join invitations i on i.customer_id = r.customer_id and i.id = (r.result ->> 'invitationId')::uuid
    where ${ofRun} and r.kind = 'ask' and r.state = 'done' and (
      i.state = 'queued' or i.state = 'sending' and i.reason is distinct from 'cancelled' or i.remind_at is not null)
    ${limit === undefined ? sql`` : sql`limit ${limit}`}`;
}

/** Sends nothing more for these asks of plays; what went out stays answerable. In the caller's transaction. */
export async function takeBackAsks(db: Database, asks: readonly Ask[], reason: string): Promise<void> {
  if (asks.length === 0) return;
  await sql`
    update invitations i set remind_at = null,
      -- Whoever has it in hand reads this: it is not tried again.
      reason = case when i.state = 'sending' then 'cancelled' else i.reason end
    from unnest(
      ${asks.map(({ customerId }) => customerId)}::uuid[], ${asks.map(({ id }) => id)}::uuid[]
    ) as r (customer_id, id)
    where i.customer_id = r.customer_id and i.id = r.id`.execute(db);
  await giveUpMessages(db, asks, { state: "cancelled", reason });
}

import { sql } from "kysely";
import { currentCustomer } from "../../collect/customers/follow-merges.ts";
import { selectResponses, toResponse } from "../../collect/list-responses.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { idOf } from "../../platform/ids.ts";
import { type Jobs, send } from "../../platform/jobs/send.ts";
import type { Resources } from "../../platform/resources.ts";
import type { WebhookEvent } from "./webhook.ts";

/**
 * Writes down for each webhook what it is to be told of these answers, and sends the job that tells it, in one transaction.
 * The same news twice is told once.
 */
export async function announceResponses(
  { database: { db }, clock }: Pick<Resources, "database" | "clock">,
  { workspaceId, responses, isChange = false }: Jobs["response-recorded"],
): Promise<void> {
  if (responses.length === 0) return;
  const event: WebhookEvent = isChange ? "response.changed" : "response.recorded";
  const receivers = await db
    .selectFrom("receivers")
    .select("id")
    .where("workspaceId", "=", workspaceId)
    .where("kind", "=", "webhook")
    .where("state", "=", "active")
    .where(sql<boolean>`${event}::text = any (events)`)
    .execute();
  if (receivers.length === 0) return;
  const now = clock.now();
  const rows = (await readAnswers(db, workspaceId, responses)).flatMap(({ changedAt, ...data }) => {
    const timestamp = (isChange && changedAt ? changedAt : now).toISOString();
    const body = JSON.stringify({ type: event, timestamp, data });
    // An answer is recorded once; it can be changed often, also back to what it was.
    const turn = isChange ? [changedAt?.toISOString() ?? "", JSON.stringify(data)] : [];
    return receivers.map(({ id: receiverId }) => ({
      workspaceId,
      customerId: data.customer.id,
      id: idOf("delivery", receiverId, event, data.id, ...turn),
      receiverId,
      event,
      body,
      dueAt: now,
      createdAt: now,
    }));
  });
  if (rows.length === 0) return;
  await inTransaction(db, async (db) => {
    await db
      .insertInto("deliveries")
      .values(rows)
      .onConflict((c) => c.doNothing())
      .execute();
    await send(db, "deliver-webhooks", {});
  });
}

async function readAnswers(
  db: Database,
  workspaceId: string,
  named: readonly { customerId: string; id: string }[],
) {
  const read = (customers: string[], ids: string[]) =>
    selectResponses(db, workspaceId)
      .where("r.customerId", "in", customers)
      .where("r.id", "in", ids)
      .select(["r.state", "r.changedAt"])
      .execute();
  const rows = await read(
    named.map(({ customerId }) => customerId),
    named.map(({ id }) => id),
  );
  const found = new Set(rows.map(({ id }) => id));
  for (const { customerId, id } of named) {
    if (found.has(id)) continue;
    // Found to be another customer meanwhile, or gone.
    const current = await currentCustomer(db, customerId);
    if (current !== customerId) rows.push(...(await read([current], [id])));
  }
  return rows.map((row) => {
    const { id, surveyId, at, score, category, comment, language, channel, traits, customer } =
      toResponse(row);
    const { state, changedAt } = row;
    return {
      id,
      surveyId,
      at,
      score,
      category,
      comment,
      language,
      channel,
      state,
      traits,
      customer,
      changedAt,
    };
  });
}

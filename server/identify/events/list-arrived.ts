import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import type { ArrivedEvent } from "./events-page.ts";

const seconds = [10, 60, 600, 3_600, 24 * 3_600];

interface Row extends Omit<ArrivedEvent, "at" | "receivedAt" | "customer"> {
  at: Date;
  receivedAt: Date;
  customerId: string;
  customerName: string | null;
  email: string | null;
  externalId: string | null;
  anonymous: boolean | null;
}

/**
 * The events of the last day that arrived last, newest first. Looks back no farther than it must, because what is sorted
 * by arrival is not indexed but for the blocks it lies in.
 */
export async function listArrived(
  db: Database,
  clock: Clock,
  workspaceId: string,
  { name, limit }: { name?: string | undefined; limit: number },
): Promise<ArrivedEvent[]> {
  const now = clock.now().getTime();
  for (const [i, back] of seconds.entries()) {
    const { rows } = await sql<Row>`
      select e.id, e.at, e.received_at, e.type, e.name, e.properties, e.context, e.customer_id, c.name as customer_name,
        c.email, c.external_id, c.anonymous, k.name as write_key
      from (
        select * from events
        where workspace_id = ${workspaceId}::uuid and received_at > ${new Date(now - back * 1000)}
          and (${name ?? null}::text is null or name = ${name ?? null})
        order by received_at desc, at desc, id desc limit ${limit}) e
      left join customers c on c.id = e.customer_id
      left join write_keys k on k.id = e.write_key_id
      order by e.received_at desc, e.at desc, e.id desc`.execute(db);
    if (rows.length === limit || i === seconds.length - 1) return rows.map(shown);
  }
  return [];
}

function shown(row: Row): ArrivedEvent {
  const { id, at, receivedAt, type, name, properties, context, writeKey } = row;
  const { customerId, customerName, email, externalId, anonymous } = row;
  return {
    id,
    at: at.toISOString(),
    receivedAt: receivedAt.toISOString(),
    type,
    name,
    properties,
    context,
    customer: { id: customerId, name: customerName, email, externalId, anonymous: anonymous ?? true },
    writeKey,
  };
}

import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { idOf } from "../../platform/ids.ts";
import { send } from "../../platform/jobs/send.ts";
import { type AlertFacts, alertBody, type AlertKind, type Says } from "./alert-texts.ts";

export interface ToldReceiver {
  id: string;
  kind: "email" | "slack" | "webhook";
  language: string;
  events: string[];
}

/** Active receivers that are told of this without being asked. */
export async function findReceivers(
  db: Database,
  workspaceId: string,
  event: string,
): Promise<ToldReceiver[]> {
  return db
    .selectFrom("receivers")
    .select(["id", "kind", "language", "events"])
    .where("workspaceId", "=", workspaceId)
    .where("state", "=", "active")
    .where(sql<boolean>`${event}::text = any (events)`)
    .execute();
}

interface News {
  workspaceId: string;
  customerId: string;
  event: AlertKind;
  /** Names the news: the same twice is told once. */
  about: readonly string[];
  facts: AlertFacts;
  /** What programs are told. */
  data: unknown;
  /** What it says of an answer. */
  says?: Says;
  now: Date;
}

/** Names what a receiver is told: the same news has the same id. */
export function alertId(receiverId: string, event: AlertKind, about: readonly string[]): string {
  return idOf("delivery", receiverId, event, ...about);
}

/** Writes down for each of these receivers what it is told, in the caller's transaction. */
export async function writeDeliveries(
  db: Database,
  receivers: readonly ToldReceiver[],
  { workspaceId, customerId, event, about, facts, data, says, now }: News,
): Promise<void> {
  if (receivers.length === 0) return;
  const timestamp = now.toISOString();
  await db
    .insertInto("deliveries")
    .values(
      receivers.map(({ id: receiverId, kind, language }) => ({
        workspaceId,
        customerId,
        id: alertId(receiverId, event, about),
        receiverId,
        event,
        body: JSON.stringify(
          kind === "webhook" ? { type: event, timestamp, data } : alertBody(kind, language, event, facts),
        ),
        says: says ? JSON.stringify(says) : null,
        dueAt: now,
        createdAt: now,
      })),
    )
    .onConflict((c) => c.doNothing())
    .execute();
  await send(db, "deliver-webhooks", {});
}

import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { newId } from "../../platform/ids.ts";
import { emailAddress } from "../../platform/mail/address.ts";
import type { Resources } from "../../platform/resources.ts";
import { allowedAddress, cancelDeliveries, noWebhook } from "../webhooks/change-webhooks.ts";
import { showFailure } from "../webhooks/failure.ts";
import type { NewReceiver, Receiver, ReceiverChange } from "./receiver.ts";

const mostOfWorkspace = 50;
export const alertKinds = ["email", "slack"] as const;

/** All who are told in a workspace: addresses, Slack channels, and programs. */
export async function listReceivers(db: Database, workspaceId: string): Promise<Receiver[]> {
  const rows = await db
    .selectFrom("receivers")
    .select(["id", "kind", "name", "address", "language", "events", "state", "failingSince"])
    .select(["failure", "createdAt"])
    .where("workspaceId", "=", workspaceId)
    .orderBy("createdAt", "desc")
    .orderBy("id", "desc")
    .execute();
  const shown = (row: (typeof rows)[number]) => ({
    ...row,
    address: row.kind === "email" ? row.address : (URL.parse(row.address)?.host ?? ""),
    failure: showFailure(row.failure),
    failingSince: row.failingSince?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  });
  return rows.map(shown);
}

/** Adds an address or a Slack channel. @throws Refusal when there are many, or its address may not be asked */
export async function createReceiver(
  { database, clock, config }: Resources,
  { workspaceId, personId = null }: { workspaceId: string; personId?: string | null | undefined },
  { kind, name, address, events, language }: NewReceiver,
): Promise<string> {
  const { db } = database;
  const allowed = kind === "slack" ? allowedAddress(config, address, "address") : address;
  const { count } = await db
    .selectFrom("receivers")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("workspaceId", "=", workspaceId)
    .where("kind", "in", alertKinds)
    .executeTakeFirstOrThrow();
  if (count >= mostOfWorkspace)
    throw new Refusal(
      "conflict",
      `A workspace tells at most ${mostOfWorkspace} addresses and channels; delete one that is not needed any more.`,
      { reason: "too_many_receivers", values: { most: mostOfWorkspace } },
    );
  const [id, now] = [newId(clock), clock.now()];
  const times = { createdAt: now, updatedAt: now };
  await db
    .insertInto("receivers")
    .values({
      workspaceId,
      id,
      kind,
      name,
      address: allowed,
      events,
      language,
      createdBy: personId,
      ...times,
    })
    .execute();
  return id;
}

/** Changes an address or a channel. What is still to be told is given up when it is paused, and can be sent from the log. */
export async function changeReceiver(
  { database, clock, config }: Resources,
  { workspaceId, id }: { workspaceId: string; id: string },
  { address, state, ...change }: ReceiverChange,
): Promise<void> {
  await inTransaction(database.db, async (db) => {
    const found = await db
      .selectFrom("receivers")
      .select("kind")
      .where("workspaceId", "=", workspaceId)
      .where("id", "=", id)
      .where("kind", "in", alertKinds)
      .forUpdate()
      .executeTakeFirst();
    if (!found) throw noWebhook({ kinds: alertKinds });
    const allowed =
      address === undefined
        ? undefined
        : found.kind === "slack"
          ? allowedAddress(config, address, "address")
          : plainAddress(address);
    await db
      .updateTable("receivers")
      .set({
        ...change,
        ...(allowed !== undefined && { address: allowed }),
        ...(state && { state, disabledAt: null, failure: null }),
        ...(state === "active" && { failingSince: null }),
        updatedAt: clock.now(),
      })
      .where("workspaceId", "=", workspaceId)
      .where("id", "=", id)
      .execute();
    if (state === "paused") await cancelDeliveries(db, { workspaceId, id });
  });
}

function plainAddress(given: string): string {
  const read = emailAddress.safeParse(given);
  if (read.success) return read.data;
  const message = "is no e-mail address; write one like ada@example.com";
  throw new Refusal("bad_input", `address: ${message}.`, {
    problems: [{ path: "address", message, reason: "email_invalid" }],
  });
}

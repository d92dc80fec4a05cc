import type { Database } from "../../platform/database/open.ts";
import type { Invitation } from "./invitation.ts";

const prefix = "invitation:";

/** The row of an invitation that its sender has named before: found whoever they now say it is for. */
export async function findNamedInvitation(
  db: Database,
  workspaceId: string,
  id: string,
): Promise<
  | {
      id: string;
      customerId: string;
      state: Invitation["state"];
      sendAfter: Date;
      channel: string;
      tokenNumber: number;
    }
  | undefined
> {
  const owner = await db
    .selectFrom("customerKeys")
    .select("customerId")
    .where("key", "=", prefix + id)
    .where("workspaceId", "=", workspaceId)
    .executeTakeFirst();
  if (!owner) return undefined;
  return db
    .selectFrom("invitations")
    .select(["id", "customerId", "state", "sendAfter", "channel", "tokenNumber"])
    .where("customerId", "=", owner.customerId)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** Remembers whose invitation this id names. */
export async function nameInvitation(
  db: Database,
  workspaceId: string,
  { customerId, id }: { customerId: string; id: string },
): Promise<void> {
  await db
    .insertInto("customerKeys")
    .values({ workspaceId, key: prefix + id, customerId })
    .onConflict((c) => c.columns(["key", "workspaceId"]).doUpdateSet({ customerId }))
    .execute();
}

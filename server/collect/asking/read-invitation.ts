import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { currentCustomer } from "../customers/follow-merges.ts";
import type { Invitation } from "./invitation.ts";
import { selectInvitations, toInvitation } from "./list-invitations.ts";

/** One invitation. @throws Refusal when this customer of the workspace has none of this id */
export async function readInvitation(
  db: Database,
  workspaceId: string,
  { customerId, id }: { customerId: string; id: string },
): Promise<Invitation> {
  const row = await selectInvitations(db, workspaceId)
    .where("i.customerId", "=", customerId)
    .where("i.id", "=", id)
    .executeTakeFirst();
  if (!row) {
    const current = await currentCustomer(db, customerId);
    if (current !== customerId) return readInvitation(db, workspaceId, { customerId: current, id });
    throw new Refusal(
      "not_found",
      "There is no such invitation here; take its id and customerId from the list.",
      {
        reason: "no_such_invitation",
      },
    );
  }
  return toInvitation(row);
}

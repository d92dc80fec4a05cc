import type { Database } from "../../platform/database/open.ts";
import { ensurePermanentHoldout } from "../settings/act-settings.ts";
import { isPermanentlyHeldOut } from "./assign-arm.ts";

/**
 * Tells of customers whether no play of a workspace contacts them, by who they are at this moment. Whoever was merged may belong
 * to the permanent holdout since, and a share that was raised takes in customers who are in plays.
 */
export async function readHeldOut(
  db: Database,
  workspaceId: string,
): Promise<(customerId: string) => boolean> {
  const { share, salt } = await ensurePermanentHoldout(db, workspaceId);
  const workspace = { id: workspaceId, salt, permanentHoldout: share };
  return (customerId) => isPermanentlyHeldOut(workspace, customerId);
}

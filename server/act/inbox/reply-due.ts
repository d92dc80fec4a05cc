import type { Database } from "../../platform/database/open.ts";
import { dueAfter } from "./business-hours.ts";
import type { InboxSettings } from "./inbox-settings.ts";

/** When a reply is due to somebody who has waited since now; by the clocks of the workspace. */
export async function replyDue(
  db: Database,
  workspaceId: string,
  { hours, replyHours }: InboxSettings,
  now: Date,
  businessHours = replyHours,
): Promise<Date> {
  const { timeZone } = await db
    .selectFrom("workspaces")
    .select("timeZone")
    .where("id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  return dueAfter(hours, timeZone, now, businessHours);
}

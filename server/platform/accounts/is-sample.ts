import type { Database } from "../database/open.ts";

/** Whether a workspace is the sample company, whose customers are made up: no mail server ever hears of them. */
export async function isSample(db: Database, workspaceId: string): Promise<boolean> {
  const row = await db
    .selectFrom("workspaces")
    .select("sample")
    .where("id", "=", workspaceId)
    .executeTakeFirst();
  return row?.sample ?? false;
}

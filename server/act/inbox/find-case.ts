import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { Refusal } from "../../platform/errors.ts";

const noCase = () =>
  new Refusal("not_found", "There is no such case here; its customer may have been erased.", {
    reason: "no_such_case",
  });

/** One case. @throws Refusal when the workspace has none of this id */
export async function findCase(db: Database, workspaceId: string, id: string) {
  const row = await db
    .selectFrom("cases")
    .selectAll()
    .where("workspaceId", "=", workspaceId)
    .where("id", "=", id)
    .executeTakeFirst();
  if (!row) throw noCase();
  return row;
}

/** The same, and until the commit nobody else changes it, nor erases or merges its customer; first in a transaction. */
export async function lockCase(db: Database, workspaceId: string, id: string) {
  await lockWorkspace(db, workspaceId, "shared");
  const { customerId } = await findCase(db, workspaceId, id);
  const row = await db
    .selectFrom("cases")
    .selectAll()
    .where("customerId", "=", customerId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw noCase();
  return row;
}

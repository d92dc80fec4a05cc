import { sql } from "kysely";
import { withinWorkspace } from "../../collect/imports/within-workspace.ts";
import { noteAudit } from "../../platform/accounts/note-audit.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { Caller } from "../../platform/http/router.ts";

/** What was marked as used. */
export interface Redeemed {
  id: string;
  code: string;
  customerId: string;
  redeemedAt: string;
  /** It was marked before, and stays as it was. */
  known: boolean;
}

/**
 * Marks a code that was handed out as used: by the id of its entry in the ledger, or by the code itself. The same twice
 * changes nothing.
 * @throws Refusal where nobody was given such a code
 */
export async function redeemCode(
  db: Database,
  clock: Clock,
  by: Pick<Caller, "workspaceId" | "personId" | "apiKeyId">,
  which: { id: string } | { code: string },
): Promise<Redeemed> {
  const { workspaceId } = by;
  return withinWorkspace(db, workspaceId, async (db) => {
    const entry = await db
      .selectFrom("incentives")
      .select(["id", "customerId", "code", "redeemedAt"])
      .where("workspaceId", "=", workspaceId)
      .where(
        "id" in which
          ? sql<boolean>`id = ${which.id}::uuid`
          : sql<boolean>`lower(code) = lower(${which.code})`,
      )
      .orderBy("givenAt", "desc")
      .forUpdate()
      .executeTakeFirst();
    if (!entry)
      throw new Refusal("not_found", "Nobody was given such a code; look at the ledger of its pool.", {
        reason: "no_such_incentive",
      });
    const { id, code, customerId, redeemedAt: before } = entry;
    if (before) return { id, code, customerId, redeemedAt: before.toISOString(), known: true };
    const redeemedAt = clock.now();
    await db
      .updateTable("incentives")
      .set({ redeemedAt, redeemedBy: by.personId === undefined ? "api" : "member" })
      .where("customerId", "=", customerId)
      .where("id", "=", id)
      .execute();
    await noteAudit(db, clock, by, {
      action: "code.redeemed",
      about: "incentive",
      aboutId: id,
      details: { code },
    });
    return { id, code, customerId, redeemedAt: redeemedAt.toISOString(), known: false };
  });
}

import { randomBytes } from "node:crypto";
import { z } from "@hono/zod-openapi";
import { noteAudit } from "../../platform/accounts/note-audit.ts";
import type { Clock } from "../../platform/clock.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import type { Caller } from "../../platform/http/router.ts";

/** The share of customers that no play contacts, until somebody chooses another. */
export const standardPermanentHoldout = 0.05;

/** How a workspace acts, beyond one play. */
export const ActSettings = z
  .object({
    permanentHoldout: z
      .number("send a share, as 0.05 for 5 of 100 customers")
      .min(0, "must not be below 0")
      .max(0.5, "must not be above 0.5: at most half of all customers can be left alone for ever")
      .describe("Share of all customers that no play contacts, so that plays together can be judged."),
  })
  .openapi("ActSettings");
export type ActSettings = z.infer<typeof ActSettings>;

/** What the permanent holdout is drawn by. */
export interface PermanentHoldout {
  share: number;
  salt: string;
}

export async function readActSettings(db: Database, workspaceId: string): Promise<ActSettings> {
  const row = await db
    .selectFrom("actSettings")
    .select("permanentHoldout")
    .where("workspaceId", "=", workspaceId)
    .executeTakeFirst();
  return { permanentHoldout: row?.permanentHoldout ?? standardPermanentHoldout };
}

/** The permanent holdout of a workspace. Its salt is made when it is first needed, and never another. */
export async function ensurePermanentHoldout(db: Database, workspaceId: string): Promise<PermanentHoldout> {
  const find = () =>
    db
      .selectFrom("actSettings")
      .select(["permanentHoldout as share", "permanentSalt as salt"])
      .where("workspaceId", "=", workspaceId)
      .executeTakeFirst();
  const found = await find();
  if (found) return found;
  await db
    .insertInto("actSettings")
    .values({ workspaceId, permanentSalt: newSalt(), inbox: "{}" })
    .onConflict((c) => c.column("workspaceId").doNothing())
    .execute();
  return (await find())!;
}

/** Changes them, and notes who did. Customers who are in plays stay in them. */
export async function saveActSettings(
  db: Database,
  clock: Clock,
  caller: Caller,
  { permanentHoldout }: ActSettings,
): Promise<void> {
  const { workspaceId, personId = null } = caller;
  await inTransaction(db, async (db) => {
    const before = await ensurePermanentHoldout(db, workspaceId);
    if (before.share === permanentHoldout) return;
    await db
      .updateTable("actSettings")
      .set({ permanentHoldout, updatedBy: personId, updatedAt: clock.now() })
      .where("workspaceId", "=", workspaceId)
      .execute();
    await noteAudit(db, clock, caller, {
      action: "act_settings.permanent_holdout",
      about: "workspace",
      aboutId: workspaceId,
      details: { from: before.share, to: permanentHoldout },
    });
  });
}

/** By which customers are assigned: nobody may be able to foretell it. */
export function newSalt(): string {
  return randomBytes(16).toString("hex");
}

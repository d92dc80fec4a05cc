import { sql } from "kysely";
import { withinWorkspace } from "../../collect/imports/within-workspace.ts";
import { noteAudit } from "../../platform/accounts/note-audit.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { Caller } from "../../platform/http/router.ts";
import { newId } from "../../platform/ids.ts";
import type { PoolDraft } from "./code-pool.ts";
import { readPool } from "./list-pools.ts";

const mostPools = 200;
type By = Pick<Caller, "workspaceId" | "personId" | "apiKeyId">;

/** Makes a pool without codes; gives its id. */
export async function createPool(db: Database, clock: Clock, by: By, draft: PoolDraft): Promise<string> {
  const { workspaceId, personId = null } = by;
  return withinWorkspace(db, workspaceId, async (db) => {
    await refuseTakenName(db, workspaceId, draft.name);
    const { n } = await db
      .selectFrom("codePools")
      .select(({ fn }) => fn.countAll<number>().as("n"))
      .where("workspaceId", "=", workspaceId)
      .where("deletedAt", "is", null)
      .executeTakeFirstOrThrow();
    if (n >= mostPools)
      throw new Refusal("conflict", `There are ${mostPools} pools already; delete one that nobody needs.`, {
        reason: "too_many_pools",
        values: { most: mostPools },
      });
    const id = newId(clock);
    const made = await db
      .insertInto("codePools")
      .values({ workspaceId, id, ...draft, createdBy: personId, createdAt: clock.now() })
      .onConflict((conflict) => conflict.doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!made) throw taken(draft.name);
    await noteAudit(db, clock, by, {
      action: "code_pool.created",
      about: "code_pool",
      aboutId: id,
      details: { name: draft.name },
    });
    return id;
  });
}

/** Changes what is said of a pool; codes that were handed out stay what they were. */
export async function changePool(
  db: Database,
  clock: Clock,
  by: By,
  { id, change }: { id: string; change: Partial<PoolDraft> },
): Promise<void> {
  const { workspaceId } = by;
  await withinWorkspace(db, workspaceId, async (db) => {
    const { name, lowStock } = await readPool(db, workspaceId, id);
    if (change.name !== undefined) await refuseTakenName(db, workspaceId, change.name, id);
    if (Object.keys(change).length === 0) return;
    await db
      .updateTable("codePools")
      // Who was told at a higher limit is to be told at this one, too.
      .set({ ...change, ...((change.lowStock ?? lowStock) < lowStock && { warnedAt: null }) })
      .where("id", "=", id)
      .where("workspaceId", "=", workspaceId)
      .execute();
    await noteAudit(db, clock, by, {
      action: "code_pool.changed",
      about: "code_pool",
      aboutId: id,
      details: { name, change },
    });
  });
}

/** Deletes a pool; its free codes go out to nobody, and the ledger keeps those that did. */
export async function deletePool(db: Database, clock: Clock, by: By, id: string): Promise<void> {
  const { workspaceId } = by;
  await withinWorkspace(db, workspaceId, async (db) => {
    // Locked before the plays are looked at: one that is being published with it either is seen, or no longer finds it.
    await sql`
      select from code_pools where workspace_id = ${workspaceId}::uuid and id = ${id}::uuid for update`.execute(
      db,
    );
    const { name, plays } = await readPool(db, workspaceId, id);
    if (plays[0])
      throw new Refusal(
        "conflict",
        `The play “${plays[0].name}” gives codes from this pool. Choose another one there and wait for those who are under way, or end it.`,
        { reason: "pool_in_play", values: { play: plays[0].name } },
      );
    await withdraw(db, workspaceId, id);
    await db
      .updateTable("codePools")
      .set({ deletedAt: clock.now() })
      .where("id", "=", id)
      .where("workspaceId", "=", workspaceId)
      .execute();
    await noteAudit(db, clock, by, {
      action: "code_pool.deleted",
      about: "code_pool",
      aboutId: id,
      details: { name },
    });
  });
}

/** Withdraws the codes of a pool that nobody has; all of them, or these. @returns how many */
export async function withdrawCodes(
  db: Database,
  clock: Clock,
  by: By,
  { id, codes }: { id: string; codes?: readonly string[] | undefined },
): Promise<number> {
  const { workspaceId } = by;
  return withinWorkspace(db, workspaceId, async (db) => {
    const { name } = await readPool(db, workspaceId, id);
    const withdrawn = await withdraw(db, workspaceId, id, codes);
    await noteAudit(db, clock, by, {
      action: "codes.withdrawn",
      about: "code_pool",
      aboutId: id,
      details: { name, codes: withdrawn },
    });
    return withdrawn;
  });
}

async function withdraw(
  db: Database,
  workspaceId: string,
  poolId: string,
  codes?: readonly string[],
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable("codes")
    .set({ state: "withdrawn" })
    .where("poolId", "=", poolId)
    .where("workspaceId", "=", workspaceId)
    .where("state", "=", "free")
    .$if(codes !== undefined, (query) => query.where("code", "in", codes!.length > 0 ? [...codes!] : [""]))
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

async function refuseTakenName(
  db: Database,
  workspaceId: string,
  name: string,
  except?: string,
): Promise<void> {
  const other = await db
    .selectFrom("codePools")
    .select("name")
    .where("workspaceId", "=", workspaceId)
    .where("deletedAt", "is", null)
    .where((eb) => eb(eb.fn("lower", ["name"]), "=", eb.fn("lower", [eb.val(name)])))
    .$if(except !== undefined, (query) => query.where("id", "!=", except!))
    .executeTakeFirst();
  if (other) throw taken(other.name);
}

function taken(name: string): Refusal {
  return new Refusal("conflict", `There is a pool “${name}” already; choose another name.`, {
    reason: "pool_name_taken",
    values: { name },
  });
}

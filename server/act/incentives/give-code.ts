import { sql } from "kysely";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import type { IncentivePurpose } from "../../platform/database/schema-act.ts";

export interface CodeWish {
  workspaceId: string;
  customerId: string;
  poolId: string;
  purpose: IncentivePurpose;
  /** Of the entry in the ledger; the same id twice gives the same code. */
  id: string;
  playId?: string | null;
  enrolmentId?: string | null;
  stepRunId?: string | null;
  /** The member who gives it; absent when a play does. */
  givenBy?: string | null;
  reason?: string | null;
  /** It goes back into its pool where no mail tells the customer of it. */
  needsMail?: boolean;
  now: Date;
}

export interface GivenCode {
  code: string;
  /** What it is worth, in the words of its pool. */
  worth: string;
  expiresAt: Date | null;
}

/**
 * Hands a code to a customer and writes it down in the ledger, in the caller's transaction. No code goes out twice, however
 * many take at once.
 * @returns "empty" where the pool has none left, or none that is still good
 */
export async function giveCode(db: Database, wish: CodeWish): Promise<GivenCode | "empty"> {
  return inTransaction(db, async (db) => {
    const { workspaceId, poolId, now } = wish;
    const pool = await db
      .selectFrom("codePools")
      .select(["worth", "expiresAt", "deletedAt"])
      .where("id", "=", poolId)
      .where("workspaceId", "=", workspaceId)
      .executeTakeFirst();
    const before = await givenBefore(db, wish);
    if (before) return before;
    if (!pool || pool.deletedAt || (pool.expiresAt && pool.expiresAt <= now)) return "empty";
    const free = await takeFree(db, wish);
    // The last one may have gone to this very wish while we waited for it.
    if (!free) return (await givenBefore(db, wish)) ?? "empty";
    if (!(await writeDown(db, wish, free))) {
      // Another worker gave the same at this moment; this code stays free.
      return (await givenBefore(db, wish))!;
    }
    await db
      .updateTable("codes")
      .set({ state: "given", incentiveId: wish.id })
      .where("poolId", "=", poolId)
      .where("id", "=", free.id)
      .execute();
    return { code: free.code, worth: pool.worth, expiresAt: pool.expiresAt };
  });
}

async function givenBefore(
  db: Database,
  { workspaceId, customerId, id }: CodeWish,
): Promise<GivenCode | undefined> {
  return db
    .selectFrom("incentives as i")
    .innerJoin("codePools as p", "p.id", "i.poolId")
    .select(["i.code", "p.worth", "p.expiresAt"])
    .where("i.customerId", "=", customerId)
    .where("i.id", "=", id)
    .where("i.workspaceId", "=", workspaceId)
    .executeTakeFirst();
}

interface FreeCode {
  id: string;
  code: string;
}

/** A free code that nobody else can take before our transaction ends. */
async function takeFree(db: Database, { workspaceId, poolId }: CodeWish): Promise<FreeCode | undefined> {
  for (;;) {
    const skipped = await lockOne(db, { workspaceId, poolId }, sql`for update skip locked`);
    if (skipped) return skipped;
    // All that are left are in others' hands, who may yet fail and leave them: so wait for one of them.
    const waited = await lockOne(db, { workspaceId, poolId }, sql`for update`);
    if (waited) return waited;
    const { rows } = await sql`
      select from codes where pool_id = ${poolId}::uuid and workspace_id = ${workspaceId}::uuid and state = 'free' limit 1`.execute(
      db,
    );
    if (rows.length === 0) return undefined;
  }
}

async function lockOne(
  db: Database,
  { workspaceId, poolId }: Pick<CodeWish, "workspaceId" | "poolId">,
  lock: ReturnType<typeof sql>,
): Promise<FreeCode | undefined> {
  const { rows } = await sql<FreeCode>`
    select id, code from codes
    where pool_id = ${poolId}::uuid and workspace_id = ${workspaceId}::uuid and state = 'free'
    order by id limit 1 ${lock}`.execute(db);
  return rows[0];
}

/** False where the ledger has an entry of this id already. */
async function writeDown(db: Database, wish: CodeWish, { id: codeId, code }: FreeCode): Promise<boolean> {
  const { workspaceId, customerId, poolId, purpose, id } = wish;
  const written = await db
    .insertInto("incentives")
    .values({
      workspaceId,
      customerId,
      id,
      poolId,
      codeId,
      code,
      purpose,
      playId: wish.playId ?? null,
      enrolmentId: wish.enrolmentId ?? null,
      stepRunId: wish.stepRunId ?? null,
      givenBy: wish.givenBy ?? null,
      reason: wish.reason ?? null,
      needsMail: wish.needsMail ?? false,
      givenAt: wish.now,
    })
    .onConflict((conflict) => conflict.columns(["customerId", "id"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return written !== undefined;
}

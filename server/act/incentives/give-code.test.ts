import fc from "fast-check";
import { expect, test } from "vitest";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import { newWorkspace } from "../../../test/sign-in.ts";
import { idOf, newId } from "../../platform/ids.ts";
import { checkCodePools } from "./check-code-pools.ts";
import { giveCode } from "./give-code.ts";

async function newPool(nines: TestApp, codes: readonly string[], expiresAt: string | null = null) {
  const { workspaceId, owner } = await newWorkspace(nines, {
    name: `W ${nines.clock.now().getTime()}`,
    email: `${newId(nines.clock)}@x.example`,
  });
  const poolId = newId(nines.clock);
  await nines.db
    .insertInto("codePools")
    .values({ workspaceId, id: poolId, name: "Spring", worth: "20 %", lowStock: 2, expiresAt })
    .execute();
  if (codes.length > 0)
    await nines.db
      .insertInto("codes")
      .values(
        codes.map((code, n) => ({
          workspaceId,
          poolId,
          id: `${poolId.slice(0, -2)}${n + 10}`,
          code,
          addedAt: nines.clock.now(),
        })),
      )
      .execute();
  const wish = (n: number) => ({
    workspaceId,
    customerId: idOf("customer", poolId, String(n)),
    poolId,
    purpose: "thanks" as const,
    id: idOf("wish", poolId, String(n)),
    now: nines.clock.now(),
  });
  return { workspaceId, poolId, owner, wish };
}

test("a code goes to one customer, the same wish gets the same code, and what is over or deleted gives none", async () => {
  const nines = await newTestApp();
  const { db } = nines;
  const { wish, poolId } = await newPool(nines, ["A", "B"], "2026-12-24T00:00:00Z");
  const first = await giveCode(db, wish(1));
  expect(first).toEqual({ code: "A", worth: "20 %", expiresAt: new Date("2026-12-24T00:00:00Z") });
  expect(await giveCode(db, wish(1))).toEqual(first);
  // A step that failed after its code gave it back.
  const failed = db.transaction().execute(async (db) => {
    expect(await giveCode(db, wish(2))).toMatchObject({ code: "B" });
    throw new Error("later");
  });
  await expect(failed).rejects.toThrow("later");
  expect(await giveCode(db, wish(3))).toMatchObject({ code: "B" });
  expect(await giveCode(db, wish(4))).toBe("empty");
  await db
    .insertInto("codes")
    .values({ workspaceId: wish(1).workspaceId, poolId, id: newId(nines.clock), code: "C" })
    .execute();
  nines.clock.set("2026-12-24T00:00:00Z");
  expect(await giveCode(db, wish(5))).toBe("empty");
  // What was given before stays what it was.
  expect(await giveCode(db, wish(1))).toEqual(first);
  const stored = await db.selectFrom("codes").select(["code", "state"]).orderBy("code").execute();
  expect(stored.map(({ code, state }) => `${code} ${state}`)).toEqual(["A given", "B given", "C free"]);
});

test("many take at once, some twice and some failing: no code goes out twice, and none is left while somebody waits", async () => {
  const nines = await newTestApp();
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.record({ wish: fc.nat(15), fails: fc.boolean() }), { minLength: 1, maxLength: 24 }),
      async (codes, takers) => {
        const { wish } = await newPool(
          nines,
          Array.from({ length: codes }, (_, n) => `C${n}`),
        );
        const given = new Map<number, Set<string>>();
        const asked = new Set<number>();
        let empty = 0;
        const take = async ({ wish: n, fails }: (typeof takers)[number]) => {
          try {
            const got = await nines.db.transaction().execute(async (db) => {
              const got = await giveCode(db, wish(n));
              if (fails) throw new Error("later");
              return got;
            });
            asked.add(n);
            if (got === "empty") empty++;
            else given.set(n, (given.get(n) ?? new Set()).add(got.code));
          } catch (error) {
            if (!(error instanceof Error && error.message === "later")) throw error;
          }
        };
        await Promise.all(takers.map(take));
        const all = Array.from(given.values(), (each) => [...each]).flat();
        expect(all.length).toBe(given.size);
        expect(new Set(all).size).toBe(all.length);
        expect(all.length).toBe(Math.min(codes, asked.size));
        expect(empty > 0).toBe(asked.size > codes);
        const { n } = await nines.db
          .selectFrom("codes")
          .select((eb) => eb.fn.countAll<number>().as("n"))
          .where("poolId", "=", wish(0).poolId)
          .where("state", "=", "given")
          .executeTakeFirstOrThrow();
        expect(n).toBe(all.length);
      },
    ),
    { numRuns: 12 },
  );
});

test("owners are told once that a pool runs low, in their language, and again after it was filled", async () => {
  const nines = await newTestApp();
  const { db, clock, resources } = nines;
  const { wish, workspaceId, poolId } = await newPool(nines, ["A", "B", "C", "D"]);
  const mails = async () => {
    await checkCodePools(resources);
    await checkCodePools(resources);
    await nines.runJobs();
    return db.selectFrom("outbox").select("subject").where("workspaceId", "=", workspaceId).execute();
  };
  await giveCode(db, wish(1));
  expect(await mails()).toEqual([]);
  await giveCode(db, wish(2));
  expect(await mails()).toEqual([{ subject: "Spring is running out of codes" }]);
  // One comes back and goes out again: nobody has filled the pool.
  await db.deleteFrom("incentives").where("id", "=", wish(2).id).execute();
  const given = db.updateTable("codes").where("incentiveId", "=", wish(2).id);
  await given.set({ state: "free", incentiveId: null }).execute();
  expect(await mails()).toHaveLength(1);
  await giveCode(db, wish(2));
  expect(await mails()).toHaveLength(1);
  clock.advance(1_000);
  const more = ["E", "F"].map((code) => ({
    workspaceId,
    poolId,
    id: newId(clock),
    code,
    addedAt: clock.now(),
  }));
  await db.insertInto("codes").values(more).execute();
  expect(await mails()).toHaveLength(1);
  await db.updateTable("people").set({ language: "de" }).execute();
  for (const n of [3, 4, 5, 6]) await giveCode(db, wish(n));
  expect((await mails()).map(({ subject }) => subject)).toEqual([
    "Spring is running out of codes",
    "Spring: keine Codes mehr",
  ]);
});

import { describe, expect, it } from "vitest";
import { newTestApp } from "../../../test/new-test-app.ts";
import { newMember, newWorkspace } from "../../../test/sign-in.ts";
import { type Enrolled, many, storePlay } from "../../../test/store-play.ts";
import { send } from "../../platform/jobs/send.ts";
import type { PlayResult, ResultLine } from "./play-result.ts";

const day = 24 * 3600 * 1000;

async function newNines() {
  const nines = await newTestApp();
  const workspace = await newWorkspace(nines);
  const { fetch } = workspace.owner;
  const measure = async () => {
    await send(nines.db, "measure-plays", {});
    await nines.runJobs();
  };
  const resultOf = async (id: string) => {
    const response = await fetch("GET", `/api/v1/plays/${id}/result`);
    expect(response.status).toBe(200);
    return (await response.json()) as PlayResult;
  };
  const list = async () => {
    const { results } = (await (await fetch("GET", "/api/v1/results")).json()) as { results: ResultLine[] };
    return results;
  };
  const store = (play: Parameters<typeof storePlay>[2]) => storePlay(nines, workspace.workspaceId, play);
  return { ...nines, ...workspace, fetch, measure, resultOf, list, store };
}

const treated = (n: number, other: Partial<Enrolled> = {}) =>
  many(n, { arm: "treated", entered: 60, ...other });
const holdout = (n: number, other: Partial<Enrolled> = {}) =>
  many(n, { arm: "holdout", entered: 60, ...other });

describe("the result of a play", () => {
  it("is keep at the planned size, by Newcombe's interval, and that look is written once", async () => {
    const { store, measure, resultOf, list, db, clock, fetch } = await newNines();
    // docs/methods/deciding.md: 90 and 60 of 300 each, worth it from 10 points on.
    const promoter = { reached: true, score: 9 };
    const play = await store({
      plan: { treated: 300, holdout: 300 },
      enrolled: [
        ...treated(90, { ...promoter, before: { score: 8, plan: "Pro" }, revenue: 100 }),
        ...treated(110, { score: 7, before: { score: 7, plan: "Pro" }, unsubscribed: true }),
        ...treated(100, { before: { score: 7, plan: "Basic" } }),
        ...holdout(60, { ...promoter, before: { score: 8, plan: "Pro" }, revenue: 50 }),
        ...holdout(140, { score: 3, before: { score: 7, plan: "Basic" } }),
        ...holdout(100, { before: { score: 8, plan: "Basic" }, leftAfter: 10 }),
        ...treated(20, { entered: 5 }),
        ...holdout(18, { entered: 5 }),
      ],
    });
    expect((await resultOf(play)).verdict).toMatchObject({
      decision: "cannot tell",
      reason: "too few results",
    });
    await measure();
    const result = await resultOf(play);
    expect(result.verdict).toMatchObject({
      decision: "keep",
      reason: "works",
      horizon: "at",
      arms: { treated: { k: 90, n: 300 }, holdout: { k: 60, n: 300 } },
      sentence:
        "Keep it. 30.0% of those treated became promoters, 20.0% of those left alone. The true difference lies between 3.1 and 16.8 points.",
    });
    expect(result.ready).toBe(true);
    expect(result.arms.treated).toMatchObject({ entered: 320, results: 300, reached: 90 });
    expect(result.arms.holdout.after).toEqual({ promoter: 60, passive: 0, detractor: 140, silent: 100 });
    expect(result.sampleRatio).toMatchObject({ alarm: false, treated: 320, holdout: 318, expected: 0.5 });
    // 200 and 200 answered.
    expect(result.response).toMatchObject({ differs: false, difference: 0 });
    expect(result.extra!.estimate).toBeCloseTo(30);
    const outcome = (name: string) => result.outcomes.find((each) => each.name === name)!;
    expect(outcome("unsubscribed")).toMatchObject({
      treated: { k: 110, n: 300 },
      holdout: { k: 0 },
      clear: true,
    });
    expect(outcome("retained")).toMatchObject({ treated: { k: 300, n: 300 }, holdout: { k: 200, n: 300 } });
    expect(outcome("bought").difference).toBeCloseTo(0.1);
    // 90·100/300 and 60·50/300.
    expect(result.revenue).toMatchObject({
      currency: "EUR",
      treated: 30,
      holdout: 10,
      difference: 20,
      enough: true,
    });
    const [byScore, byPlan] = result.groups;
    expect(byScore).toMatchObject({ by: "score", differ: true });
    expect(byScore!.groups[1]).toMatchObject({
      value: "8",
      treated: { k: 90, n: 90 },
      holdout: { k: 60, n: 160 },
    });
    expect(byPlan).toMatchObject({ by: "plan", groups: [{ value: "Basic" }, { value: "Pro" }] });
    expect(result.curve).toHaveLength(1);

    const looks = () => db.selectFrom("playLooks").selectAll().execute();
    expect(await looks()).toMatchObject([{ horizon: "at", decision: "keep" }]);
    clock.set(new Date(clock.now().getTime() + 40 * day));
    // The next ones have their results, and all of the holdout's are promoters: the look that was planned stays.
    await db
      .updateTable("enrolments")
      .set({ settledAt: clock.now(), reached: true })
      .where("settledAt", "is", null)
      .execute();
    await measure();
    expect(await looks()).toHaveLength(2);
    const later = await resultOf(play);
    expect(later.arms.holdout).toMatchObject({ results: 318, reached: 78 });
    expect(later.verdict).toMatchObject({
      decision: "keep",
      horizon: "at",
      arms: { holdout: { k: 60, n: 300 } },
    });
    expect(later.asRead?.holdout).toMatchObject({ k: 60, n: 300, share: 0.2 });
    expect((await list())[0]).toMatchObject({ ready: true, verdict: { decision: "keep" } });

    // Who decides what, is kept; a stop closes the play.
    expect((await fetch("POST", `/api/v1/plays/${play}/decision`, { decision: "keep" })).status).toBe(204);
    expect(await resultOf(play)).toMatchObject({
      ready: false,
      play: { state: "live", decision: "keep", decidedBy: "Olga Owner" },
    });
    await fetch("POST", `/api/v1/plays/${play}/decision`, { decision: "stop" });
    expect(await resultOf(play)).toMatchObject({
      play: { state: "closed", decision: "stop" },
      decisions: [{ decision: "keep", by: "Olga Owner" }, { decision: "stop" }],
    });
    const kept = await db.selectFrom("playDecisions").select("figures").executeTakeFirstOrThrow();
    expect(kept.figures).toMatchObject({ verdict: { decision: "keep" } });
  });

  it("before the planned size goes by the sequence: harm is told early, the rest says how many are missing", async () => {
    const { store, measure, resultOf, list } = await newNines();
    const harm = await store({
      name: "Harm",
      plan: { treated: 500, holdout: 500 },
      enrolled: [
        ...treated(30, { reached: true }),
        ...treated(220),
        ...holdout(75, { reached: true }),
        ...holdout(175),
      ],
    });
    const open = await store({
      name: "Open",
      plan: { treated: 500, holdout: 500 },
      enrolled: [
        ...treated(65, { reached: true }),
        ...treated(185),
        ...holdout(45, { reached: true }),
        ...holdout(205),
        ...treated(100, { entered: 14 }),
        ...holdout(100, { entered: 7 }),
      ],
    });
    const few = await store({ name: "Few", enrolled: [...treated(2), ...holdout(1)] });
    await measure();
    expect((await resultOf(harm)).verdict).toMatchObject({
      decision: "stop",
      reason: "harms",
      horizon: "ahead",
    });
    const { verdict, sequence, difference } = await resultOf(open);
    // docs/methods/looking-early.md
    expect(sequence!.low).toBeCloseTo(-0.034, 3);
    expect(sequence!.high).toBeCloseTo(0.194, 3);
    expect(difference!.low).toBeGreaterThan(sequence!.low);
    // 500 of 1,000 are there; 200 wait; the others come at 200 in four weeks, and take 30 days.
    expect(verdict).toMatchObject({
      decision: "cannot tell",
      reason: "horizon not reached",
      missing: { results: 500, entered: 200, weeks: Math.ceil(300 / 50 + 30 / 7) },
    });
    expect(verdict.sentence).toBe(
      "Cannot tell yet. About 500 more customers with a result, of whom 200 have entered, will tell, about 11 weeks at the present rate. The true difference lies between −3.4 and 19.4 points.",
    );
    expect((await resultOf(few)).verdict).toMatchObject({
      decision: "cannot tell",
      reason: "too few results",
      missing: { results: 585, entered: 0, weeks: null },
    });
    expect((await list()).map(({ play }) => play.name)[0]).toBe("Harm");
  });

  it("is none where the arms are not as assigned, or nobody is left alone", async () => {
    const { store, measure, resultOf } = await newNines();
    const leaking = await store({
      plan: { treated: 300, holdout: 300 },
      enrolled: [...treated(200, { reached: true }), ...treated(200), ...holdout(250)],
    });
    const alone = await store({
      definition: { holdout: { share: 0, reason: "All need it." } },
      enrolled: treated(100, { reached: true }),
    });
    await measure();
    expect(await resultOf(leaking)).toMatchObject({
      verdict: { decision: "cannot tell", reason: "arms are not as assigned" },
      sampleRatio: { alarm: true, treated: 400, holdout: 250 },
      ready: false,
    });
    expect(await resultOf(alone)).toMatchObject({
      verdict: { reason: "nobody left alone" },
      difference: null,
      sampleRatio: null,
    });
  });

  it("counts accounts where accounts are assigned, and nobody who entered by other terms", async () => {
    const { store, measure, resultOf } = await newNines();
    const accounts = (arm: "treated" | "holdout", of: readonly (readonly [number, number])[]) =>
      of.flatMap(([k, n], account) =>
        Array.from({ length: n }, (_, i): Enrolled => ({
          arm,
          entered: 60,
          account: `${arm} ${account}`,
          reached: i < k,
        })),
      );
    // docs/methods/lift.md: the litters of Weil (1970).
    const fed = [12, 11, 10, 9, 10, 9, 9, 8, 8, 4, 7, 4, 5, 3, 3, 0];
    const fedOf = [12, 11, 10, 9, 11, 10, 10, 9, 9, 5, 9, 7, 10, 6, 10, 7];
    const others = [13, 12, 9, 9, 8, 8, 12, 11, 9, 9, 8, 11, 4, 5, 7, 7];
    const othersOf = [13, 12, 9, 9, 8, 8, 13, 12, 10, 10, 9, 13, 5, 7, 10, 10];
    const play = await store({
      definition: { assign: "account" },
      plan: { treated: 140, holdout: 150 },
      versions: [{ days: 20 }],
      enrolled: [
        ...accounts(
          "treated",
          fed.map((k, i) => [k, fedOf[i]!]),
        ),
        ...accounts(
          "holdout",
          others.map((k, i) => [k, othersOf[i]!]),
        ),
        ...treated(7, { version: 2 }),
      ],
    });
    await measure();
    const result = await resultOf(play);
    expect(result.otherTerms).toBe(7);
    expect(result.arms.treated).toMatchObject({ results: 145, units: 16, reached: 112 });
    expect(result.difference!.low).toBeCloseTo(-0.2963, 4);
    expect(result.difference!.high).toBeCloseTo(0.0019, 4);
    expect(result.designEffect).toBeCloseTo((3.952861 + 1.232495) / 2, 4);
    expect(result.verdict.decision).toBe("stop");
  });

  it("warns when the arms do not answer alike, and adds codes to what the play cost", async () => {
    const { store, measure, resultOf, db, clock, workspaceId } = await newNines();
    const play = await store({
      plan: { treated: 100, holdout: 100 },
      definition: { cost: { amount: 2, per: "customer", currency: "EUR" } },
      enrolled: [
        // docs/methods/lift.md, three times.
        ...treated(54, { reached: true, score: 10 }),
        ...treated(126, { score: 7 }),
        ...treated(120),
        ...holdout(30, { reached: true, score: 10 }),
        ...holdout(120, { score: 7 }),
        ...holdout(150),
      ],
    });
    await measure();
    const one = await db
      .selectFrom("enrolments")
      .select(["customerId", "id"])
      .where("arm", "=", "treated")
      .executeTakeFirstOrThrow();
    const poolId = crypto.randomUUID();
    await db
      .insertInto("codePools")
      .values({ workspaceId, id: poolId, name: "Spring", amount: 10, currency: "eur" })
      .execute();
    await db
      .insertInto("incentives")
      .values({
        workspaceId,
        customerId: one.customerId,
        id: crypto.randomUUID(),
        poolId,
        codeId: crypto.randomUUID(),
        code: "A",
        purpose: "offer",
        playId: play,
        enrolmentId: one.id,
        givenAt: clock.now(),
      })
      .execute();
    const { response, cost } = await resultOf(play);
    expect(response).toMatchObject({
      differs: true,
      treated: { k: 180, n: 300 },
      holdout: { k: 150, n: 300 },
    });
    expect(response!.trimmed!.low).toBeCloseTo(-0.04);
    expect(response!.trimmed!.high).toBeCloseTo(0.16);
    expect(response!.worstCase!.low).toBeCloseTo(-0.42);
    expect(cost).toMatchObject({ amount: 610, currency: "EUR" });
    // 24 extra promoters among 300.
    expect(cost!.perExtra!.estimate).toBeCloseTo(610 / 24);
  });

  it("is refused where there is none, and cannot be decided by who may only look", async () => {
    const nines = await newNines();
    const { fetch, store, workspaceId, slug } = nines;
    const nobody = crypto.randomUUID();
    const missing = await fetch("GET", `/api/v1/plays/${nobody}/result`);
    expect(missing.status).toBe(404);
    expect(await missing.text()).toContain("There is no such play.");
    const play = await store({});
    expect((await fetch("POST", `/api/v1/plays/${play}/decision`, { decision: "perhaps" })).status).toBe(422);
    const viewer = await newMember(nines, { workspaceId, slug }, "viewer");
    const refused = await viewer.fetch("POST", `/api/v1/plays/${play}/decision`, { decision: "keep" });
    expect(refused.status).toBe(403);
    await nines.pool.query("update plays set state = 'draft', version = 0, planned = null where id = $1", [
      play,
    ]);
    expect((await nines.resultOf(play)).verdict.sentence).toContain("never published");
    const early = await fetch("POST", `/api/v1/plays/${play}/decision`, { decision: "keep" });
    expect(early.status).toBe(409);
    expect(await nines.list()).toEqual([]);
  });
});

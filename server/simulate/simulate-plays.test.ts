import { expect, test } from "vitest";
import { newTestApp } from "../../test/new-test-app.ts";
import { readHeldOut } from "../act/plays/held-out.ts";
import { newResponseRecorder } from "../collect/record-responses.ts";
import { listResults } from "../prove/results/list-results.ts";
import { measurePlay } from "../prove/results/measure-play.ts";
import { recordOutcomes } from "../prove/results/record-outcomes.ts";
import { takeLooks } from "../prove/results/take-looks.ts";
import { newcombeInterval } from "../statistics/share-difference.ts";
import { loadSample } from "./load-sample.ts";
import { samplePlays } from "./sample-plays.ts";
import { simulateCompany } from "./simulate-company.ts";
import { simulatePlays } from "./simulate-plays.ts";
import { playIdOf } from "./store-plays.ts";

test("over many seeds the interval covers the effect that is true, and without one keep is rare", () => {
  const now = new Date("2026-10-13T08:00:00Z");
  const company = simulateCompany({ now, comments: false });
  const [play] = samplePlays;
  const seeds = 150;
  const rate = (effect: number, is: (interval: { low: number; high: number }) => boolean) => {
    let n = 0;
    for (let seed = 0; seed < seeds; seed++) {
      const options = { now, seed: String(seed), plays: [{ ...play!, effect }], draw: "chance" as const };
      const known = simulatePlays(company, options)[0]!.enrolments.filter(
        ({ reachedAt }) => reachedAt !== undefined,
      );
      const arm = (name: string) => known.filter((each) => each.arm === name);
      const reached = (name: string) => arm(name).filter(({ reachedAt }) => reachedAt !== null).length;
      const interval = newcombeInterval(
        reached("treated"),
        arm("treated").length,
        reached("holdout"),
        arm("holdout").length,
      )!;
      if (is(interval)) n++;
    }
    return n / seeds;
  };
  for (const effect of [0, 0.05, -0.08])
    expect(rate(effect, ({ low, high }) => low <= effect && effect <= high)).toBeGreaterThan(0.9);
  expect(rate(0, ({ low }) => low > 0)).toBeLessThan(0.06);
  expect(rate(0.07, ({ low }) => low > 0)).toBeGreaterThan(0.6);
});

test("the sample company has a play that is ready to be kept, one that cannot tell yet, one stopped, and a draft", async () => {
  const { resources, db, clock } = await newTestApp();
  const { workspaceId } = await loadSample(resources, newResponseRecorder(resources));
  await recordOutcomes(db, clock.now());
  await takeLooks(db, clock.now());
  const lines = await listResults(db, workspaceId, clock.now());
  const said = lines.map(({ play, verdict, ready }) => [play.name, verdict.decision, verdict.reason, ready]);
  expect(said).toEqual(
    expect.arrayContaining([
      ["Show me more", "keep", "works", true],
      ["One month free", "cannot tell", "horizon not reached", false],
      ["Weekly tips by e-mail", "stop", "harms", false],
      ["Somebody calls", "cannot tell", "too few results", false],
    ]),
  );
  expect(lines[0]!.play.name).toBe("Show me more");

  const playId = playIdOf(workspaceId, "show-me-more");
  const result = await measurePlay(db, { workspaceId, playId }, clock.now());
  expect(result.verdict.interval!.low).toBeLessThan(samplePlays[0]!.effect);
  expect(result.verdict.interval!.high).toBeGreaterThan(samplePlays[0]!.effect);
  // What was written down is what was drawn: the goal and the answers say the same.
  expect(result.arms.treated.reached).toBeGreaterThanOrEqual(result.arms.treated.after.promoter);
  expect(result.sampleRatio!.alarm).toBe(false);
  expect(result.cost).toMatchObject({ currency: "EUR" });
  expect(result.groups.map(({ by }) => by)).toEqual(["score", "plan"]);
  const kept = await db.selectFrom("playDecisions").select(["decision", "decidedBy"]).execute();
  expect(kept).toMatchObject([{ decision: "stop", decidedBy: expect.any(String) }]);
  // Those whom no play contacts are in none.
  const isHeldOut = await readHeldOut(db, workspaceId);
  const met = await db.selectFrom("enrolments").select("customerId").distinct().execute();
  const customers = await db.selectFrom("customers").select("id").execute();
  expect(met.filter(({ customerId }) => isHeldOut(customerId))).toEqual([]);
  expect(customers.filter(({ id }) => isHeldOut(id)).length).toBeGreaterThan(50);
});

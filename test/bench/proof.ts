import { amountDifference } from "../../server/statistics/amount-difference.ts";
import { isHeldOut, placeOf } from "../../server/statistics/assignment.ts";
import { clusteredDifference, sumClusters } from "../../server/statistics/clustered-difference.ts";
import { differenceSequence } from "../../server/statistics/confidence-sequence.ts";
import { decideTrial, type TrialFigures } from "../../server/statistics/decide-trial.ts";
import type { Interval } from "../../server/statistics/interval.ts";
import { powerForDifference, sampleSizeForDifference } from "../../server/statistics/plan-trial.ts";
import { checkSampleRatio } from "../../server/statistics/sample-ratio.ts";
import { type SeededRandom, seededRandom } from "../../server/statistics/seeded-random.ts";
import { newcombeInterval } from "../../server/statistics/share-difference.ts";
import { wilsonInterval } from "../../server/statistics/share-interval.ts";
import { table } from "./figures.ts";

const plays = Number(process.env.PLAYS ?? 1000);
const looks = 40;

/** How the plays' true effects are called, as a multiple of what they were planned to notice. */
const effects = { none: 0, small: 0.5, "as planned": 1, large: 2, harmful: -1 } as const;

/** Plays with known effects through the functions that judge them: no database, no clock, the same figures every time. */
export async function benchProof(): Promise<string> {
  const promises: Promised[] = [];
  const parts = [
    customersPart(promises),
    accountsPart(promises),
    revenuePart(promises),
    leakPart(promises),
    `Promises:\n\n${promises.map(({ text, kept }) => `- ${kept ? "kept" : "BROKEN"}: ${text}`).join("\n")}`,
  ];
  if (plays >= 1000 && promises.some(({ kept }) => !kept)) {
    throw new Error(`A promise is broken.\n\n${parts.join("\n\n")}`);
  }
  return parts.join("\n\n");
}

interface Promised {
  text: string;
  kept: boolean;
}

/** One simulated play, seen on each day and at its horizon. */
interface Outcome {
  covered: boolean;
  sequenceMissed: boolean;
  keepAtHorizon: boolean;
  keepByPeeking: boolean;
  keepBySequence: boolean;
  harmBySequence: boolean;
  said: "keep" | "stop" | "cannot tell";
  daysRun: number;
  predicted: number;
}

function customersPart(promises: Promised[]): string {
  const rows = Object.entries(effects).map(([name, multiple]) => {
    const random = seededRandom(`plays ${name}`);
    const outcomes = Array.from({ length: plays }, (_, i) => simulatePlay(random, `${name} ${i}`, multiple));
    const share = (pick: (outcome: Outcome) => boolean) => outcomes.filter(pick).length / plays;
    const mean = (pick: (outcome: Outcome) => number) =>
      outcomes.reduce((sum, outcome) => sum + pick(outcome), 0) / plays;
    const covered = share((o) => o.covered);
    const predicted = mean((o) => o.predicted);
    const keep = share((o) => o.keepAtHorizon);
    promises.push({
      text: `${name}: intervals at the horizon cover the truth in 93 to 97 % (${percent(covered)})`,
      kept: covered >= 0.93 && covered <= 0.97,
    });
    promises.push({
      text: `${name}: no look of the sequence misses the truth in at least 95 % (${percent(1 - share((o) => o.sequenceMissed))})`,
      kept: share((o) => o.sequenceMissed) <= 0.05,
    });
    if (multiple > 0) {
      promises.push({
        text: `${name}: power as predicted within 5 points (${percent(keep)} against ${percent(predicted)})`,
        kept: Math.abs(keep - predicted) <= 0.05,
      });
    }
    if (multiple <= 0) {
      for (const [when, said] of [
        ["at the horizon", keep],
        ["over daily looks", share((o) => o.keepBySequence)],
        ["by the whole rule", share((o) => o.said === "keep")],
      ] as const) {
        promises.push({
          text: `${name}: "keep" ${when} in at most 5 % (${percent(said)})`,
          kept: said <= 0.05,
        });
      }
    }
    return [
      name,
      withInterval(covered),
      percent(share((o) => o.sequenceMissed)),
      multiple > 0 ? `${percent(keep)} (${percent(predicted)})` : percent(keep),
      percent(share((o) => o.keepBySequence)),
      percent(share((o) => o.harmBySequence)),
      percent(share((o) => o.keepByPeeking)),
      `${percent(share((o) => o.said === "keep"))} / ${percent(share((o) => o.said === "stop"))} / ${percent(share((o) => o.said === "cannot tell"))}`,
      percent(mean((o) => o.daysRun) / looks),
    ];
  });
  const head = [
    "true effect",
    "covered at the horizon",
    "sequence ever misses",
    "keep at the horizon (predicted)",
    "keep by daily looks, sequence",
    "harm by daily looks, sequence",
    "keep by daily looks, Newcombe",
    "whole rule: keep / stop / cannot tell",
    "of the time run",
  ];
  return `${plays.toLocaleString("en")} plays a row, customers assigned, ${looks} looks:\n\n${table(head, rows)}`;
}

/** 15 to 50 % succeed anyway; the play is planned to notice a gain of 6 to 15 points four times in five. */
function simulatePlay(random: SeededRandom, name: string, multiple: number): Outcome {
  const baseline = 0.15 + 0.35 * random.uniform();
  const worth = 0.06 + 0.09 * random.uniform();
  const holdoutShare = random.chance(0.5) ? 0.5 : 0.2;
  const plan = { ...sampleSizeForDifference({ baseline, difference: worth, holdoutShare }), worth };
  const effect = multiple * worth;
  const figures = { treated: { k: 0, n: 0 }, holdout: { k: 0, n: 0 } };
  const outcome = {
    sequenceMissed: false,
    keepByPeeking: false,
    keepBySequence: false,
    harmBySequence: false,
    said: undefined as Outcome["said"] | undefined,
    daysRun: looks,
  };
  let customers = 0;
  for (let day = 1; day <= looks; day++) {
    for (; customers < (plan.units * day) / looks; customers++) {
      const held = isHeldOut(placeOf(name, "salt", String(customers)), holdoutShare);
      const arm = held ? figures.holdout : figures.treated;
      arm.n += 1;
      if (random.chance(held ? baseline : baseline + effect)) arm.k += 1;
    }
    const { treated, holdout } = figures;
    const sequence = differenceSequence(treated, holdout, { first: plan.treated, second: plan.holdout });
    if (sequence) {
      outcome.sequenceMissed ||= misses(sequence, effect);
      outcome.keepBySequence ||= sequence.low > 0;
      outcome.harmBySequence ||= sequence.high < 0;
      outcome.keepByPeeking ||= newcombeInterval(treated.k, treated.n, holdout.k, holdout.n)!.low > 0;
    }
    const horizon: TrialFigures["horizon"] = day === looks ? "at" : "ahead";
    const { decision } = decideTrial({ treated, holdout, plan, horizon });
    if (outcome.said === undefined && (decision !== "cannot tell" || horizon === "at")) {
      outcome.said = decision;
      outcome.daysRun = day;
    }
  }
  const { treated, holdout } = figures;
  const final = newcombeInterval(treated.k, treated.n, holdout.k, holdout.n)!;
  return {
    ...outcome,
    said: outcome.said!,
    covered: !misses(final, effect),
    keepAtHorizon: final.low > 0,
    predicted: effect === 0 ? 0 : powerForDifference({ baseline, difference: effect }, plan),
  };
}

/** 40 to 120 accounts with 1 to 20 people, whose answers correlate by about 0.1. */
function accountsPart(promises: Promised[]): string {
  const rows = [0, 0.15].map((effect) => {
    const random = seededRandom(`accounts ${effect}`);
    let [covered, naive, keep] = [0, 0, 0];
    for (let play = 0; play < plays; play++) {
      const accounts = 40 + random.integer(81);
      const arms = { treated: [] as { n: number; k: number }[], holdout: [] as { n: number; k: number }[] };
      for (let account = 0; account < accounts; account++) {
        const held = isHeldOut(placeOf(`accounts ${effect} ${play}`, "salt", String(account)), 0.5);
        const own = 0.3 + (held ? 0 : effect) + (random.chance(0.5) ? 0.15 : -0.15);
        const n = 1 + random.integer(20);
        let k = 0;
        for (let i = 0; i < n; i++) if (random.chance(own)) k++;
        arms[held ? "holdout" : "treated"].push({ n, k });
      }
      const [a, b] = [sumClusters(arms.treated), sumClusters(arms.holdout)];
      const interval = clusteredDifference(a, b)!;
      if (!misses(interval, effect)) covered++;
      if (interval.low > 0) keep++;
      if (!misses(newcombeInterval(a.successes, a.units, b.successes, b.units)!, effect)) naive++;
    }
    promises.push({
      text: `accounts, effect ${effect}: intervals cover the truth in 93 to 97 % (${percent(covered / plays)})`,
      kept: covered / plays >= 0.93 && covered / plays <= 0.97,
    });
    if (effect === 0) {
      promises.push({
        text: `accounts without effect: "keep" in at most 5 % (${percent(keep / plays)})`,
        kept: keep / plays <= 0.05,
      });
    }
    return [
      effect === 0 ? "none" : "15 points",
      withInterval(covered / plays),
      percent(naive / plays),
      percent(keep / plays),
    ];
  });
  const head = ["true effect", "covered", "covered if people were independent", "keep"];
  return `Accounts assigned, 40 to 120 of them with 1 to 20 people:\n\n${table(head, rows)}`;
}

/** 300 and 150 customers, three in ten of whom buy; log-normal amounts, the treated one fifth larger. */
function revenuePart(promises: Promised[]): string {
  const random = seededRandom("revenue");
  const spend = (units: number, factor: number) => {
    const amounts: number[] = [];
    for (let i = 0; i < units; i++)
      if (random.chance(0.3)) amounts.push(factor * Math.exp(random.normal(0, 0.8)));
    return { units, amounts };
  };
  const truth = 0.2 * 0.3 * Math.exp(0.32);
  let covered = 0;
  for (let play = 0; play < plays; play++) {
    const interval = amountDifference(spend(300, 1.2), spend(150, 1), {
      resamples: 400,
      seed: String(play),
    })!;
    if (!misses(interval, truth)) covered++;
  }
  const share = covered / plays;
  promises.push({
    text: `revenue: intervals cover the truth in 93 to 97 % (${percent(share)})`,
    kept: share >= 0.93 && share <= 0.97,
  });
  return `Revenue of 300 treated and 150 others, bootstrap: the truth is covered in ${withInterval(share)}.`;
}

/** An arm that loses customers to the other: how often the sample-ratio check says so. */
function leakPart(promises: Promised[]): string {
  const rows = ([5000, 10_000, 20_000] as const).map((customers) => {
    const random = seededRandom(`leaks ${customers}`);
    const alarms = (leak: number) => {
      let raised = 0;
      for (let play = 0; play < plays; play++) {
        // A sum of coins, by its normal limit: at these sizes the same to less than a customer.
        const held = Math.round(random.normal(customers / 2, Math.sqrt(customers) / 2));
        const lost = random.poisson(leak * held);
        if (checkSampleRatio([customers - held + lost, held - lost], [0.5, 0.5])!.alarm) raised++;
      }
      return raised / plays;
    };
    return { customers, honest: alarms(0), leaking: alarms(0.05) };
  });
  promises.push({
    text: `sample ratio: a leak of 5 % among 20,000 is caught in at least 99 % (${percent(rows[2]!.leaking)})`,
    kept: rows[2]!.leaking >= 0.99,
  });
  promises.push({
    text: `sample ratio: a false alarm in at most 0.5 % (${percent(Math.max(...rows.map(({ honest }) => honest)))})`,
    kept: rows.every(({ honest }) => honest <= 0.005),
  });
  const head = ["customers, half held out", "false alarms", "alarms when 5 % of the holdout were treated"];
  return table(
    head,
    rows.map(({ customers, honest, leaking }) => [
      customers.toLocaleString("en"),
      percent(honest),
      percent(leaking),
    ]),
  );
}

function misses({ low, high }: Interval, truth: number): boolean {
  return low > truth || high < truth;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** The share with the interval that so many simulated plays give it. */
function withInterval(share: number): string {
  const { low, high } = wilsonInterval(share * plays, plays)!;
  return `${percent(share)} (${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)})`;
}

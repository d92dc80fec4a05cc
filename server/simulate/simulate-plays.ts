import { categoryOf } from "../collect/response.ts";
import { seededRandom } from "../statistics/seeded-random.ts";
import type { SimulatedCustomer } from "./make-accounts.ts";
import { type SamplePlay, samplePlays } from "./sample-plays.ts";
import type { SimulatedCompany } from "./simulate-company.ts";

const day = 24 * 3600 * 1000;

/** One customer of a simulated company in one of its plays. */
export interface SimulatedEnrolment {
  customer: SimulatedCustomer;
  arm: "treated" | "holdout";
  enteredAt: Date;
  due: Date;
  scoreBefore: number;
  /** Once their days are over: whether they answered 9 or 10 within them, and when first. */
  reachedAt: Date | null | undefined;
}

/** A play with all whom it met. */
export interface SimulatedPlay extends SamplePlay {
  startedAt: Date;
  enrolments: SimulatedEnrolment[];
}

interface PlayOptions {
  now: Date;
  seed?: string;
  plays?: readonly SamplePlay[];
  /**
   * chance: each customer's arm is drawn on its own, so that a result differs from the truth as results do. even: among those
   * who reach the goal and those who do not as many as the truth says, so that the sample always tells the same story.
   */
  draw?: "chance" | "even";
}

/**
 * The plays of a simulated company. What its customers answer is a fact already; so it is not their answers that follow from who
 * was treated, but who was treated is drawn so that the answers are those of a play with this effect: with q the share that reaches
 * the goal and r the holdout's, q + r·effect of the treated do, and q − (1 − r)·effect of the others.
 */
export function simulatePlays(
  company: SimulatedCompany,
  { now, seed = "Larkfield plays", plays = samplePlays, draw = "even" }: PlayOptions,
): SimulatedPlay[] {
  const answers = answersByCustomer(company);
  return plays.map((play) => {
    const { definition, effect, meets, lastDays = Infinity } = play;
    const length = definition.days * day;
    const met = company.customers.flatMap((customer) => {
      const own = answers.get(customer.id) ?? [];
      const first = own.find(
        ({ score, at }) => meets(customer, score) && now.getTime() - at.getTime() < lastDays * day,
      );
      if (!first || customer.story) return [];
      const enteredAt = new Date(first.at.getTime() + day);
      if (enteredAt >= now) return [];
      const due = new Date(enteredAt.getTime() + length);
      const good = own.find(
        ({ at, score }) => at > enteredAt && at <= due && categoryOf(score) === "promoter",
      );
      const reachedAt = due <= now ? (good?.at ?? null) : undefined;
      return [{ customer, enteredAt, due, scoreBefore: first.score, reachedAt }];
    });
    const arms = drawArms(met, {
      share: definition.holdout.share,
      effect,
      draw,
      seed: `${seed} ${play.key}`,
    });
    const enrolments = met.map((one, at) => Object.assign({ arm: arms[at]! }, one));
    const first = Math.min(
      ...enrolments.map(({ enteredAt }) => enteredAt.getTime()),
      now.getTime() - 3 * day,
    );
    return { ...play, startedAt: new Date(first - day), enrolments };
  });
}

interface Draw {
  share: number;
  effect: number;
  draw: "chance" | "even";
  seed: string;
}

function drawArms(
  met: readonly { customer: SimulatedCustomer; reachedAt: Date | null | undefined }[],
  { share: r, effect, draw, seed }: Draw,
): ("treated" | "holdout")[] {
  const random = seededRandom(seed);
  const known = met.filter(({ reachedAt }) => reachedAt !== undefined);
  const q = known.filter(({ reachedAt }) => reachedAt !== null).length / Math.max(1, known.length);
  const without = Math.min(1, Math.max(0, q - (1 - r) * effect));
  const heldOut = (reachedAt: Date | null | undefined) => {
    if (reachedAt === undefined || q === 0 || q === 1) return r;
    return reachedAt === null ? (r * (1 - without)) / (1 - q) : (r * without) / q;
  };
  if (draw === "chance")
    return met.map(({ reachedAt }) => (random.chance(heldOut(reachedAt)) ? "holdout" : "treated"));
  // Of each kind every so many: the sum passes a whole number.
  const sums = new Map<string, number>();
  return met.map(({ reachedAt }) => {
    const kind = reachedAt === undefined ? "waiting" : reachedAt === null ? "no" : "yes";
    const before = sums.get(kind) ?? random.uniform();
    const after = before + heldOut(reachedAt);
    sums.set(kind, after);
    return Math.floor(after) > Math.floor(before) ? "holdout" : "treated";
  });
}

/** Answers whose customer is known, in their order. */
function answersByCustomer({ answers }: SimulatedCompany): Map<string, { score: number; at: Date }[]> {
  const by = new Map<string, { score: number; at: Date }[]>();
  for (const { customer, score, at } of answers) {
    if (typeof customer?.id !== "string") continue;
    const known = by.get(customer.id) ?? [];
    known.push({ score, at });
    by.set(customer.id, known);
  }
  return by;
}

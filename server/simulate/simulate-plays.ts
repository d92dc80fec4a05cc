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
  /** Whether they answered within their days, once these are over. */
  answered: boolean | undefined;
  /** Whether they answered 9 or 10, and when first. */
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
  /** Whom no play contacts. */
  isLeftAlone?: (customer: SimulatedCustomer) => boolean;
}

/**
 * The plays of a simulated company. What its customers answer is a fact already; so it is not their answers that follow from who
 * was treated, but who was treated is drawn so that the answers are those of a play with this effect: with q the share that reaches
 * the goal and r the holdout's, q + r·effect of the treated do, and q − (1 − r)·effect of the others; both answer equally often.
 */
export function simulatePlays(
  company: SimulatedCompany,
  {
    now,
    seed = "Larkfield plays",
    plays = samplePlays,
    draw = "even",
    isLeftAlone = () => false,
  }: PlayOptions,
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
      if (!first || customer.story || isLeftAlone(customer)) return [];
      const enteredAt = new Date(first.at.getTime() + day);
      if (enteredAt >= now) return [];
      const due = new Date(enteredAt.getTime() + length);
      const within = own.filter(({ at }) => at > enteredAt && at <= due);
      const good = within.find(({ score }) => categoryOf(score) === "promoter");
      const isOver = due <= now;
      const answered = isOver ? within.length > 0 : undefined;
      const reachedAt = isOver ? (good?.at ?? null) : undefined;
      return [{ customer, enteredAt, due, scoreBefore: first.score, answered, reachedAt }];
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

type Met = Pick<SimulatedEnrolment, "answered" | "reachedAt">;
type Kind = "waiting" | "silent" | "answered" | "reached";

function drawArms(met: readonly Met[], { share: r, effect, draw, seed }: Draw): ("treated" | "holdout")[] {
  const random = seededRandom(seed);
  const known = met.filter(({ answered }) => answered !== undefined);
  const shareOf = (is: (one: Met) => boolean) => known.filter(is).length / Math.max(1, known.length);
  const answering = shareOf(({ answered }) => answered === true);
  const q = shareOf(({ reachedAt }) => Boolean(reachedAt));
  const without = Math.min(answering, Math.max(0, q - (1 - r) * effect));
  const certain = q === 0 || q === answering;
  const heldOut: Record<Kind, number> = {
    waiting: r,
    silent: r,
    answered: certain ? r : (r * (answering - without)) / (answering - q),
    reached: certain ? r : (r * without) / q,
  };
  // Of each kind every so many: whenever the sum passes a whole number.
  const sums = new Map<Kind, number>();
  return met.map((one) => {
    const kind = kindOf(one);
    if (draw === "chance") return random.chance(heldOut[kind]) ? "holdout" : "treated";
    const before = sums.get(kind) ?? random.uniform();
    const after = before + heldOut[kind];
    sums.set(kind, after);
    return Math.floor(after) > Math.floor(before) ? "holdout" : "treated";
  });
}

function kindOf({ answered, reachedAt }: Met): Kind {
  if (answered === undefined) return "waiting";
  if (!answered) return "silent";
  return reachedAt ? "reached" : "answered";
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

import { normalQuantile } from "../statistics/distributions.ts";
import type { SeededRandom } from "../statistics/seeded-random.ts";
import type { SimulatedCustomer } from "./make-accounts.ts";

// Shares of the scores 0 to 10 among all customers, before waves, traits and the incident move them.
const shares = [0.011, 0.007, 0.012, 0.019, 0.025, 0.058, 0.082, 0.179, 0.229, 0.194, 0.184];
const cuts = shares
  .slice(0, 10)
  .map((_, score) => normalQuantile(shares.slice(0, score + 1).reduce((a, b) => a + b)));

// How all customers' feelings stand in each wave, the last one in the quarter that is not over.
const waveMoods = [-0.08, -0.06, -0.02, 0.05, 0.05];
const incidentMood = -0.34;
// The share of customers who answer no survey at all.
const neverAnswering = 0.09;
// Surer than certain, whatever zeal takes off.
const always = 2;

/** How many waves there are, with the one that has begun. */
export const waveCount = waveMoods.length;

/** How somebody feels and answers. */
export interface Person {
  /** What they would answer in each wave: if nothing special happened, and in the weeks of the invoice-number error. */
  scores: number[];
  whenAngry: number[];
  turn: number;
  reply: number;
  channels: number[];
}

/** Draws a person; those who were invented by hand say what their story says, and always answer, or never. */
export function makePerson(
  random: SeededRandom,
  { account, story }: SimulatedCustomer,
  ofAccount: number,
): Person {
  const { discount, seats, plan } = account.traits;
  const lasting = ofAccount + random.normal(0, Math.sqrt(0.5));
  // Who buys at a discount, or uses only the basics, is lukewarm: nearer to the middle, and a little below.
  const scale = (discount ? 0.72 : 1.06) * (seats <= 2 ? 0.8 : 1);
  const shift = (discount ? -0.12 : 0.02) + (plan === "Business" ? 0.08 : 0);
  let passing = random.normal(0, Math.sqrt(0.28));
  const feelings = waveMoods.map(() => {
    const felt = shift + scale * (lasting + passing);
    passing = 0.4 * passing + random.normal(0, Math.sqrt(0.28 * (1 - 0.16)));
    return felt;
  });
  const drawn = {
    scores: feelings.map((feeling, at) => scoreOf(feeling + waveMoods[at]!)),
    whenAngry: feelings.map((feeling, at) => scoreOf(feeling + waveMoods[at]! + incidentMood)),
    turn: random.uniform(),
    reply: replyOf(random),
    channels: random.pick([
      [0.86, 0.09, 0.05],
      [0.8, 0.05, 0.15],
      [0.25, 0.65, 0.1],
    ]),
  };
  if (!story) return drawn;
  const scores = story.scores ?? drawn.scores;
  return { ...drawn, scores, whenAngry: scores, reply: story.scores ? always : 0, channels: [1, 0, 0] };
}

function replyOf(random: SeededRandom): number {
  const usual = Math.min(0.95, Math.max(0.12, random.normal(0.405, 0.1)));
  return random.fork("never").chance(neverAnswering) ? 0 : usual / (1 - neverAnswering);
}

function scoreOf(feeling: number): number {
  const score = cuts.findIndex((cut) => feeling < cut);
  return score < 0 ? 10 : score;
}

/** How much likelier than others somebody with this score answers. */
export function zeal(score: number): number {
  if (score <= 3) return 1.15;
  return score <= 6 ? 0.98 : score <= 8 ? 0.93 : 1.08;
}

import type { Category } from "../../collect/response.ts";
import type { SeededRandom } from "../../statistics/seeded-random.ts";
import type { SimulatedCustomer } from "../make-accounts.ts";
import type { Story } from "../stories.ts";
import { type Feature, features, featuresOf } from "./catalogue.ts";
import type { Rhythm } from "./rhythm.ts";

/** How somebody uses Larkfield: seldom, hardly, only the basics, or as most do; some never sign in. */
export type Style = "usual" | "infrequent" | "minimal" | "basic" | "never";

/** How somebody shops: not at all, looking only, at any price, or only at a discount. */
export type Shopping = "none" | "browser" | "buyer" | "bargain";

/** What one customer is used to. Drawn once; only their level changes. */
export interface Habits {
  style: Style;
  shopping: Shopping;
  /** Sessions in a usual week. */
  sessions: number;
  /** Features used per session, beside the first. */
  depth: number;
  /** Visits to the shop in a usual week. */
  visits: number;
  /** How likely they write to support in a week. */
  tickets: number;
  repertoire: { feature: Feature; weight: number }[];
  rhythm: Rhythm;
  /** The hour of the day around which they work. */
  hour: number;
  device: string;
}

const styles: Record<Category, Record<Style, number>> = {
  promoter: { usual: 0.565, infrequent: 0.02, minimal: 0.015, basic: 0.1, never: 0.3 },
  passive: { usual: 0.365, infrequent: 0.06, minimal: 0.045, basic: 0.23, never: 0.3 },
  detractor: { usual: 0.435, infrequent: 0.06, minimal: 0.045, basic: 0.16, never: 0.3 },
};
const adopted: Record<Category, number> = { promoter: 2.6, passive: 1.1, detractor: 1 };
const eagerness: Record<Category, number> = { promoter: 1.12, passive: 0.96, detractor: 0.92 };
const visitsOf: Record<Shopping, number> = { none: 0, browser: 0.42, buyer: 0.13, bargain: 0.14 };
const business: Record<string, number> = { owner: 1.2, manager: 1, bookkeeper: 1.1, "front desk": 1.3 };

/** Draws the habits of somebody who feels like this. */
export function drawHabits(
  random: SeededRandom,
  { account, role, story }: SimulatedCustomer,
  category: Category,
): Habits {
  const drawn = drawUsual(random, { account, role }, category);
  return story ? { ...drawn, ...habitsIn(story) } : drawn;
}

function habitsIn({ use }: Story): Partial<Habits> {
  const { sessions, features: used } = use;
  const shopping: Shopping = use.shopping ?? "none";
  const repertoire = features
    .filter(({ event }) => used.includes(event))
    .map((feature) => ({ feature, weight: Math.sqrt(feature.draw) }));
  const style = repertoire.every(({ feature }) => feature.basic) ? "basic" : "usual";
  return { style, shopping, sessions, visits: visitsOf[shopping], repertoire, depth: 0.8 };
}

function drawUsual(
  random: SeededRandom,
  { account, role }: Pick<SimulatedCustomer, "account" | "role">,
  category: Category,
): Habits {
  const { country, discount, plan } = account.traits;
  const style = pickKey(random.fork("style"), styles[category]);
  const shopping = pickKey(random.fork("shopping"), {
    none: 0.5,
    browser: category === "passive" ? 0.1 : 0.035,
    buyer: discount ? 0.08 : 0.24,
    bargain: discount ? 0.42 : 0.03,
  });
  const usual = random.normal(Math.log(1.25 * (business[role] ?? 0.6) * eagerness[category]), 0.85);
  const sessions = sessionsOf(random, style, Math.exp(usual));
  return {
    style,
    shopping,
    sessions,
    depth: style === "minimal" ? 0 : 0.1 + 0.5 * random.uniform(),
    visits: Math.min(visitsOf[shopping], 0.4 * sessions),
    tickets: category === "detractor" ? 0.025 : 0.009,
    repertoire: drawRepertoire(
      random.fork("repertoire"),
      featuresOf(plan),
      role,
      style === "basic" ? undefined : adopted[category],
    ),
    rhythm: { country, saturdays: random.chance(0.28), closesAtChristmas: random.chance(0.55) },
    hour: random.pick([9, 10, 11, 14, 16, 18.5]),
    device: random.pick(["desktop", "desktop", "phone", "tablet"]),
  };
}

function sessionsOf(random: SeededRandom, style: Style, usual: number): number {
  if (style === "never") return 0;
  return style === "infrequent" ? 0.08 + 0.3 * random.uniform() : Math.min(16, Math.max(0.6, usual));
}

/** Who uses only the basics has two or three of them; others these and more, likelier those for their work. */
function drawRepertoire(
  random: SeededRandom,
  available: Feature[],
  role: string,
  more: number | undefined,
): Habits["repertoire"] {
  const drawOf = ({ draw, roles }: Feature) => draw * (roles.includes(role) ? 2 : 1);
  const from = more === undefined ? available.filter(({ basic }) => basic) : [...available];
  const wanted = more === undefined ? 2 + random.integer(2) : 4 + random.poisson(more + 1);
  const taken: Habits["repertoire"] = [];
  while (taken.length < wanted && from.length > 0) {
    const at = random.categorical(from.map(drawOf));
    const [feature] = from.splice(at, 1);
    taken.push({ feature: feature!, weight: Math.sqrt(drawOf(feature!)) * (0.5 + random.uniform()) });
  }
  return taken;
}

function pickKey<Key extends string>(random: SeededRandom, weights: Record<Key, number>): Key {
  return (Object.keys(weights) as Key[])[random.categorical(Object.values<number>(weights))]!;
}

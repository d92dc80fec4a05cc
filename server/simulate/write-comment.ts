import type { Category } from "../collect/response.ts";
import type { SeededRandom } from "../statistics/seeded-random.ts";
import { german } from "./phrases-de.ts";
import { english } from "./phrases-en.ts";

export const themes = [
  "price",
  "speed",
  "missing-feature",
  "integrations",
  "support",
  "onboarding",
  "reliability",
  "usability",
  "reporting",
] as const;
/** What a comment is about. */
export type Theme = (typeof themes)[number];

/** The grammar of one language. */
export interface Phrases {
  slots: Record<string, string[]>;
  /** What would have made it a nine. */
  wish: Record<Theme, string[]>;
  blame: Record<Theme, string[]>;
  praise: Record<Theme, string[]>;
  /** The invoice-number error. */
  incident: string[];
  openers: Record<Category, string[]>;
  closers: Record<Category, string[]>;
}

interface CommentOptions {
  category: Category;
  language: string;
  /** The customer buys at a discount and looks at the price. */
  discount: boolean;
  /** A company of a few people, who find more to learn than to wish for. */
  small: boolean;
  /** The answer was given in the weeks of the invoice-number error. */
  incident: boolean;
}

const weights: Record<Category, Record<Theme, number>> = {
  detractor: {
    price: 3,
    speed: 3,
    "missing-feature": 2,
    integrations: 2,
    support: 5,
    onboarding: 1,
    reliability: 5,
    usability: 2,
    reporting: 1,
  },
  passive: {
    price: 3,
    speed: 2,
    "missing-feature": 4,
    integrations: 3,
    support: 1,
    onboarding: 6,
    reliability: 1,
    usability: 2,
    reporting: 2,
  },
  promoter: {
    price: 1,
    speed: 4,
    "missing-feature": 1,
    integrations: 2,
    support: 5,
    onboarding: 2,
    reliability: 3,
    usability: 6,
    reporting: 1,
  },
};

/** Makes a comment in one of Larkfield's two languages, and says what it is about. */
export function writeComment(
  random: SeededRandom,
  { category, language, discount, small, incident }: CommentOptions,
): { text: string; themes: Theme[] } {
  const phrases = language === "de" ? german : english;
  if (incident && category !== "promoter" && random.chance(category === "detractor" ? 0.7 : 0.25)) {
    return { text: fill(random, phrases, random.pick(phrases.incident)), themes: ["reliability"] };
  }
  const kind = { detractor: phrases.blame, passive: phrases.wish, promoter: phrases.praise }[category];
  const likely = themes.map(
    (theme) =>
      weights[category][theme] *
      (theme === "price" && discount ? 3 : 1) *
      (theme === "onboarding" && small ? 1.6 : 1),
  );
  const first = themes[random.categorical(likely)]!;
  const second = random.chance(0.12) ? themes[random.categorical(likely)]! : first;
  const about = first === second ? [first] : [first, second];
  const sentences = about.map((theme) => fill(random, phrases, random.pick(kind[theme])));
  const framed = random.uniform();
  if (framed < 0.35) sentences.unshift(random.pick(phrases.openers[category]));
  else if (framed < 0.58) sentences.push(random.pick(phrases.closers[category]));
  return { text: sentences.join(" "), themes: about };
}

function fill(random: SeededRandom, { slots }: Phrases, template: string): string {
  const text = template.replaceAll(/\{(\w+)\}/g, (_, slot: string) => random.pick(slots[slot] ?? [slot]));
  return text.replaceAll(
    /(^|[.!?] )(\p{Ll})/gu,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}

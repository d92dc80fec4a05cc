import { changeIn, type Episode, levelIn, weeksGone } from "./course.ts";
import type { Habits } from "./habits.ts";

/** What may be true of how a customer behaves. `gone`: has not come for four weeks or more, and will not again. */
export type TrueKind =
  | "declining"
  | "gone"
  | "infrequent"
  | "minimal"
  | "basic"
  | "browsing"
  | "discount"
  | "unanswering";

/** What is true of one customer's behaviour at some time, known only because it was made. */
export interface BehaviourTruth {
  /** None: a customer who uses the product as most do. */
  kinds: ReadonlySet<TrueKind>;
  /** Whether they use the product at all. */
  uses: boolean;
  /** How much the last four weeks differ from usual, without chance and holidays: −0.4 is 40 % less. */
  change: number;
  /** Whole weeks since what goes on now began; 0 where nothing does. */
  weeks: number;
  /** Sessions in a usual week, at the level before what goes on now. */
  sessions: number;
}

interface Known {
  habits: Habits;
  episodes: readonly Episode[];
  neverAnswers: boolean;
}

const coolingBelow = -0.15;
// Sessions a week.
const infrequentBelow = 0.4;

/** Says what is true in a week of somebody's course. */
export function truthOf({ habits, episodes, neverAnswers }: Known, week: number): BehaviourTruth {
  const { style, shopping } = habits;
  const kinds = new Set<TrueKind>();
  if (neverAnswers) kinds.add("unanswering");
  const uses = style !== "never";
  const isGone = uses && weeksGone(episodes, week) >= 4;
  const change = uses ? changeIn(episodes, week) : 0;
  if (isGone) kinds.add("gone");
  if (uses && !isGone) {
    if (change <= coolingBelow) kinds.add("declining");
    if (habits.sessions * levelIn(episodes, week) < infrequentBelow) kinds.add("infrequent");
    if (style === "minimal" || style === "basic") kinds.add(style);
    if (shopping === "browser") kinds.add("browsing");
    if (shopping === "bargain") kinds.add("discount");
  }
  const episode = episodes.findLast(({ from }) => week >= from);
  const weeks = episode && week <= episode.to ? week - episode.from : 0;
  return { kinds, uses, change, weeks, sessions: habits.sessions * (episode?.before ?? 1) };
}

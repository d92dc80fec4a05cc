import type { CountsAs } from "../../platform/database/schema-identify.ts";

/** Who did something of this name, and on which of their days. */
export interface NameFigures {
  /** Customers who did anything, and how many names there were. */
  active: number;
  names: number;
  /** Sent as a page or a screen. */
  viewed: boolean;
  customers: number;
  /** Days of customers on which they did it, and their share of all days on which customers did anything. */
  days: number;
  dayShare: number;
  /** The share of its days on which the customer did nothing else, and on which they did it first. */
  alone: number;
  first: number;
}

/** What makes a name something, and what ends that: it stays what it is until it is clearly something else. */
const limits = {
  /** Happens on days without anything else: more likely done to the customer, as a mail that was delivered. */
  alone: { begins: 0.8, ends: 0.6, days: 20 },
  /** On most days, and before anything else: a sign that they are there, not what they are there for. */
  everyDay: { begins: 0.8, ends: 0.7 },
  first: { begins: 0.7, ends: 0.6 },
  /** By very few of many. */
  rare: { begins: 0.01, ends: 0.02, active: 100 },
};

/** What a name says of a customer: product use, a sign of life, or nothing they did; from how it happens. */
export function proposalOf(figures: NameFigures, present: CountsAs): CountsAs {
  const { active, names, viewed, customers, days, dayShare, alone, first } = figures;
  const more = (value: number, { begins, ends }: { begins: number; ends: number }, is: CountsAs) =>
    value >= (present === is ? ends : begins);
  if (names >= 3 && days >= limits.alone.days && !viewed && more(alone, limits.alone, "nothing"))
    return "nothing";
  const isArrival = more(dayShare, limits.everyDay, "activity") && more(first, limits.first, "activity");
  if (viewed || (names >= 3 && isArrival)) return "activity";
  const { rare } = limits;
  const few = present === "activity" ? rare.ends : rare.begins;
  return active >= rare.active && customers / active < few ? "activity" : "feature";
}

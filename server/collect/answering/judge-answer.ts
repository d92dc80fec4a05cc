/** A fetch of one of the links of an invitation. */
export interface Click {
  at: Date;
  method: string;
  /** The number in the link; null for a link without one. */
  score: number | null;
  honeypot: boolean;
}

/** What is known when an answer arrives. */
export interface Arrival {
  now: Date;
  /** provisional: sent by the page on its own; confirmed: sent by a press on the button. */
  state: "provisional" | "confirmed";
  /** What the page says it saw: a pointer, key or touch; only time going by; or a form without JavaScript. */
  sign: "input" | "dwell" | "form";
  /** When the page was fetched from which it comes; undefined without a good nonce of that page. */
  fetchedAt: Date | undefined;
  /** When the first mail was handed over; undefined for other channels. */
  deliveredAt: Date | undefined;
  /** The kind of machine that it says it is. */
  scanner: string | undefined;
  /** A field that people do not see was filled in. */
  filledTrap: boolean;
  /** All fetches of the links of its invitation, in any order; none are kept where answers are anonymous. */
  clicks: readonly Click[];
}

export const setAsideReasons = [
  "no_page",
  "too_fast",
  "trap",
  "known_scanner",
  "honeypot",
  "many_scores",
  "too_soon",
  "no_sign",
] as const;
/** Why an answer is taken for a machine's. */
export type SetAsideReason = (typeof setAsideReasons)[number];

const second = 1_000;
/** How quick nobody is, from the page's arrival to an answer. */
const quickest = { input: 0.4 * second, form: 1 * second, dwell: 3.5 * second };
/** Fetches so near to each other are one sweep. */
const sweepSeconds = 10;
const honeypotWithin = 600 * second;
const afterDelivery = { input: 5 * second, dwell: 120 * second };

/**
 * Is this answer a machine's? Rules, their reasons and their weaknesses: docs/methods/human-answers.md.
 * @returns why, or undefined for an answer that counts
 */
export function judgeAnswer(arrival: Arrival): SetAsideReason | undefined {
  const { now, sign, fetchedAt, filledTrap } = arrival;
  if (filledTrap) return "trap";
  if (!fetchedAt) return "no_page";
  if (now.getTime() - fetchedAt.getTime() < quickest[sign]) return "too_fast";
  // Whoever pressed the button after a page was theirs is a person, whatever fetched the links before.
  if (arrival.state === "confirmed" && sign === "input") return undefined;
  if (arrival.scanner !== undefined) return "known_scanner";
  if (arrival.state === "confirmed") return undefined;
  return judgeUnconfirmed(arrival, fetchedAt);
}

function judgeUnconfirmed(
  { now, sign, deliveredAt, clicks }: Arrival,
  fetchedAt: Date,
): SetAsideReason | undefined {
  const since = (at: Date) => now.getTime() - at.getTime();
  if (clicks.some(({ honeypot, at }) => honeypot && since(at) <= honeypotWithin)) return "honeypot";
  if (isSweep(clicks, fetchedAt)) return "many_scores";
  if (deliveredAt && since(deliveredAt) < afterDelivery[sign === "dwell" ? "dwell" : "input"])
    return "too_soon";
  if (sign === "dwell" && !isOneLinkOnly(clicks)) return "no_sign";
  return undefined;
}

/** Were several numbers fetched within seconds, around the time this page was? */
function isSweep(clicks: readonly Click[], fetchedAt: Date): boolean {
  const near = clicks.filter(
    ({ at }) => Math.abs(at.getTime() - fetchedAt.getTime()) <= sweepSeconds * second,
  );
  return new Set(near.map(({ score }) => score).filter((score) => score !== null)).size > 1;
}

/** Time alone speaks for a person only where nothing else was fetched, nor probed without being read. */
function isOneLinkOnly(clicks: readonly Click[]): boolean {
  return (
    clicks.every(({ method }) => method === "GET") && new Set(clicks.map(({ score }) => score)).size <= 1
  );
}

/** When the widget may show, as the survey's settings say. */
export interface Rules {
  sample: number;
  afterVisits: number;
  afterSeconds: number;
  notOn: readonly string[];
  restDays: number;
}

/** What this browser remembers of one survey. Nothing in it tells who somebody is. */
export interface Memory {
  /** Drawn once, from 0 to below 1: who is below the sample belongs to it, also when it grows. */
  draw: number;
  visits: number;
  seenAt: number;
  closedUntil: number;
  answeredUntil: number;
}

/** Where and how long the visitor has been on this page. */
export interface Moment {
  now: number;
  path: string;
  /** Seconds that the page has been visible. */
  seconds: number;
}

export const minute = 60_000;
export const day = 24 * 60 * minute;
const visitEndsAfter = 30 * minute;

/** Whether the rules let the widget show now. */
export function mayShow(rules: Rules, memory: Memory, { now, path, seconds }: Moment): boolean {
  return (
    !isResting(memory, now) &&
    memory.draw < rules.sample &&
    memory.visits >= rules.afterVisits &&
    seconds >= rules.afterSeconds &&
    !rules.notOn.some((pattern) => matchesPath(pattern, path))
  );
}

/** Whether this browser has answered or closed the question lately. */
export function isResting(memory: Memory, now: number): boolean {
  return now < memory.closedUntil || hasAnswered(memory, now);
}

/** Whether this browser has answered lately; then even the page's own `ask()` does not ask again. */
export function hasAnswered(memory: Memory, now: number): boolean {
  return now < memory.answeredUntil;
}

/** Until when not to ask. Also with no rest set, nobody is asked twice in a day. */
export function restsUntil(now: number, restDays: number): number {
  return now + Math.max(restDays, 1) * day;
}

/** Counts a page view: it begins a new visit after half an hour without any. */
export function seenAgain(memory: Memory, now: number): Memory {
  const isNew = now - memory.seenAt > visitEndsAfter;
  return { ...memory, seenAt: now, visits: memory.visits + Number(isNew) };
}

/** Whether a pattern like `/checkout*` stands for this path; `*` stands for anything, also for nothing. */
export function matchesPath(pattern: string, path: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return path === first;
  const last = rest.pop() ?? "";
  if (!path.startsWith(first) || path.length < first.length + last.length || !path.endsWith(last))
    return false;
  const end = path.length - last.length;
  let at = first.length;
  for (const part of rest) {
    const found = path.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

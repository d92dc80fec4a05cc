import type {
  PassiveFilter as ServerFilter,
  PassiveSort,
} from "../../../server/identify/passives/passives.ts";

/** What narrows the list of passives and how it is sorted, as it stands in the address. */
export type PassiveFilter = { [Key in keyof ServerFilter]?: string | undefined } & {
  sort?: string | undefined;
};

const rows = ["answered", "8", "7", "others", "silent"] as const;
const states = ["dormant", "cooling", "flat", "warming", "unknown"] as const;
const statuses = ["stated", "behavioural", "both", "silent"] as const;
const ruleNames = [
  "declining_use",
  "basic_features",
  "browsing",
  "discount_only",
  "infrequent_sessions",
  "minimal_use",
  "scarce_answers",
] as const;
const sorts = [
  "attention",
  "revenue",
  "change",
  "answered",
  "since",
] as const satisfies readonly PassiveSort[];

/** What can be chosen, in the order in which it is offered. */
export const choices = { row: rows, state: states, status: statuses, reason: ruleNames, sort: sorts };

/** The filters in an address; everything else in it is left out, also values that nobody can choose. */
export function filterOf(search: Partial<Record<string, string>>): PassiveFilter {
  const chosen = Object.entries(choices).flatMap(([key, values]) => {
    const value = search[key];
    return value !== undefined && (values as readonly string[]).includes(value) ? [[key, value]] : [];
  });
  const free = (["plan", "segment"] as const).flatMap((key) => (search[key] ? [[key, search[key]]] : []));
  const { stateSince } = search;
  const since =
    stateSince && /^\d{4}-\d\d-\d\d$/.test(stateSince) && !Number.isNaN(Date.parse(stateSince))
      ? [["stateSince", stateSince]]
      : [];
  return Object.fromEntries([...chosen, ...free, ...since]) as PassiveFilter;
}

/** The address of the page with these filters. */
export function passivesAddress(slug: string, filter: PassiveFilter = {}): string {
  const query = new URLSearchParams(set(filter)).toString();
  return `/${slug}/passives${query && `?${query}`}`;
}

/** The filter as the API takes it; `filterOf` lets only values through that it knows. */
export function queryOf(filter: PassiveFilter): Record<string, string> {
  return Object.fromEntries(set(filter));
}

/** How many filters are set; the order is none. */
export function countOf(filter: PassiveFilter): number {
  return set({ ...filter, sort: undefined }).length;
}

function set(filter: PassiveFilter): [string, string][] {
  return Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1]));
}

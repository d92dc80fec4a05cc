import type { MoveCategory } from "../../../server/prove/moves/moves.ts";

/** Between which periods of which survey; absent is the server's choice. */
export interface MovesSpan {
  survey?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** The same, with the move whose customers are listed. */
export interface MovesFilter extends MovesSpan {
  before?: MoveCategory | undefined;
  after?: MoveCategory | undefined;
}

const categories = [
  "promoter",
  "passive",
  "passive8",
  "passive7",
  "detractor",
  "silent",
  "gone",
] as const satisfies readonly MoveCategory[];

/** What an address asks for; everything else in it is left out. Without a move it is the one that Nines is about. */
export function filterOf(search: Partial<Record<string, string>>): MovesFilter {
  const category = (key: string) => categories.find((name) => name === search[key]);
  const [before, after] = [category("before"), category("after")];
  const move =
    (before ?? after) ? { before, after } : { before: "passive" as const, after: "promoter" as const };
  return { ...spanOf({ survey: search.survey, from: search.from, to: search.to }), ...move };
}

/** Only the periods of a filter. */
export function spanOf({ survey, from, to }: MovesSpan): MovesSpan {
  return { ...(survey && { survey }), ...(from && { from }), ...(to && { to }) };
}

/** The address of the page with these choices. */
export function movesAddress(slug: string, filter: MovesFilter = {}): string {
  const query = new URLSearchParams(queryOf(filter)).toString();
  return `/${slug}/moves${query && `?${query}`}`;
}

/** The choices as the API takes them. */
export function queryOf(filter: MovesFilter): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}

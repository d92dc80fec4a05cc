import type { ResponseFilter } from "./response-filter.ts";

/** The address of the responses page with some filters set. */
export function responsesAddress(slug: string, filter: ResponseFilter = {}): string {
  const kept = Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = new URLSearchParams(kept).toString().replaceAll("%2C", ",");
  return `/${slug}/responses${query && `?${query}`}`;
}

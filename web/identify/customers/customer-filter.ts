import type { CustomerSort } from "../../../server/identify/customers/customer.ts";

/** What narrows the table of customers, as it stands in the address and in the API. */
export interface CustomerFilter {
  text?: string | undefined;
  status?: string | undefined;
  category?: string | undefined;
  state?: string | undefined;
  mark?: string | undefined;
  segment?: string | undefined;
  who?: string | undefined;
  sort?: string | undefined;
}

const keys = ["text", "status", "category", "state", "mark", "segment", "who", "sort"] as const;

/** In the order in which they are offered. */
export const sortNames = [
  "newest",
  "name",
  "active",
  "answered",
  "score",
  "change",
  "revenue",
] as const satisfies readonly CustomerSort[];

/** The filters in an address; everything else in it is left out. */
export function filterOf(search: Partial<Record<string, string>>): CustomerFilter {
  return Object.fromEntries(keys.flatMap((key) => (search[key] ? [[key, search[key]]] : [])));
}

/** The address of the customers with some filters set. */
export function customersAddress(slug: string, filter: CustomerFilter = {}): string {
  const kept = Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = new URLSearchParams(kept).toString().replaceAll("%2C", ",");
  return `/${slug}/customers${query && `?${query}`}`;
}

/** The address of one customer. */
export function customerAddress(slug: string, id: string): string {
  return `/${slug}/customers/${id}`;
}

/** Does it narrow anything? The order does not. */
export function isFiltered({ sort: _sort, ...filter }: CustomerFilter): boolean {
  return Object.values(filter).some(Boolean);
}

/** How many filters are set, not counting the search, which is always in sight. */
export function countOf({ sort: _sort, text: _text, ...filter }: CustomerFilter): number {
  return Object.values(filter).filter(Boolean).length;
}

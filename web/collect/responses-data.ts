import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Response, ResponseDetails } from "../../server/collect/response.ts";
import { api, read } from "../api.ts";
import type { ResponseFilter } from "./response-filter.ts";

export type { Response, ResponseDetails };

/** A value of an attribute and how many answers have it. */
export interface Facet {
  value: string;
  n: number;
}

/** Responses, newest first, in pages that follow each other. */
export function responsesQuery(slug: string, filter: ResponseFilter) {
  return infiniteQueryOptions({
    queryKey: [slug, "responses", filter],
    queryFn: ({ pageParam }) =>
      read(api.api.v1.responses.$get({ query: { ...filter, ...(pageParam && { cursor: pageParam }) } })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    // Reading thousands of rows again because the window came back would move them under the reader.
    refetchOnWindowFocus: false,
    staleTime: 60_000,
  });
}

/** One response with its customer and their other answers. */
export function responseQuery(slug: string, id: string, customer: string) {
  return queryOptions({
    queryKey: [slug, "response", id, customer],
    queryFn: () => read(api.api.v1.responses[":id"].$get({ param: { id }, query: { customer } })),
    enabled: id !== "",
  });
}

/** The languages and channels that occur, for the filters. */
export function facetsQuery(slug: string, survey: string | undefined) {
  return queryOptions({
    queryKey: [slug, "facets", survey ?? ""],
    queryFn: () => read(api.api.v1.responses.facets.$get({ query: survey ? { survey } : {} })),
    staleTime: 60_000,
  });
}

/** How a customer is called where there is no more than one line: name, else e-mail, else their id. */
export function nameOf({ name, email, externalId }: Response["customer"]): string | null {
  return name ?? email ?? externalId;
}

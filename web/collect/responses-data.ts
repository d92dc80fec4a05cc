import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Response, ResponseDetails } from "../../server/collect/response.ts";
import { call } from "../api.ts";
import type { ResponseFilter } from "./response-filter.ts";

export type { Response, ResponseDetails };

interface Page {
  items: Response[];
  next: string | null;
  total: number | null;
  totalIsExact: boolean;
}

/** A value of an attribute and how many answers have it. */
export interface Facet {
  value: string;
  n: number;
}

/** Responses, newest first, in pages that follow each other. */
export function responsesQuery(slug: string, filter: ResponseFilter) {
  return infiniteQueryOptions({
    queryKey: [slug, "responses", filter],
    queryFn: ({ pageParam }) => {
      const kept = Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1]));
      const query = new URLSearchParams([...kept, ...(pageParam ? [["cursor", pageParam]] : [])]);
      return call<Page>("GET", `/api/v1/responses?${query}`);
    },
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
    queryFn: () =>
      call<ResponseDetails>("GET", `/api/v1/responses/${id}?${new URLSearchParams({ customer })}`),
    enabled: id !== "",
  });
}

/** The languages and channels that occur, for the filters. */
export function facetsQuery(slug: string, survey: string | undefined) {
  const query = new URLSearchParams(survey ? { survey } : {});
  return queryOptions({
    queryKey: [slug, "facets", survey ?? ""],
    queryFn: () =>
      call<{ languages: Facet[]; channels: Facet[] }>("GET", `/api/v1/responses/facets?${query}`),
    staleTime: 60_000,
  });
}

/** How a customer is called where there is no more than one line: name, else e-mail, else their id. */
export function nameOf({ name, email, externalId }: Response["customer"]): string | null {
  return name ?? email ?? externalId;
}

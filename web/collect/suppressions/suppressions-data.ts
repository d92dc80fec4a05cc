import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import type { InferResponseType } from "hono/client";
import { api, read } from "../../api.ts";

const routes = api.api.v1.suppressions;

/** An address that is never asked. */
export type Suppression = InferResponseType<typeof routes.$get, 200>["items"][number];

/** Why it is not. */
export type SuppressionReason = Suppression["reason"];

/** What narrows the list, as it stands in the address and in the API. */
export interface SuppressionFilter {
  reason?: SuppressionReason | undefined;
  text?: string | undefined;
}

/** Addresses that are never asked, newest first, in pages that follow each other. */
export function suppressionsQuery(slug: string, filter: SuppressionFilter) {
  return infiniteQueryOptions({
    queryKey: [slug, "suppressions", filter],
    queryFn: ({ pageParam }) =>
      read(routes.$get({ query: { ...filter, ...(pageParam && { cursor: pageParam }) } })),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });
}

import { useInfiniteQuery } from "@tanstack/react-query";
import { useWorkspace } from "../session.ts";
import { responsesAddress } from "./addresses.ts";
import { filterOf, type ResponseFilter } from "./response-filter.ts";
import { responsesQuery } from "./responses-data.ts";
import type { ListAddress } from "./use-address.ts";
import { useLoaded } from "./use-loaded.ts";

/** How the filters of responses stand in the address. */
export const responseList: ListAddress<ResponseFilter> = { filterOf, addressOf: responsesAddress };

/** The responses that fit a filter, as far as they have been loaded. */
export function useResponses(filter: ResponseFilter) {
  const { slug } = useWorkspace();
  const { first, ...loaded } = useLoaded(useInfiniteQuery(responsesQuery(slug, filter)));
  return {
    ...loaded,
    total: first?.total ?? null,
    totalIsExact: first?.totalIsExact ?? true,
    /** Whether any loaded row of the first page belongs to an account: an empty column only takes room. */
    hasAccounts: first?.items.some(({ customer }) => customer.account !== null) ?? false,
  };
}

/** What `useResponses` gives. */
export type LoadedResponses = ReturnType<typeof useResponses>;

import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useWorkspace } from "../session.ts";
import type { ResponseFilter } from "./response-filter.ts";
import { responsesQuery } from "./responses-data.ts";

/** The responses that fit a filter, as far as they have been loaded. */
export function useResponses(filter: ResponseFilter) {
  const { slug } = useWorkspace();
  const { data, error, isFetchNextPageError, ...query } = useInfiniteQuery(responsesQuery(slug, filter));
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const first = data?.pages[0];
  return {
    rows,
    isLoaded: data !== undefined,
    /** The rows of the filter before, while those of this one are on their way. */
    isBefore: query.isPlaceholderData,
    total: first?.total ?? null,
    totalIsExact: first?.totalIsExact ?? true,
    /** Whether any loaded row of the first page belongs to an account: an empty column only takes room. */
    hasAccounts: first?.items.some(({ customer }) => customer.account !== null) ?? false,
    error,
    isMoreError: isFetchNextPageError,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
    },
    retry: () => void (isFetchNextPageError ? query.fetchNextPage() : query.refetch()),
  };
}

/** What `useResponses` gives. */
export type LoadedResponses = ReturnType<typeof useResponses>;

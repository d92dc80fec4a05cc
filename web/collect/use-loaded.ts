import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";

/** The rows of a list that is read in pages, as far as they have been loaded. */
export function useLoaded<Page extends { items: readonly unknown[] }>(
  query: UseInfiniteQueryResult<InfiniteData<Page>>,
) {
  const { data, error, isFetchNextPageError } = query;
  const rows = useMemo(
    () => data?.pages.flatMap(({ items }): readonly Page["items"][number][] => items) ?? [],
    [data],
  );
  return {
    rows,
    first: data?.pages[0],
    isLoaded: data !== undefined,
    isWhole: data !== undefined && !query.hasNextPage,
    /** The rows of the filter before, while those of this one are on their way. */
    isBefore: query.isPlaceholderData,
    error,
    isMoreError: isFetchNextPageError,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
    },
    retry: () => void (isFetchNextPageError ? query.fetchNextPage() : query.refetch()),
  };
}

import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { MovedCustomer, MoveCategory, MoveRow, Moves } from "../../../server/prove/moves/moves.ts";
import { api, errorOf, read, workspaceHeader } from "../../api.ts";
import { type MovesFilter, type MovesSpan, queryOf } from "./moves-filter.ts";

export type { MovedCustomer, MoveCategory, MoveRow, Moves };
export type MoveCell = MoveRow["cells"][number];

/** Who moved between two periods. Counting everybody takes a moment, so it is not done again every half minute. */
export function movesQuery(slug: string, span: MovesSpan) {
  return queryOptions({
    queryKey: [slug, "moves", span],
    queryFn: () => read(api.api.v1.moves.$get({ query: queryOf(span) })),
    placeholderData: keepPreviousData,
    staleTime: 5 * 60_000,
    // A job counts them anew: the new numbers are worth another look.
    refetchInterval: ({ state }) => state.data?.counting && 15_000,
  });
}

/** The customers who moved so, in pages that follow each other. */
export function movedCustomersQuery(slug: string, filter: MovesFilter) {
  return infiniteQueryOptions({
    queryKey: [slug, "moved-customers", filter],
    queryFn: ({ pageParam }) =>
      read(
        api.api.v1.moves.customers.$get({
          query: { ...queryOf(filter), ...(pageParam && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    staleTime: 5 * 60_000,
  });
}

/** Saves them as a file. */
export async function downloadMoved(filter: MovesFilter): Promise<void> {
  const query = new URLSearchParams(queryOf(filter)).toString();
  const response = await fetch(`/api/v1/moves/customers.csv?${query}`, { headers: workspaceHeader() });
  if (!response.ok) throw await errorOf(response);
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download =
    /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "moves.csv";
  link.click();
  URL.revokeObjectURL(address);
}

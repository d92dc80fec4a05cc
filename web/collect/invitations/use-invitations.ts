import { useInfiniteQuery } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { useWorkspace } from "../../session.ts";
import { filterOf, type InvitationFilter } from "./invitation-filter.ts";
import { invitationsQuery, type Invitation } from "./invitations-data.ts";

/** The filters of the page. They live in the address, so that a view can be sent to somebody. */
export function useFilter() {
  const router = useRouter();
  const { slug } = useWorkspace();
  const search: Partial<Record<string, string>> = useSearch({ strict: false });
  const key = JSON.stringify(filterOf(search));
  const filter = useMemo(() => JSON.parse(key) as InvitationFilter, [key]);
  const setFilter = (next: InvitationFilter) =>
    void router.navigate({ href: addressOf(slug, next), replace: true, resetScroll: false });
  return { filter, setFilter };
}

/** The invitations that fit a filter, as far as they have been loaded. */
export function useInvitations(filter: InvitationFilter) {
  const { slug } = useWorkspace();
  const { data, error, isFetchNextPageError, ...query } = useInfiniteQuery(invitationsQuery(slug, filter));
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  return {
    rows,
    isLoaded: data !== undefined,
    /** The rows of the filter before, while those of this one are on their way. */
    isBefore: query.isPlaceholderData,
    isWhole: data !== undefined && !query.hasNextPage,
    error,
    isMoreError: isFetchNextPageError,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
    },
    retry: () => void (isFetchNextPageError ? query.fetchNextPage() : query.refetch()),
  };
}

/** What `useInvitations` gives. */
export type LoadedInvitations = ReturnType<typeof useInvitations>;

/** The invitation that is open, by the address; how to open another one, the next, the one before, or none. */
export function useOpenInvitation(rows: readonly Invitation[], loadMore: () => void) {
  const router = useRouter();
  const { slug } = useWorkspace();
  const search: Partial<Record<string, string>> = useSearch({ strict: false });
  const open = search.open && search.customer ? { id: search.open, customer: search.customer } : undefined;
  const base = addressOf(slug, filterOf(search));
  const show = ({ id, customerId }: Pick<Invitation, "id" | "customerId">) =>
    void router.navigate({
      href: `${base}${base.includes("?") ? "&" : "?"}${new URLSearchParams({ open: id, customer: customerId }).toString()}`,
      replace: Boolean(open),
      resetScroll: false,
    });
  const close = () => void router.navigate({ href: base, replace: true, resetScroll: false });
  const at = rows.findIndex(({ id }) => id === open?.id);
  const move = (step: 1 | -1) => {
    const row = rows[at < 0 ? 0 : at + step];
    if (row) show(row);
    if (at + step > rows.length - 10) loadMore();
  };
  return { open, show, close, move, canGoBack: at > 0, canGoOn: at < rows.length - 1 };
}

/** What `useOpenInvitation` gives. */
export type OpenedInvitation = ReturnType<typeof useOpenInvitation>;

function addressOf(slug: string, filter: InvitationFilter): string {
  const kept = Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = new URLSearchParams(kept).toString();
  return `/${slug}/invitations${query && `?${query}`}`;
}

import { useRouter, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { useWorkspace } from "../session.ts";

type Search = Partial<Record<string, string>>;

/** How a list's filters are read from its address and written there. */
export interface ListAddress<Filter> {
  filterOf: (search: Search) => Filter;
  addressOf: (slug: string, filter: Filter) => string;
}

/** The filters of a list. They live in the address, so that a view can be sent to somebody. */
export function useFilter<Filter>({ filterOf, addressOf }: ListAddress<Filter>) {
  const router = useRouter();
  const { slug } = useWorkspace();
  const search: Search = useSearch({ strict: false });
  const key = JSON.stringify(filterOf(search));
  const filter = useMemo(() => JSON.parse(key) as Filter, [key]);
  const setFilter = (next: Filter) =>
    void router.navigate({ href: addressOf(slug, next), replace: true, resetScroll: false });
  return { filter, setFilter };
}

interface Row {
  id: string;
  customerId: string;
}

/** The row that is open, by the address; how to open another one, the next, the one before, or none. */
export function useOpenRow<Filter>(
  { filterOf, addressOf }: ListAddress<Filter>,
  rows: readonly Row[],
  loadMore: () => void,
) {
  const router = useRouter();
  const { slug } = useWorkspace();
  const search: Search = useSearch({ strict: false });
  const open = search.open && search.customer ? { id: search.open, customer: search.customer } : undefined;
  const base = addressOf(slug, filterOf(search));
  const addressOfRow = (id: string, customer: string) =>
    `${base}${base.includes("?") ? "&" : "?"}${new URLSearchParams({ open: id, customer }).toString()}`;
  const show = ({ id, customerId }: Row) =>
    void router.navigate({
      href: addressOfRow(id, customerId),
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
  return {
    open,
    show,
    close,
    move,
    addressOf: addressOfRow,
    canGoBack: at > 0,
    canGoOn: at < rows.length - 1,
  };
}

/** What `useOpenRow` gives. */
export type OpenedRow = ReturnType<typeof useOpenRow>;

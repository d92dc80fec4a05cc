import { useRouter, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { useWorkspace } from "../session.ts";
import { responsesAddress } from "./addresses.ts";
import { filterOf, type ResponseFilter } from "./response-filter.ts";
import type { Response } from "./responses-data.ts";

/** The filters of the responses page. They live in the address, so that a view can be sent to somebody. */
export function useFilter() {
  const router = useRouter();
  const { slug } = useWorkspace();
  const search: Partial<Record<string, string>> = useSearch({ strict: false });
  const key = JSON.stringify(filterOf(search));
  const filter = useMemo(() => JSON.parse(key) as ResponseFilter, [key]);
  const setFilter = (next: ResponseFilter) =>
    void router.navigate({ href: responsesAddress(slug, next), replace: true, resetScroll: false });
  return { filter, setFilter };
}

/** The response that is open, by the address; how to open another one, the next, the one before, or none. */
export function useOpenResponse(rows: readonly Response[], loadMore: () => void) {
  const router = useRouter();
  const { slug } = useWorkspace();
  const search: Partial<Record<string, string>> = useSearch({ strict: false });
  const open = search.open && search.customer ? { id: search.open, customer: search.customer } : undefined;
  const base = responsesAddress(slug, filterOf(search));
  const addressOf = (id: string, customer: string) =>
    `${base}${base.includes("?") ? "&" : "?"}${new URLSearchParams({ open: id, customer }).toString()}`;
  const show = ({ id, customerId }: Pick<Response, "id" | "customerId">) =>
    void router.navigate({ href: addressOf(id, customerId), replace: Boolean(open), resetScroll: false });
  const close = () => void router.navigate({ href: base, replace: true, resetScroll: false });
  const at = rows.findIndex(({ id }) => id === open?.id);
  const move = (step: 1 | -1) => {
    const row = rows[at < 0 ? 0 : at + step];
    if (row) show(row);
    if (at + step > rows.length - 10) loadMore();
  };
  return { open, show, close, move, addressOf, canGoBack: at > 0, canGoOn: at < rows.length - 1 };
}

/** What `useOpenResponse` gives. */
export type OpenedResponse = ReturnType<typeof useOpenResponse>;

import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { PassiveCustomer, Passives, PassiveSort } from "../../../server/identify/passives/passives.ts";
import type { RulePreview } from "../../../server/identify/passives/preview-rules.ts";
import type { RuleChoices } from "../../../server/identify/passives/rules.ts";
import { api, errorOf, read, workspaceHeader } from "../../api.ts";
import { type PassiveFilter, queryOf } from "./passive-filter.ts";

export type { PassiveCustomer, Passives, PassiveSort, RuleChoices, RulePreview };
export type MapRowData = Passives["rows"][number];
export type MapRow = MapRowData["row"];
export type State = MapRowData["cells"][number]["state"];
export type Dot = NonNullable<MapRowData["dots"]>[number];
export type RuleName = keyof RuleChoices;

/** The figures above the list; read again every 30 seconds, and sooner while everybody is being looked at anew. */
export function passivesQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "passives"],
    queryFn: () => read(api.api.v1.passives.$get()),
    refetchInterval: ({ state }) => (state.data?.refreshing ? 3_000 : 30_000),
    refetchOnWindowFocus: true,
  });
}

/** The customers of a filter, in pages that follow each other. */
export function passiveCustomersQuery(slug: string, filter: PassiveFilter) {
  return infiniteQueryOptions({
    queryKey: [slug, "passive-customers", filter],
    queryFn: ({ pageParam }) =>
      read(
        api.api.v1.passives.customers.$get({
          query: { ...queryOf(filter), ...(pageParam && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    // Reading thousands of rows again because the window came back would move them under the reader.
    refetchOnWindowFocus: false,
    staleTime: 60_000,
  });
}

/** The rules of behaviour as this workspace has them, and as they are shipped. */
export function rulesQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "passive-rules"],
    queryFn: () => read(api.api.v1["passive-rules"].$get()),
  });
}

/** What some rules would find. */
export function previewQuery(slug: string, rules: RuleChoices) {
  return queryOptions({
    queryKey: [slug, "passive-rules-preview", rules],
    queryFn: () => read(api.api.v1["passive-rules"].preview.$post({ json: rules })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}

/** The segments, for the filter. */
export function segmentNamesQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "segment-names"],
    queryFn: async () =>
      (await read(api.api.v1.segments.$get())).segments.map(({ id, name }) => ({ id, name })),
    staleTime: 60_000,
  });
}

/** Saves the customers of a filter as a file. Not a plain link, for a link cannot say which workspace is meant. */
export async function downloadPassives(filter: PassiveFilter) {
  const query = new URLSearchParams(queryOf(filter)).toString();
  const response = await fetch(`/api/v1/passives/customers.csv?${query}`, { headers: workspaceHeader() });
  if (!response.ok) throw await errorOf(response);
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download =
    /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "passives.csv";
  link.click();
  URL.revokeObjectURL(address);
}

/** How a customer is called where there is one line: name, else e-mail, else their id. */
export function nameOf({
  name,
  email,
  externalId,
}: Pick<PassiveCustomer, "name" | "email" | "externalId">): string | null {
  return name ?? email ?? externalId;
}

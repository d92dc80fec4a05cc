import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Customer, ListedCustomer } from "../../../server/identify/customers/customer.ts";
import type { TimelineGroup, TimelineItem } from "../../../server/identify/customers/timeline/timeline.ts";
import type { Engagement } from "../../../server/identify/engagement/engagement.ts";
import { api, errorOf, read, workspaceHeader } from "../../api.ts";
import { queries } from "../../queries.ts";
import type { CustomerFilter } from "./customer-filter.ts";

export type { Customer, Engagement, ListedCustomer, TimelineGroup, TimelineItem };

/** The most customers that one request does something to. */
export const mostAtOnce = 1_000;

/** Customers that fit a filter, in pages that follow each other. */
export function customersQuery(slug: string, filter: CustomerFilter) {
  return infiniteQueryOptions({
    queryKey: [slug, "customers", filter],
    queryFn: ({ pageParam }) => readCustomers({ ...filter, ...(pageParam && { cursor: pageParam }) }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    // Reading thousands of rows again because the window came back would move them under the reader.
    refetchOnWindowFocus: false,
    staleTime: 60_000,
  });
}

/** A few customers that a text finds, for whoever looks for one. */
export function foundQuery(slug: string, text: string, limit: number) {
  return queryOptions({
    queryKey: [slug, "customers-found", text, limit],
    queryFn: async () => (await readCustomers({ text, who: "all", limit: String(limit) })).items,
    enabled: text.trim().length > 1,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

type Query = Parameters<typeof api.api.v1.customers.$get>[0]["query"];

function readCustomers(query: CustomerFilter & { cursor?: string; limit?: string }) {
  // What stands in an address is any text; the server says what it does not understand.
  return read(api.api.v1.customers.$get({ query: query as Query }));
}

/** One customer with all that is known of them. */
export function customerQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: [slug, "customer", id],
    queryFn: () => read(api.api.v1.customers[":id"].$get({ param: { id } })),
  });
}

/** What a customer does, week by week. */
export function engagementQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: [slug, "customer-engagement", id],
    queryFn: () => read(api.api.v1.customers[":id"].engagement.$get({ param: { id } })),
  });
}

/** What happened with a customer, newest first, in pages that follow each other. */
export function timelineQuery(slug: string, id: string, group: TimelineGroup | "all") {
  return infiniteQueryOptions({
    queryKey: [slug, "customer-timeline", id, group],
    queryFn: ({ pageParam }) =>
      read(
        api.api.v1.customers[":id"].timeline.$get({
          param: { id },
          query: {
            limit: "30",
            ...(group !== "all" && { kind: group }),
            ...(pageParam && { cursor: pageParam }),
          },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** After something was done to customers: everything of the workspace may say otherwise now. */
export async function readAgain(slug: string): Promise<void> {
  await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === slug });
}

/** Saves customers as a file: these, or all that fit the filter. Not a plain link, for that cannot say which workspace is meant. */
export async function downloadCustomers(filter: CustomerFilter, ids?: readonly string[]) {
  const { sort: _sort, ...rest } = filter;
  const response = await fetch("/api/v1/customers/export", {
    method: "POST",
    headers: { ...workspaceHeader(), "content-type": "application/json" },
    body: JSON.stringify({ ...rest, ...(ids && { ids }) }),
  });
  if (!response.ok) throw await errorOf(response);
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = "customers.csv";
  link.click();
  URL.revokeObjectURL(address);
}

/** How a customer is called where there is one line: name, else e-mail, else their id. */
export function nameOf({
  name,
  email,
  externalId,
}: Pick<ListedCustomer, "name" | "email" | "externalId">): string | null {
  return name ?? email ?? externalId;
}

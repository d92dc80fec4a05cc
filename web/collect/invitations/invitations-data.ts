import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { InferResponseType } from "hono/client";
import { api, read } from "../../api.ts";
import type { InvitationFilter } from "./invitation-filter.ts";

const routes = api.api.v1.invitations;

/** One ask to one customer. */
export type Invitation = InferResponseType<typeof routes.$get, 200>["items"][number];

/** Invitations, newest first, in pages that follow each other; read again while mails are under way. */
export function invitationsQuery(slug: string, filter: InvitationFilter) {
  return infiniteQueryOptions({
    queryKey: [slug, "invitations", filter],
    queryFn: ({ pageParam }) =>
      read(routes.$get({ query: { ...filter, ...(pageParam && { cursor: pageParam }) } })),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
    // Reading thousands of rows again because the window came back would move them under the reader.
    refetchOnWindowFocus: false,
    staleTime: 60_000,
  });
}

/** One invitation. */
export function invitationQuery(slug: string, id: string, customer: string) {
  return queryOptions({
    queryKey: [slug, "invitation", id, customer],
    queryFn: () => read(routes[":id"].$get({ param: { id }, query: { customer } })),
    enabled: id !== "",
  });
}

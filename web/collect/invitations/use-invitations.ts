import { useInfiniteQuery } from "@tanstack/react-query";
import { useWorkspace } from "../../session.ts";
import type { ListAddress } from "../use-address.ts";
import { useLoaded } from "../use-loaded.ts";
import { filterOf, type InvitationFilter } from "./invitation-filter.ts";
import { invitationsQuery } from "./invitations-data.ts";

/** How the filters of invitations stand in the address. */
export const invitationList: ListAddress<InvitationFilter> = { filterOf, addressOf };

/** The invitations that fit a filter, as far as they have been loaded. */
export function useInvitations(filter: InvitationFilter) {
  const { slug } = useWorkspace();
  return useLoaded(useInfiniteQuery(invitationsQuery(slug, filter)));
}

/** What `useInvitations` gives. */
export type LoadedInvitations = ReturnType<typeof useInvitations>;

function addressOf(slug: string, filter: InvitationFilter): string {
  const kept = Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = new URLSearchParams(kept).toString();
  return `/${slug}/invitations${query && `?${query}`}`;
}

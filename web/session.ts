import { queryOptions, useQuery, useSuspenseQuery } from "@tanstack/react-query";
import type { InferResponseType } from "hono/client";
import { createContext, useContext } from "react";
import { api, read } from "./api.ts";
import { queries } from "./queries.ts";

/** Who is signed in, where they may go, and what kind of server this is. */
export type Session = InferResponseType<typeof api.api.v1.session.$get, 200>;

/** A workspace as its member sees it. */
export type SessionWorkspace = Session["workspaces"][number];

/** What a member may do; each role includes the ones before it. */
export type Role = SessionWorkspace["role"];

/** All roles, the strongest first. */
export const roles = ["owner", "admin", "editor", "viewer"] as const satisfies readonly Role[];

/** The session as a query; the router awaits it before the first page. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: () => read(api.api.v1.session.$get()),
  staleTime: 60_000,
});

/** The session; the router has loaded it before any page is drawn. */
export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data;
}

/** Reads the session again: after signing in, joining, or starting clean. */
export async function refreshSession(): Promise<Session> {
  return queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
}

/** Where somebody belongs who came to "/" or to a page that is not for them. */
export function homeOf({ firstRun, person, workspaces }: Session): string {
  if (firstRun) return "/first-run";
  if (!person) return "/sign-in";
  const [workspace] = workspaces;
  return workspace ? `/${workspace.slug}/overview` : "/workspaces";
}

/** The workspace whose page is open; the shell provides it, so it never changes under a page that is being left. */
export const OpenWorkspace = createContext<SessionWorkspace | undefined>(undefined);

/** The workspace whose page is open. */
export function useWorkspace(): SessionWorkspace {
  const workspace = useContext(OpenWorkspace);
  if (!workspace) throw new Error("useWorkspace() is for pages inside the shell.");
  return workspace;
}

/** Does the member's role reach this far? `useMayDo("editor")` is true for editors, admins and owners. */
export function useMayDo(needed: Role): boolean {
  const { role } = useWorkspace();
  return roles.indexOf(role) <= roles.indexOf(needed);
}

/** The settings of the open workspace. */
export type WorkspaceSettings = InferResponseType<typeof api.api.v1.workspace.$get, 200>;

/** The settings of one workspace as a query; the key holds its slug, so two workspaces never mix. */
export const workspaceQuery = (slug: string) =>
  queryOptions({
    queryKey: [slug, "workspace"],
    queryFn: () => read(api.api.v1.workspace.$get()),
    staleTime: 60_000,
  });

/** The time zone in which the open workspace counts its days; undefined until it is known. */
export function useTimeZone(): string | undefined {
  const { slug } = useWorkspace();
  return useQuery(workspaceQuery(slug)).data?.timeZone;
}

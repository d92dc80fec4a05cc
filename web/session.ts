import { queryOptions, useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { call } from "./api.ts";
import { queries } from "./queries.ts";

/** What a member may do; each role includes the ones after it. */
export const roles = ["owner", "admin", "editor", "viewer"] as const;

/** A member's role. */
export type Role = (typeof roles)[number];

/** A workspace as its member sees it. */
export interface SessionWorkspace {
  id: string;
  slug: string;
  name: string;
  role: Role;
  sample: boolean;
}

/** Who is signed in, where they may go, and what kind of server this is. */
export interface Session {
  person: { id: string; name: string; email: string } | null;
  workspaces: SessionWorkspace[];
  firstRun: boolean;
  setupTokenNeeded: boolean;
  mail: "smtp" | "outbox";
  version: string;
}

/** The session as a query; the router awaits it before the first page. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: () => call<Session>("GET", "/api/v1/session"),
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
  return workspace ? `/${workspace.slug}/overview` : "/no-workspace";
}

/** The workspace whose page is open. */
export function useWorkspace(): SessionWorkspace {
  const { workspace: slug } = useParams({ strict: false });
  const { workspaces } = useSession();
  const workspace = workspaces.find((workspace) => workspace.slug === slug);
  if (!workspace) throw new Error(`No workspace "${slug}" in the session.`);
  return workspace;
}

/** Does the member's role reach this far? `useMayDo("editor")` is true for editors, admins and owners. */
export function useMayDo(needed: Role): boolean {
  const { role } = useWorkspace();
  return roles.indexOf(role) <= roles.indexOf(needed);
}

/** The settings of the open workspace. */
export interface WorkspaceSettings {
  id: string;
  slug: string;
  name: string;
  timeZone: string;
}

/** The settings of one workspace as a query; the key holds its slug, so two workspaces never mix. */
export const workspaceQuery = (slug: string) =>
  queryOptions({
    queryKey: [slug, "workspace"],
    queryFn: () => call<WorkspaceSettings>("GET", "/api/v1/workspace"),
    staleTime: 60_000,
  });

/** The time zone in which the open workspace counts its days; undefined until it is known. */
export function useTimeZone(): string | undefined {
  const { slug } = useWorkspace();
  return useQuery(workspaceQuery(slug)).data?.timeZone;
}

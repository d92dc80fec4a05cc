import { infiniteQueryOptions, keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import type { InferResponseType } from "hono/client";
import type { Case, CaseChange, CaseDetails, CaseList, NewReply } from "../../../server/act/inbox/case.ts";
import { api, read } from "../../api.ts";
import { queries } from "../../queries.ts";

export type { Case, CaseChange, CaseDetails, CaseList };
export type CaseEntry = CaseDetails["conversation"][number];
export type CaseCounts = InferResponseType<typeof api.api.v1.cases.$get, 200>["counts"];
/** The tabs of the inbox. */
export const lists = ["open", "mine", "waiting", "snoozed", "closed"] as const satisfies readonly CaseList[];

/** One list of the inbox, what is due first on top; read again every 15 seconds. */
export function casesQuery(slug: string, state: CaseList) {
  return infiniteQueryOptions({
    queryKey: [slug, "cases", state],
    queryFn: ({ pageParam }) =>
      read(api.api.v1.cases.$get({ query: { state, ...(pageParam && { cursor: pageParam }) } })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
    refetchOnWindowFocus: true,
  });
}

/** How many cases there are in each list. */
export function caseCountsQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "case-counts"],
    queryFn: async () => {
      const { counts } = await read(api.api.v1.cases.$get({ query: { state: "open", limit: "1" } }));
      return counts;
    },
    refetchInterval: 60_000,
    refetchOnWindowFocus: true,
  });
}

/** One case with all that somebody needs who is to reply. */
export function caseQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: [slug, "case", id],
    queryFn: () => read(api.api.v1.cases[":id"].$get({ param: { id } })),
    refetchInterval: 15_000,
    refetchOnWindowFocus: true,
  });
}

/** Business hours and the rest of the inbox's settings. */
export function inboxSettingsQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "inbox-settings"],
    queryFn: () => read(api.api.v1["inbox-settings"].$get()),
    staleTime: 60_000,
  });
}

/** The members who may own a case. */
export function useOwners(slug: string) {
  const { data } = useQuery({
    queryKey: [slug, "members"],
    queryFn: () => read(api.api.v1.members.$get()),
    staleTime: 60_000,
  });
  return (data?.members ?? []).filter(({ role }) => role !== "viewer");
}

/** Changes a case, and reads the lists again. */
export async function changeCase(slug: string, id: string, change: CaseChange): Promise<void> {
  const details = await read(api.api.v1.cases[":id"].$patch({ param: { id }, json: change }));
  queries.setQueryData(caseQuery(slug, id).queryKey, details);
  await readAgain(slug);
}

/** Writes a note that only members see; the same id twice writes one. */
export async function writeNote(slug: string, id: string, note: { id: string; text: string }): Promise<void> {
  await read(api.api.v1.cases[":id"].notes.$post({ param: { id }, json: note }));
  await readAgain(slug, id);
}

/** Sends a reply; it is held for the seconds in which it can be taken back. The same id twice sends one. */
export async function sendReply(slug: string, id: string, reply: NewReply): Promise<{ messageId: string }> {
  const sent = await read(api.api.v1.cases[":id"].replies.$post({ param: { id }, json: reply }));
  await readAgain(slug, id);
  return sent;
}

/** Takes a reply back that is still held. */
export async function takeBack(slug: string, id: string, messageId: string): Promise<void> {
  await api.api.v1.cases[":id"].replies[":message"].$delete({ param: { id, message: messageId } });
  await readAgain(slug, id);
}

async function readAgain(slug: string, id?: string): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: [slug, "cases"] }),
    queries.invalidateQueries({ queryKey: [slug, "case-counts"] }),
    ...(id ? [queries.invalidateQueries({ queryKey: [slug, "case", id] })] : []),
  ]);
}

/** How a case is called: the company, else the person. */
export function nameOfCase({ customer }: Pick<Case, "customer">): string | null {
  return customer.account?.name ?? personOf(customer);
}

/** The person, by whatever we know of them. */
export function personOf({
  name,
  email,
  externalId,
}: Pick<Case["customer"], "name" | "email" | "externalId">): string | null {
  return name ?? email ?? externalId;
}

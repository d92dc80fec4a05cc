import { queryOptions } from "@tanstack/react-query";
import { api, read } from "../../api.ts";

export type { PlayResult, ResultLine, Verdict } from "../../../server/prove/results/play-result.ts";

/** All plays with what can be said of them. */
export function resultsQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "results"],
    queryFn: () => read(api.api.v1.results.$get()),
    select: ({ results }) => results,
    refetchInterval: 60_000,
  });
}

/** What one play did, compared with doing nothing. */
export function resultQuery(slug: string, playId: string) {
  return queryOptions({
    queryKey: [slug, "results", playId],
    queryFn: () => read(api.api.v1.plays[":id"].result.$get({ param: { id: playId } })),
    refetchInterval: 60_000,
  });
}

/** Writes down what a member decided. */
export async function decide(playId: string, decision: "keep" | "stop"): Promise<void> {
  await api.api.v1.plays[":id"].decision.$post({ param: { id: playId }, json: { decision } });
}

/** The least results in an arm from which anything is said. */
export const enoughResults = 30;

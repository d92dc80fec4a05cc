import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { InferResponseType } from "hono/client";
import { api, read } from "../../api.ts";

const routes = api.api.v1.surveys;

/** A survey in the list. */
export type SurveySummary = InferResponseType<typeof routes.$get, 200>["surveys"][number];

/** A survey with its published and its edited words. */
export type SurveyDetails = InferResponseType<(typeof routes)[":id"]["$get"], 200>;

/** What came of a survey. */
export type SurveyResults = InferResponseType<(typeof routes)[":id"]["results"]["$get"], 200>;

/** An answer that looks like a machine's. */
export type SetAside = InferResponseType<(typeof routes)[":id"]["set-asides"]["$get"], 200>["items"][number];

/** How a survey stands. */
export type SurveyState = SurveySummary["state"];

/** Days, as they stand in the address. */
export interface Days {
  from?: string;
  to?: string;
}

/** One survey. */
export function surveyQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: [slug, "survey", id],
    queryFn: () => read(routes[":id"].$get({ param: { id } })),
  });
}

/** What came of a survey, on some days or on all. */
export function resultsQuery(slug: string, id: string, days: Days) {
  return queryOptions({
    queryKey: [slug, "survey-results", id, days],
    queryFn: () => read(routes[":id"].results.$get({ param: { id }, query: { ...days } })),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
}

/** The answers of a survey that were set aside, newest first. */
export function setAsidesQuery(slug: string, id: string) {
  return infiniteQueryOptions({
    queryKey: [slug, "set-asides", id],
    queryFn: ({ pageParam }) =>
      read(
        routes[":id"]["set-asides"].$get({
          param: { id },
          query: { limit: "10", ...(pageParam && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

/** The public link of a survey and its QR code. */
export function linkQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: [slug, "survey-link", id],
    queryFn: () => read(routes[":id"].link.$get({ param: { id }, query: {} })),
    staleTime: Infinity,
  });
}

/** The key with which a page's server signs who is looking at it; editors may have it. */
export async function readWidgetKey(id: string): Promise<string> {
  return (await read(routes[":id"].widget.$get({ param: { id } }))).key;
}

/** The languages that Nines has texts for. */
export function shippedLanguagesQuery() {
  return queryOptions({
    queryKey: ["survey-texts"],
    queryFn: async () => (await read(api.api.v1["survey-texts"].$get())).languages,
    staleTime: Infinity,
  });
}

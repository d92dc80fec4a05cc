import { queryOptions } from "@tanstack/react-query";
import { call } from "../api.ts";

/** A survey in the list of surveys. */
export interface SurveySummary {
  id: string;
  name: string;
  question: string;
  state: string;
  n: number;
  first: string | null;
  last: string | null;
}

/** The surveys of the workspace. */
export function surveysQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "surveys"],
    queryFn: async () => (await call<{ surveys: SurveySummary[] }>("GET", "/api/v1/surveys")).surveys,
  });
}

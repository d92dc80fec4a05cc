import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, read } from "../api.ts";

export type { Overview as OverviewData } from "../../server/identify/overview.ts";

/** Which survey and wave the overview shows; absent is the server's choice. */
export interface Choice {
  survey?: string | undefined;
  wave?: string | undefined;
}

/** The overview's numbers; read again every 30 seconds while somebody looks. */
export function overviewQuery(slug: string, { survey, wave }: Choice) {
  const query = { ...(survey && { survey }), ...(wave && { wave }) };
  return queryOptions({
    queryKey: [slug, "overview", survey ?? "", wave ?? ""],
    queryFn: () => read(api.api.v1.overview.$get({ query })),
    refetchInterval: 30_000,
    refetchOnWindowFocus: true,
    placeholderData: keepPreviousData,
  });
}

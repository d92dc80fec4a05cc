import { queryOptions } from "@tanstack/react-query";
import { api, read } from "../api.ts";

/** The surveys of the workspace. */
export function surveysQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "surveys"],
    queryFn: async () => (await read(api.api.v1.surveys.$get())).surveys,
  });
}

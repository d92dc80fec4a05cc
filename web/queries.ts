import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api.ts";

/** One cache for the whole interface. A refusal is an answer, so only failures are tried again, once. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => failures < 1 && (!(error instanceof ApiError) || error.status >= 500),
    },
  },
});

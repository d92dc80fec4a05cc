import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Format, GuessedMapping, Mapping } from "../../server/collect/imports/mapping.ts";
import type { Preview } from "../../server/collect/imports/preview.ts";
import { call } from "../api.ts";

export type { Format, GuessedMapping, Mapping, Preview };

/** How far an import is. */
export type ImportState = "uploading" | "uploaded" | "running" | "done" | "failed" | "undoing" | "undone";

/** An import as the API shows it. */
export interface Import {
  id: string;
  name: string;
  state: ImportState;
  survey: { id: string; name: string } | null;
  bytes: number;
  bytesRead: number;
  rowsRead: number;
  rowsStored: number;
  rowsKnown: number;
  rowsUnanswered: number;
  rowsFailed: number;
  error: string | null;
  createdAt: string;
  finishedAt: string | null;
  format: Format | null;
  mapping: Mapping | null;
  preview?: Preview;
}

/** A row that was not stored. */
export interface ImportFailure {
  line: number;
  reason: string;
  values: Record<string, string | number>;
  message: string;
  row: string;
}

/** Is the server still at work on it, so that its numbers move? */
export function isMoving({ state }: Pick<Import, "state">): boolean {
  return state === "uploading" || state === "running" || state === "undoing";
}

/** All imports, newest first; read again while one of them moves. */
export function importsQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "imports"],
    queryFn: async () => (await call<{ imports: Import[] }>("GET", "/api/v1/imports")).imports,
    refetchInterval: ({ state }) => (state.data?.some(isMoving) ? 2_000 : false),
  });
}

/** One import; read again every 0.7 seconds while it moves, so that progress survives a reload. */
export function importQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: [slug, "import", id],
    queryFn: () => call<Import>("GET", `/api/v1/imports/${id}`),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? 700 : false),
    staleTime: 0,
  });
}

/** The rows of an import that failed, in the order of the file; `failed` is how many there are by now. */
export function failuresQuery(slug: string, id: string, failed: number) {
  return infiniteQueryOptions({
    queryKey: [slug, "import-failures", id, failed > 100 ? 100 : failed],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({ limit: "100", after: String(pageParam) });
      return call<{ failures: ImportFailure[]; total: number }>(
        "GET",
        `/api/v1/imports/${id}/failures?${query}`,
      );
    },
    initialPageParam: 0,
    getNextPageParam: ({ failures }) => (failures.length < 100 ? undefined : failures.at(-1)?.line),
    placeholderData: keepPreviousData,
  });
}

/** What the imports change: everything that counts answers. */
export const countsAnswers = ["overview", "responses", "facets", "surveys", "imports"] as const;

import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { InferResponseType } from "hono/client";
import type { Mapping } from "../../server/collect/imports/mapping.ts";
import type { Preview } from "../../server/collect/imports/preview.ts";
import { api, read } from "../api.ts";

export type { Mapping, Preview };

const routes = api.api.v1.imports;

/** An import as the API shows it. */
export type Import = InferResponseType<(typeof routes)[":id"]["$get"], 200>;

/** How its file is written. */
export type Format = NonNullable<Import["format"]>;

/** How far an import is. */
export type ImportState = Import["state"];

/** A row that was not stored. */
export type ImportFailure = InferResponseType<
  (typeof routes)[":id"]["failures"]["$get"],
  200
>["failures"][number];

/** Was it a list of customers, without scores? */
export function isListImported({ mapping }: Pick<Import, "mapping">): boolean {
  return mapping !== null && mapping.score === undefined;
}

/** Is the server still at work on it, so that its numbers move? */
export function isMoving({ state }: Pick<Import, "state">): boolean {
  return state === "uploading" || state === "running" || state === "undoing";
}

/** All imports, newest first; read again while one of them moves. */
export function importsQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "imports"],
    queryFn: async () => (await read(routes.$get())).imports,
    refetchInterval: ({ state }) => (state.data?.some(isMoving) ? 2_000 : false),
  });
}

/** One import; read again every 0.7 seconds while it moves, so that progress survives a reload. */
export function importQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: [slug, "import", id],
    queryFn: () => read(routes[":id"].$get({ param: { id } })),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? 700 : false),
    staleTime: 0,
  });
}

/** The rows of an import that failed, in the order of the file; `failed` is how many there are by now. */
export function failuresQuery(slug: string, id: string, failed: number) {
  return infiniteQueryOptions({
    queryKey: [slug, "import-failures", id, failed > 100 ? 100 : failed],
    queryFn: ({ pageParam }) =>
      read(routes[":id"].failures.$get({ param: { id }, query: { limit: "100", after: String(pageParam) } })),
    initialPageParam: 0,
    getNextPageParam: ({ failures }) => (failures.length < 100 ? undefined : failures.at(-1)?.line),
    placeholderData: keepPreviousData,
  });
}

/** What the imports change: everything that counts answers. */
export const countsAnswers = ["overview", "responses", "facets", "surveys", "imports"] as const;

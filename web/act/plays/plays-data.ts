import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { InferResponseType } from "hono/client";
import type { PlayDetails, PlaySummary } from "../../../server/act/plays/play.ts";
import type { PlayDefinition } from "../../../server/act/plays/play-definition.ts";
import type { PlayProblem } from "../../../server/act/plays/play-problem.ts";
import { api, read } from "../../api.ts";
import { lastSaveOf } from "../../collect/editor/kept-draft.ts";
import { queries } from "../../queries.ts";

export type { PlayDefinition, PlayDetails, PlayProblem, PlaySummary };

const { plays } = api.api.v1;

/** What a play can be told to become. */
export type SettableState = "live" | "paused" | "closed" | "ended";

/** Who would enter now, and what the result will be able to say. */
export type DryRun = InferResponseType<(typeof plays)[":id"]["dry-run"]["$post"], 200>;

/** What one customer would get of one step. */
export type StepPreview = InferResponseType<(typeof plays)[":id"]["preview"]["$post"], 200>;

/** One customer in a play. */
export type Enrolment = InferResponseType<(typeof plays)[":id"]["enrolments"]["$get"], 200>["items"][number];

/** A play that is written out, to begin with. */
export type PlayTemplate = InferResponseType<
  (typeof api.api.v1)["play-templates"]["$get"],
  200
>["templates"][number];

/** All plays, newest first. */
export function playsQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "plays"],
    queryFn: async (): Promise<PlaySummary[]> => (await read(plays.$get())).plays,
  });
}

/** The plays that are written out, in a language. */
export function templatesQuery(language: string) {
  return queryOptions({
    queryKey: ["play-templates", language],
    queryFn: async () => (await read(api.api.v1["play-templates"].$get({ query: { language } }))).templates,
    staleTime: Infinity,
  });
}

/** One play, as its page shows it. */
export function playQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: [slug, "play", id],
    queryFn: async (): Promise<PlayDetails> => {
      await lastSaveOf(id);
      return read(plays[":id"].$get({ param: { id } }));
    },
  });
}

/** One play as its editor sees it: read once per visit, for the editor keeps its own copy of the draft. */
export function editedPlayQuery(slug: string, id: string) {
  return queryOptions({
    ...playQuery(slug, id),
    queryKey: [slug, "play", id, "editing"],
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** Who would enter now. `stamp` is that of the draft: another draft, another answer. */
export function dryRunQuery(slug: string, id: string, stamp: string) {
  return queryOptions({
    queryKey: [slug, "play", id, "dry-run", stamp],
    queryFn: (): Promise<DryRun> => read(plays[":id"]["dry-run"].$post({ param: { id } })),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
  });
}

/** What a customer would get of a step of the draft. */
export function stepPreviewQuery(
  slug: string,
  id: string,
  wish: { stamp: string; step: string; customerId: string; language?: string },
) {
  const { stamp, ...json } = wish;
  return queryOptions({
    queryKey: [slug, "play", id, "preview", stamp, json],
    queryFn: (): Promise<StepPreview> => read(plays[":id"].preview.$post({ param: { id }, json })),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** Who is in a play, in pages that follow each other. */
export function enrolmentsQuery(
  slug: string,
  id: string,
  filter: { state?: Enrolment["state"]; arm?: Enrolment["arm"] },
) {
  return infiniteQueryOptions({
    queryKey: [slug, "play", id, "enrolments", filter],
    queryFn: ({ pageParam }) =>
      read(
        plays[":id"].enrolments.$get({
          param: { id },
          query: { ...filter, ...(pageParam && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** Makes a play: of a template, or with nothing in it. */
export function createPlay(json: { name?: string; template?: string; language?: string }) {
  return read(plays.$post({ json }));
}

/** Saves a draft as a whole. `keepalive` lets it finish after the page is gone. */
export function savePlayDraft(
  id: string,
  draft: { name: string; definition: PlayDefinition },
  { basedOn, keepalive }: { basedOn: string | undefined; keepalive: boolean },
): Promise<PlayDetails> {
  const json = { ...draft, ...(basedOn && { basedOn }) };
  return read(plays[":id"].draft.$put({ param: { id }, json }, { init: { keepalive } }));
}

/** Publishes the draft that was looked at; refused with 409 when somebody else has changed it since. */
export function publishPlay(
  id: string,
  json: { basedOn: string; overrides: { rule: string; reason: string }[] },
): Promise<PlayDetails> {
  return read(plays[":id"].publish.$post({ param: { id }, json }));
}

/** Pauses a play, lets it go on, closes or ends it. */
export function changePlayState(id: string, state: SettableState): Promise<PlayDetails> {
  return read(plays[":id"].state.$post({ param: { id }, json: { state } }));
}

/** Deletes a play that was never published. */
export async function deletePlay(id: string): Promise<void> {
  await plays[":id"].$delete({ param: { id } });
}

/** Everything that shows a play and must be read again after it changed; not the editor's own copy. */
export function forgetPlays(slug: string): void {
  void queries.invalidateQueries({ queryKey: [slug, "plays"] });
  void queries.invalidateQueries({
    predicate: ({ queryKey: [of, key, , part] }) => of === slug && key === "play" && part === undefined,
  });
}

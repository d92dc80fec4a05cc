import { queryOptions } from "@tanstack/react-query";
import type { InferResponseType } from "hono/client";
import type { SurveyDetails, SurveyProblem } from "../../../server/collect/surveys/survey-details.ts";
import type { Audience, SurveySettings } from "../../../server/collect/surveys/survey-settings.ts";
import { api, read } from "../../api.ts";
import { queries } from "../../queries.ts";
import { shippedLanguagesQuery } from "../surveys/survey-data.ts";
import type { Draft, ShippedTexts } from "./draft.ts";
import { lastSaveOf } from "./kept-draft.ts";

export type { SurveyDetails, SurveyProblem };

const surveys = api.api.v1.surveys;

/** What settings mean: who is due, held back, asked, and how many answers that should give. */
export type Forecast = InferResponseType<(typeof surveys)[":id"]["forecast"]["$post"], 200>;

/** A mail as it would be sent. */
export type MailPreview = InferResponseType<(typeof surveys)[":id"]["preview"]["$post"], 200>;

/** A survey as its editor sees it. The editor keeps its own copy of the draft, so this is read once per visit. */
export function surveyQuery(slug: string, id: string) {
  return queryOptions({
    // Not the one of the pages that show what is stored: from there an older draft could come.
    queryKey: [slug, "survey", id, "editing"],
    queryFn: async (): Promise<SurveyDetails> => {
      await lastSaveOf(id);
      return read(surveys[":id"].$get({ param: { id } }));
    },
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** The languages that Nines ships, with their texts. */
export const shippedQuery = queryOptions({
  ...shippedLanguagesQuery(),
  select: (languages) => {
    const texts: ShippedTexts = Object.fromEntries(languages.map(({ tag, texts }) => [tag, texts]));
    return { texts, languages: languages.map(({ tag, name }) => ({ tag, name })) };
  },
});

/** The traits of the customers and their commonest values, for the rules of an audience. */
export function traitsQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "traits"],
    queryFn: async () => (await read(api.api.v1.traits.$get())).traits,
    staleTime: 60_000,
  });
}

/** How many customers an audience holds. */
export function audienceQuery(slug: string, audience: Audience) {
  return queryOptions({
    queryKey: [slug, "audience", audience],
    queryFn: async () => (await read(api.api.v1.audience.size.$post({ json: { audience } }))).n,
    retry: false,
  });
}

/** What these settings would do in the next seven days. */
export function forecastQuery(slug: string, id: string, settings: SurveySettings) {
  return queryOptions({
    queryKey: [slug, "forecast", id, settings],
    queryFn: (): Promise<Forecast> =>
      read(surveys[":id"].forecast.$post({ param: { id }, json: { settings } })),
    staleTime: 30_000,
    retry: false,
  });
}

/** To whom the mail in the preview goes. */
const someone = { name: "Katrin Brandt", traits: { plan: "Team" } };

/** The mail of a draft in one language, rendered by the server as it will be sent. */
export function mailQuery(slug: string, id: string, { content, settings }: Draft, language: string) {
  return queryOptions({
    queryKey: [slug, "mail-preview", id, language, content, settings.sender, settings.restDays],
    queryFn: (): Promise<MailPreview> =>
      read(
        surveys[":id"].preview.$post({
          param: { id },
          json: { content, settings, language, customer: someone },
        }),
      ),
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
  });
}

/** Saves a draft as a whole. `keepalive` lets it finish after the page is gone. */
export function saveDraft(
  id: string,
  draft: Draft,
  { basedOn, keepalive = false }: { basedOn?: string | undefined; keepalive?: boolean },
): Promise<SurveyDetails> {
  const json = { ...draft, ...(basedOn && { basedOn }) };
  return read(surveys[":id"].draft.$put({ param: { id }, json }, { init: { keepalive } }));
}

/** Publishes the draft that was looked at; refused with 409 when somebody else has changed it since. */
export function publish({ id, draft }: SurveyDetails): Promise<SurveyDetails> {
  return read(surveys[":id"].publish.$post({ param: { id }, query: { basedOn: draft.at } }));
}

/** Pauses a survey, resumes it, or puts it away. */
export function changeState(id: string, state: "live" | "paused" | "archived"): Promise<SurveyDetails> {
  return read(surveys[":id"].state.$post({ param: { id }, json: { state } }));
}

/** Deletes a survey that was never published. */
export async function deleteSurvey(id: string): Promise<void> {
  await surveys[":id"].$delete({ param: { id } });
}

/** Sends the draft's mail to whoever is signed in. */
export async function sendTest(id: string, { content, settings }: Draft, language: string): Promise<void> {
  await surveys[":id"]["test-mail"].$post({ param: { id }, json: { content, settings, language } });
}

/** Everything that shows a survey and must be read again after it changed. */
export function forgetLists(slug: string): void {
  for (const key of ["surveys", "facets", "overview"])
    void queries.invalidateQueries({ queryKey: [slug, key] });
  // Not the editor's own, which has what was typed since.
  queries.removeQueries({
    predicate: ({ queryKey: [of, key, , editing] }) => of === slug && key === "survey" && !editing,
  });
}

import { z } from "@hono/zod-openapi";
import { Refusal } from "../platform/errors.ts";
import { errorBody, json, jsonBody, newRouter, route } from "../platform/http/router.ts";
import type { Resources } from "../platform/resources.ts";
import type { Segments } from "./asking/segments.ts";
import { Day } from "./response.ts";
import { changeState, settableStates } from "./surveys/change-state.ts";
import { createSurvey } from "./surveys/create-survey.ts";
import { deleteSurvey } from "./surveys/delete-survey.ts";
import { languageName } from "./surveys/language-names.ts";
import { publishSurvey } from "./surveys/publish-survey.ts";
import { readSurveyResults } from "./surveys/read-survey-results.ts";
import { readSurvey } from "./surveys/read-survey.ts";
import { saveDraft } from "./surveys/save-draft.ts";
import { storeImage } from "./surveys/store-image.ts";
import { summariseSurveys } from "./surveys/summarise-surveys.ts";
import { NewSurvey, PublishOrder, SurveyDetails, SurveyDraft } from "./surveys/survey-details.ts";
import { imageTypes } from "./surveys/survey-image.ts";
import { SurveyResults } from "./surveys/survey-results.ts";
import type { RefuseWhileUsed } from "./surveys/survey-uses.ts";
import { SurveySummary } from "./surveys/survey-summary.ts";
import { shippedTexts } from "./texts/shipped-texts.ts";
import { FixedWords, Wording } from "./texts/survey-texts.ts";

const refusals = { "4XX": json(errorBody, "Refused, with the reason.") };
const params = z.object({ id: z.uuid("is not the id of a survey") });
const mayRead = { role: "viewer", scope: "surveys:read" } as const;
const mayWrite = { role: "editor", scope: "surveys:write" } as const;

/** Stage 1: surveys, from draft to archive, and what came of them. */
export function surveyRoutes(
  { database, clock }: Resources,
  segments: Segments,
  refuseWhileUsed: RefuseWhileUsed,
) {
  const { db, reads } = database;

  return newRouter()
    .openapi(listRoute, async (c) =>
      c.json({ surveys: await summariseSurveys(reads, clock, c.var.caller.workspaceId) }, 200),
    )
    .openapi(createRoute, async (c) => {
      const { workspaceId } = c.var.caller;
      const id = await createSurvey(db, clock, workspaceId, c.req.valid("json"));
      return c.json(await readSurvey(db, workspaceId, id), 201);
    })
    .openapi(readRoute, async (c) =>
      c.json(await readSurvey(reads, c.var.caller.workspaceId, c.req.valid("param").id), 200),
    )
    .openapi(draftRoute, async (c) => {
      const { workspaceId } = c.var.caller;
      const { id } = c.req.valid("param");
      await saveDraft({ db, clock, segments }, workspaceId, id, c.req.valid("json"));
      return c.json(await readSurvey(db, workspaceId, id), 200);
    })
    .openapi(publishRoute, async (c) => {
      const { id } = c.req.valid("param");
      const { caller } = c.var;
      await publishSurvey(db, clock, caller, id, c.req.valid("query"));
      return c.json(await readSurvey(db, caller.workspaceId, id), 200);
    })
    .openapi(stateRoute, async (c) => {
      const { workspaceId } = c.var.caller;
      const { id } = c.req.valid("param");
      await changeState(db, clock, workspaceId, id, c.req.valid("json").state);
      return c.json(await readSurvey(db, workspaceId, id), 200);
    })
    .openapi(deleteRoute, async (c) => {
      await deleteSurvey(db, c.var.caller.workspaceId, c.req.valid("param").id, refuseWhileUsed);
      return c.body(null, 204);
    })
    .openapi(logoRoute, async (c) => {
      const place = { workspaceId: c.var.caller.workspaceId, surveyId: c.req.valid("param").id };
      const bytes = Buffer.from(await c.req.arrayBuffer());
      return c.json({ id: await storeImage(db, clock, place, bytes) }, 200);
    })
    .openapi(textsRoute, (c) => c.json({ languages: shippedLanguages() }, 200))
    .openapi(resultsRoute, async (c) => {
      const { id } = c.req.valid("param");
      return c.json(await readSurveyResults(reads, c.var.caller.workspaceId, id, c.req.valid("query")), 200);
    });
}

/** Logos, as mails and pages show them. */
export function imageRoutes({ database }: Resources) {
  return newRouter().openapi(imageRoute, async (c) => {
    const image = await database.reads
      .selectFrom("surveyImages")
      .select(["type", "bytes"])
      .where("id", "=", c.req.valid("param").id)
      .executeTakeFirst();
    if (!image) throw new Refusal("not_found", "There is no such picture.", { reason: "no_such_image" });
    return c.body(new Uint8Array(image.bytes), 200, {
      "content-type": image.type,
      "cache-control": "public, max-age=31536000, immutable",
      // Mail programs and other people's pages show it too.
      "cross-origin-resource-policy": "cross-origin",
    });
  });
}

function shippedLanguages() {
  return Object.entries(shippedTexts).map(([tag, texts]) => ({ tag, name: languageName(tag), texts }));
}

const listRoute = route({
  method: "get",
  path: "/surveys",
  summary: "The surveys, oldest first",
  access: { role: "viewer", scope: ["surveys:read", "responses:read"] },
  responses: { 200: json(z.object({ surveys: z.array(SurveySummary) }), "All surveys."), ...refusals },
});

const createRoute = route({
  method: "post",
  path: "/surveys",
  summary: "Make a draft of a survey",
  access: mayWrite,
  request: { body: jsonBody(NewSurvey) },
  responses: { 201: json(SurveyDetails, "The draft."), ...refusals },
});

const readRoute = route({
  method: "get",
  path: "/surveys/{id}",
  summary: "One survey: what is published, its draft and what is wrong with that",
  access: mayRead,
  request: { params },
  responses: { 200: json(SurveyDetails, "The survey."), ...refusals },
});

const draftRoute = route({
  method: "put",
  path: "/surveys/{id}/draft",
  summary: "Save what was edited",
  description:
    "What is wrong with it is said in `problems` and not refused; respondents see it after `publish`.",
  access: mayWrite,
  request: { params, body: jsonBody(SurveyDraft) },
  responses: { 200: json(SurveyDetails, "The survey."), ...refusals },
});

const publishRoute = route({
  method: "post",
  path: "/surveys/{id}/publish",
  summary: "Publish the draft",
  description:
    "A changed content becomes a new version; changed settings alone do not. A draft survey becomes live.",
  access: mayWrite,
  request: { params, query: PublishOrder },
  responses: { 200: json(SurveyDetails, "The survey."), ...refusals },
});

const stateRoute = route({
  method: "post",
  path: "/surveys/{id}/state",
  summary: "Pause a survey, let it go on, archive it or bring it back",
  access: mayWrite,
  request: { params, body: jsonBody(z.object({ state: z.enum(settableStates) })) },
  responses: { 200: json(SurveyDetails, "The survey."), ...refusals },
});

const deleteRoute = route({
  method: "delete",
  path: "/surveys/{id}",
  summary: "Delete a survey that was never published",
  access: mayWrite,
  request: { params },
  responses: { 204: { description: "It is gone." }, ...refusals },
});

const logoRoute = route({
  method: "put",
  path: "/surveys/{id}/logo",
  summary: "Upload a logo",
  description:
    "The request body is the picture: PNG, JPEG, GIF or WebP, at most 200 kB. Put the id into `content.branding.logo` of the draft.",
  access: mayWrite,
  request: {
    params,
    body: {
      content: Object.fromEntries(
        imageTypes.map((type) => [type, { schema: { type: "string", format: "binary" } }]),
      ),
      required: true,
    },
  },
  responses: { 200: json(z.object({ id: z.uuid() }), "Shown at /img/{id}."), ...refusals },
});

const textsRoute = route({
  method: "get",
  path: "/survey-texts",
  summary: "The texts that Nines has for surveys, by language",
  access: mayRead,
  responses: {
    200: json(
      z.object({
        languages: z.array(
          z.object({
            tag: z.string(),
            name: z.string().describe("In that language."),
            texts: z.object({ wording: Wording, words: FixedWords }),
          }),
        ),
      }),
      "All languages.",
    ),
    ...refusals,
  },
});

const resultsRoute = route({
  method: "get",
  path: "/surveys/{id}/results",
  summary: "What came of one survey, by version, channel and language",
  access: mayRead,
  request: {
    params,
    query: z.object({
      from: Day.optional().describe("First day, UTC."),
      to: Day.optional().describe("Last day, UTC."),
    }),
  },
  responses: { 200: json(SurveyResults, "Its figures."), ...refusals },
});

const imageRoute = route({
  method: "get",
  path: "/img/{id}",
  summary: "The picture of a logo",
  access: "public",
  request: { params: z.object({ id: z.uuid("is not the id of a picture") }) },
  responses: { 200: { description: "The picture." }, ...refusals },
});

import { z } from "@hono/zod-openapi";
import { readSecret } from "../platform/accounts/read-secret.ts";
import { errorBody, json, jsonBody, newRouter, route } from "../platform/http/router.ts";
import type { Resources } from "../platform/resources.ts";
import { listSetAsides, SetAside } from "./answering/list-set-asides.ts";
import { makeSurveyLink, SurveyLink } from "./answering/survey-link.ts";
import { LinkCustomer } from "./answering/signed-link.ts";
import { NewResponse } from "./response.ts";

const refusals = { "4XX": json(errorBody, "Refused, with the reason.") };
const params = z.object({ id: z.uuid("is not the id of a survey") });

/** For members and programs: a survey's public link, and the answers that were set aside. */
export function answerApiRoutes(resources: Resources) {
  const { config, database } = resources;
  return newRouter()
    .openapi(linkRoute, async (c) => {
      const { id: surveyId } = c.req.valid("param");
      const { traits } = c.req.valid("query");
      const secret = await readSecret(resources);
      const options = { baseUrl: config.baseUrl, secret, surveyId, word: { traits } };
      return c.json(await makeSurveyLink(database.reads, c.var.caller.workspaceId, options), 200);
    })
    .openapi(personalLinkRoute, async (c) => {
      const { id: surveyId } = c.req.valid("param");
      const { customer, traits = {} } = c.req.valid("json");
      const secret = await readSecret(resources);
      const options = { baseUrl: config.baseUrl, secret, surveyId, word: { customer, traits } };
      return c.json(await makeSurveyLink(database.reads, c.var.caller.workspaceId, options), 200);
    })
    .openapi(setAsidesRoute, async (c) => {
      const { id } = c.req.valid("param");
      const page = c.req.valid("query");
      return c.json(await listSetAsides(database.reads, c.var.caller.workspaceId, id, page), 200);
    });
}

const TraitsText = z
  .string()
  .max(4_000)
  .default("{}")
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: 'is not JSON; write it as {"plan":"pro"}' });
      return z.NEVER;
    }
  })
  .pipe(NewResponse.shape.traits.unwrap().unwrap());

const linkRoute = route({
  method: "get",
  path: "/surveys/{id}/link",
  summary: "The public link of a survey, and its QR code",
  description: "`traits` are signed into the link and stored with each answer that comes by it.",
  access: { role: "viewer", scope: "surveys:read" },
  request: {
    params,
    query: z.object({
      traits: TraitsText.describe('What is so of whoever gets this link, as JSON: {"plan":"pro"}.'),
    }),
  },
  responses: { 200: json(SurveyLink, "The link."), ...refusals },
});

const personalLinkRoute = route({
  method: "post",
  path: "/surveys/{id}/links",
  summary: "A public link for one customer",
  description:
    "Their id or e-mail address is signed into it with the traits, so answers by it are theirs. Nothing is stored, and the link does not end; to send one that does, make an invitation.",
  access: { role: "editor", scope: "surveys:write" },
  request: {
    params,
    body: jsonBody(
      z.object({ customer: LinkCustomer, traits: NewResponse.shape.traits.unwrap().unwrap().optional() }),
    ),
  },
  responses: { 200: json(SurveyLink, "The link; give it to this customer only."), ...refusals },
});

const setAsidesRoute = route({
  method: "get",
  path: "/surveys/{id}/set-asides",
  summary: "Answers that look like a machine's, newest first",
  access: { role: "viewer", scope: "surveys:read" },
  request: {
    params,
    query: z.object({
      cursor: z.string().optional().describe("`next` of the page before."),
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
  },
  responses: {
    200: json(
      z.object({ items: z.array(SetAside), next: z.string().nullable() }),
      "One page; none of them is counted.",
    ),
    ...refusals,
  },
});

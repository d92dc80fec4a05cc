import { z } from "@hono/zod-openapi";
import { errorBody, json, jsonBody, newRouter, route } from "../platform/http/router.ts";
import type { Resources } from "../platform/resources.ts";
import { changePlayState } from "./plays/change-play-state.ts";
import { createPlay } from "./plays/create-play.ts";
import { deletePlay } from "./plays/delete-play.ts";
import { DryRun, dryRunPlay } from "./plays/dry-run-play.ts";
import { EnrolmentsPage, EnrolmentsQuery, listEnrolments } from "./plays/list-enrolments.ts";
import { listPlays } from "./plays/list-plays.ts";
import {
  NewPlay,
  OfferedTemplate,
  PlayDetails,
  PlayDraft,
  PlaySummary,
  PublishPlay,
  SettableState,
} from "./plays/play.ts";
import { PreviewOrder, previewStep, StepPreview } from "./plays/preview-step.ts";
import { publishPlay } from "./plays/publish-play.ts";
import { readPlay } from "./plays/read-play.ts";
import { savePlayDraft } from "./plays/save-play-draft.ts";
import { playTemplates, templateLanguage } from "./plays/templates/play-templates.ts";
import { ActSettings, readActSettings, saveActSettings } from "./settings/act-settings.ts";

const refusals = { "4XX": json(errorBody, "Refused, with the reason.") };
const params = z.object({ id: z.uuid("is not the id of a play") });
const mayRead = { role: "viewer", scope: "plays:read" } as const;
const mayWrite = { role: "editor", scope: "plays:write" } as const;

/** Stage 4: plays, from draft to end, who is in them, and how the workspace acts beyond one. */
export function playRoutes(resources: Resources) {
  const { database, clock } = resources;
  const { db, reads, searches } = database;

  return newRouter()
    .openapi(listRoute, async (c) => c.json({ plays: await listPlays(reads, c.var.caller.workspaceId) }, 200))
    .openapi(createRoute, async (c) => {
      const { caller } = c.var;
      const id = await createPlay(db, clock, caller, c.req.valid("json"));
      return c.json(await readPlay(db, { workspaceId: caller.workspaceId, id }), 201);
    })
    .openapi(readRoute, async (c) => {
      const { id } = c.req.valid("param");
      return c.json(await readPlay(reads, { workspaceId: c.var.caller.workspaceId, id }), 200);
    })
    .openapi(draftRoute, async (c) => {
      const play = { workspaceId: c.var.caller.workspaceId, id: c.req.valid("param").id };
      await savePlayDraft(db, clock, play, c.req.valid("json"));
      return c.json(await readPlay(db, play), 200);
    })
    .openapi(publishRoute, async (c) => {
      const { caller } = c.var;
      const { id } = c.req.valid("param");
      await publishPlay({ db, clock }, caller, id, c.req.valid("json"));
      return c.json(await readPlay(db, { workspaceId: caller.workspaceId, id }), 200);
    })
    .openapi(stateRoute, async (c) => {
      const { caller } = c.var;
      const { id } = c.req.valid("param");
      await changePlayState(db, clock, caller, id, c.req.valid("json").state);
      return c.json(await readPlay(db, { workspaceId: caller.workspaceId, id }), 200);
    })
    .openapi(deleteRoute, async (c) => {
      await deletePlay(db, clock, c.var.caller, c.req.valid("param").id);
      return c.body(null, 204);
    })
    .openapi(dryRunRoute, async (c) => {
      const play = { workspaceId: c.var.caller.workspaceId, id: c.req.valid("param").id };
      return c.json(await dryRunPlay({ db, searches, clock }, play), 200);
    })
    .openapi(previewRoute, async (c) => {
      const play = { workspaceId: c.var.caller.workspaceId, id: c.req.valid("param").id };
      return c.json(await previewStep(resources, play, c.req.valid("json")), 200);
    })
    .openapi(templatesRoute, (c) => {
      const language = templateLanguage(c.req.valid("query").language);
      const templates = playTemplates.map(({ id, group, name, text }) => ({
        id,
        group,
        name: name[language],
        text: text[language],
      }));
      return c.json({ templates }, 200);
    })
    .openapi(enrolmentsRoute, async (c) => {
      const play = { workspaceId: c.var.caller.workspaceId, id: c.req.valid("param").id };
      return c.json(await listEnrolments(reads, play, c.req.valid("query")), 200);
    })
    .openapi(readSettingsRoute, async (c) =>
      c.json(await readActSettings(reads, c.var.caller.workspaceId), 200),
    )
    .openapi(saveSettingsRoute, async (c) => {
      const { caller } = c.var;
      await saveActSettings(db, clock, caller, c.req.valid("json"));
      return c.json(await readActSettings(db, caller.workspaceId), 200);
    });
}

const listRoute = route({
  method: "get",
  path: "/plays",
  summary: "The plays, newest first",
  access: mayRead,
  responses: { 200: json(z.object({ plays: z.array(PlaySummary) }), "All plays."), ...refusals },
});

const createRoute = route({
  method: "post",
  path: "/plays",
  summary: "Make a draft of a play",
  access: mayWrite,
  request: { body: jsonBody(NewPlay) },
  responses: { 201: json(PlayDetails, "The draft."), ...refusals },
});

const readRoute = route({
  method: "get",
  path: "/plays/{id}",
  summary: "One play: what is published, its draft, what is wrong with that, and who is in it",
  access: mayRead,
  request: { params },
  responses: { 200: json(PlayDetails, "The play."), ...refusals },
});

const draftRoute = route({
  method: "put",
  path: "/plays/{id}/draft",
  summary: "Save what was edited of a play",
  description:
    "What is wrong with it is said in `problems` and not refused; customers meet it after `publish`.",
  access: mayWrite,
  request: { params, body: jsonBody(PlayDraft) },
  responses: { 200: json(PlayDetails, "The play."), ...refusals },
});

const publishRoute = route({
  method: "post",
  path: "/plays/{id}/publish",
  summary: "Publish the draft of a play",
  description:
    "A new version: who enters from now on goes by it, who is under way stays with theirs. A draft play becomes live. " +
    "What stands in the way is in `error.details.problems`, all of it. What a rule of review sites forbids, an owner can " +
    "let pass with `overrides`.",
  access: mayWrite,
  request: { params, body: jsonBody(PublishPlay) },
  responses: { 200: json(PlayDetails, "The play."), ...refusals },
});

const stateRoute = route({
  method: "post",
  path: "/plays/{id}/state",
  summary: "Pause a play, let it go on, take nobody in any more, or end it",
  description: "An ended play stays ended: whoever is in it stops where they are.",
  access: mayWrite,
  request: { params, body: jsonBody(z.object({ state: SettableState })) },
  responses: { 200: json(PlayDetails, "The play."), ...refusals },
});

const deleteRoute = route({
  method: "delete",
  path: "/plays/{id}",
  summary: "Delete a play that was never published",
  access: mayWrite,
  request: { params },
  responses: { 204: { description: "It is gone." }, ...refusals },
});

const dryRunRoute = route({
  method: "post",
  path: "/plays/{id}/dry-run",
  summary: "Who would enter a play now, who not and why, and what its result could say",
  description: "Of the draft, else of what is published. Nothing happens to anybody.",
  access: mayRead,
  request: { params },
  responses: { 200: json(DryRun, "As of this moment."), ...refusals },
});

const previewRoute = route({
  method: "post",
  path: "/plays/{id}/preview",
  summary: "What one customer would get by a step of a play",
  description: "Of the draft, else of what is published. Nothing is sent and no code is handed out.",
  access: mayRead,
  request: { params, body: jsonBody(PreviewOrder) },
  responses: { 200: json(StepPreview, "As of this moment."), ...refusals },
});

const templatesRoute = route({
  method: "get",
  path: "/play-templates",
  summary: "The plays that are written out, to begin with",
  access: mayRead,
  request: {
    query: z.object({ language: z.string().max(35).optional().describe("de, else English.") }),
  },
  responses: { 200: json(z.object({ templates: z.array(OfferedTemplate) }), "All of them."), ...refusals },
});

const enrolmentsRoute = route({
  method: "get",
  path: "/plays/{id}/enrolments",
  summary: "Who entered a play, latest first, by pages",
  access: mayRead,
  request: { params, query: EnrolmentsQuery },
  responses: { 200: json(EnrolmentsPage, "One page."), ...refusals },
});

const readSettingsRoute = route({
  method: "get",
  path: "/act-settings",
  summary: "How the workspace acts, beyond one play",
  access: mayRead,
  responses: { 200: json(ActSettings, "The settings."), ...refusals },
});

const saveSettingsRoute = route({
  method: "put",
  path: "/act-settings",
  summary: "Change what share of all customers no play contacts",
  description:
    "Customers who come into the share stay in the plays they are in, and enter no other. A change is noted in the audit log: what plays did together can only be told from customers who were left alone all the time.",
  access: { role: "admin", scope: "plays:write" },
  request: { body: jsonBody(ActSettings) },
  responses: { 200: json(ActSettings, "As they are now."), ...refusals },
});

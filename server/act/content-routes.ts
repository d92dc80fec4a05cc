import { z } from "@hono/zod-openapi";
import { errorBody, json, jsonBody, newRouter, route } from "../platform/http/router.ts";
import type { Resources } from "../platform/resources.ts";
import { addContent, changeContent, removeContent } from "./content/change-content.ts";
import { ContentDraft, ContentItem } from "./content/content-item.ts";
import { listContent, readContentItem } from "./content/list-content.ts";

const refusals = { "4XX": json(errorBody, "Refused, with the reason.") };
const mayRead = { role: "viewer", scope: "content:read" } as const;
const mayWrite = { role: "editor", scope: "content:write" } as const;
const params = z.object({ id: z.uuid() });

/** Stage 4: the library of articles, webinars, trainings, offers and products that mails of plays choose from. */
export function contentRoutes({ database: { db }, clock }: Resources) {
  return newRouter()
    .openapi(listRoute, async (c) => {
      const { archived } = c.req.valid("query");
      const items = await listContent(db, c.var.caller.workspaceId, { archived: archived === "true" });
      return c.json({ items }, 200);
    })
    .openapi(addRoute, async (c) => {
      const { caller } = c.var;
      const id = await addContent(db, clock, caller, c.req.valid("json"));
      return c.json(await readContentItem(db, caller.workspaceId, id), 201);
    })
    .openapi(readRoute, async (c) =>
      c.json(await readContentItem(db, c.var.caller.workspaceId, c.req.valid("param").id), 200),
    )
    .openapi(changeRoute, async (c) => {
      const { caller } = c.var;
      const { id } = c.req.valid("param");
      await changeContent(db, clock, caller, { id, draft: c.req.valid("json") });
      return c.json(await readContentItem(db, caller.workspaceId, id), 200);
    })
    .openapi(removeRoute, async (c) => {
      const outcome = await removeContent(db, clock, c.var.caller, c.req.valid("param").id);
      return c.json({ outcome }, 200);
    });
}

const listRoute = route({
  method: "get",
  path: "/content",
  summary: "The library that mails of plays choose from",
  access: mayRead,
  request: { query: z.object({ archived: z.enum(["true", "false"]).optional() }) },
  responses: { 200: json(z.object({ items: z.array(ContentItem) }), "By kind and name."), ...refusals },
});

const addRoute = route({
  method: "post",
  path: "/content",
  summary: "Put an item into the library",
  access: mayWrite,
  request: { body: jsonBody(ContentDraft) },
  responses: { 201: json(ContentItem, "It can be chosen from now on."), ...refusals },
});

const readRoute = route({
  method: "get",
  path: "/content/{id}",
  summary: "One item of the library",
  access: mayRead,
  request: { params },
  responses: { 200: json(ContentItem, "The item."), ...refusals },
});

const changeRoute = route({
  method: "put",
  path: "/content/{id}",
  summary: "Write an item of the library anew",
  description: "Mails that were sent stay as they were. One that was archived is back in the library.",
  access: mayWrite,
  request: { params, body: jsonBody(ContentDraft) },
  responses: { 200: json(ContentItem, "As it is now."), ...refusals },
});

const removeRoute = route({
  method: "delete",
  path: "/content/{id}",
  summary: "Take an item out of the library",
  description: "It is archived where a mail brought it to somebody, else deleted.",
  access: mayWrite,
  request: { params },
  responses: {
    200: json(z.object({ outcome: z.enum(["archived", "deleted"]) }), "No mail chooses it any more."),
    ...refusals,
  },
});

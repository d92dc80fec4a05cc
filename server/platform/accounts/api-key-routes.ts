import { z } from "@hono/zod-openapi";
import { Refusal } from "../errors.ts";
import { json, jsonBody, newRouter, route, scopes } from "../http/router.ts";
import type { Resources } from "../resources.ts";
import { newApiKey } from "./api-key.ts";
import { createApiKey } from "./create-api-key.ts";
import type { Accounts } from "./open-accounts.ts";

const apiKey = z
  .object({
    id: z.string(),
    name: z.string(),
    start: z.string().describe("How the key begins, to tell keys apart."),
    scopes: z.array(z.enum(scopes)),
    createdBy: z.string().nullable().describe("Name of the member who made it."),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable().describe("To within a minute."),
  })
  .openapi("ApiKey");

const getKeys = route({
  method: "get",
  path: "/api-keys",
  summary: "The API keys of the workspace, without the keys themselves",
  access: { role: "admin" },
  responses: { 200: json(z.object({ apiKeys: z.array(apiKey) }), "Newest first.") },
});

const postKey = route({
  method: "post",
  path: "/api-keys",
  summary: "Make an API key",
  access: { role: "admin" },
  request: { body: jsonBody(newApiKey) },
  responses: {
    201: json(
      z.object({ id: z.string(), key: z.string(), start: z.string() }),
      "The key. It is shown only now.",
    ),
  },
});

const deleteKey = route({
  method: "delete",
  path: "/api-keys/{id}",
  summary: "Revoke an API key",
  access: { role: "admin" },
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 204: { description: "The key no longer works." } },
});

/** Keys for programs. */
export function apiKeyRoutes({ database, clock }: Resources, accounts: Accounts) {
  const { db } = database;
  return newRouter()
    .openapi(getKeys, async (c) => {
      const rows = await db
        .selectFrom("apiKeys as k")
        .leftJoin("people", "people.id", "k.createdBy")
        .select([
          "k.id",
          "k.name",
          "k.start",
          "k.scopes",
          "people.name as createdBy",
          "k.createdAt",
          "k.lastUsedAt",
        ])
        .where("k.workspaceId", "=", c.var.caller.workspaceId)
        .orderBy("k.createdAt", "desc")
        .execute();
      const apiKeys = rows.map((row) =>
        Object.assign(row, {
          scopes: scopes.filter((scope) => row.scopes.includes(scope)),
          createdAt: row.createdAt.toISOString(),
          lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
        }),
      );
      return c.json({ apiKeys }, 200);
    })
    .openapi(postKey, async (c) => {
      const { workspaceId, personId } = c.var.caller;
      const made = await createApiKey(db, clock, workspaceId, {
        ...c.req.valid("json"),
        ...(personId && { createdBy: personId }),
      });
      return c.json(made, 201);
    })
    .openapi(deleteKey, async (c) => {
      const gone = await db
        .deleteFrom("apiKeys")
        .where("workspaceId", "=", c.var.caller.workspaceId)
        .where("id", "=", c.req.valid("param").id)
        .executeTakeFirst();
      if (!gone.numDeletedRows) throw new Refusal("not_found", "There is no such API key.");
      accounts.apiKeys.forget();
      return c.body(null, 204);
    });
}

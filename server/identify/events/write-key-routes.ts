import { z } from "@hono/zod-openapi";
import { Refusal } from "../../platform/errors.ts";
import { errorBody, json, jsonBody, newRouter, route } from "../../platform/http/router.ts";
import type { Resources } from "../../platform/resources.ts";
import { createWriteKey } from "./create-write-key.ts";
import type { WriteKeys } from "./find-write-key.ts";
import { NewWriteKey, WriteKey } from "./write-key.ts";

const refusals = { "4XX": json(errorBody, "Refused, with the reason.") };

/** Keys for programs and pages that send events. */
export function writeKeyRoutes({ database, clock }: Resources, writeKeys: WriteKeys) {
  const { db } = database;
  return newRouter()
    .openapi(listRoute, async (c) => {
      const rows = await db
        .selectFrom("writeKeys as k")
        .leftJoin("people", "people.id", "k.createdBy")
        .select([
          "k.id",
          "k.name",
          "k.trusted",
          "k.start",
          "k.key",
          "people.name as createdBy",
          "k.createdAt",
          "k.lastUsedAt",
        ])
        .where("k.workspaceId", "=", c.var.caller.workspaceId)
        .orderBy("k.createdAt", "desc")
        .execute();
      const keys = rows.map((row) =>
        Object.assign(row, {
          createdAt: row.createdAt.toISOString(),
          lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
        }),
      );
      return c.json({ writeKeys: keys }, 200);
    })
    .openapi(createRoute, async (c) => {
      const { workspaceId, personId = null } = c.var.caller;
      const wanted = { ...c.req.valid("json"), createdBy: personId };
      return c.json(await createWriteKey(db, clock, workspaceId, wanted), 201);
    })
    .openapi(deleteRoute, async (c) => {
      const gone = await db
        .deleteFrom("writeKeys")
        .where("workspaceId", "=", c.var.caller.workspaceId)
        .where("id", "=", c.req.valid("param").id)
        .executeTakeFirst();
      if (!gone.numDeletedRows) throw new Refusal("not_found", "There is no such write key.");
      writeKeys.forget();
      return c.body(null, 204);
    });
}

const listRoute = route({
  method: "get",
  path: "/write-keys",
  summary: "The write keys of the workspace",
  access: { role: "admin" },
  responses: { 200: json(z.object({ writeKeys: z.array(WriteKey) }), "Newest first."), ...refusals },
});

const createRoute = route({
  method: "post",
  path: "/write-keys",
  summary: "Make a write key",
  access: { role: "admin" },
  request: { body: jsonBody(NewWriteKey) },
  responses: {
    201: json(
      z.object({ id: z.string(), key: z.string(), start: z.string() }),
      "The key. That of a server is shown only now.",
    ),
    ...refusals,
  },
});

const deleteRoute = route({
  method: "delete",
  path: "/write-keys/{id}",
  summary: "Revoke a write key",
  access: { role: "admin" },
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 204: { description: "The key no longer works." }, ...refusals },
});

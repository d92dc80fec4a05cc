import { z } from "@hono/zod-openapi";
import { inTransaction } from "../database/in-transaction.ts";
import { Refusal } from "../errors.ts";
import { json, jsonBody, newRouter, roles, route } from "../http/router.ts";
import type { Resources } from "../resources.ts";
import { createWorkspace } from "./create-workspace.ts";
import { deleteWorkspace } from "./delete-workspace.ts";
import type { Accounts } from "./open-accounts.ts";
import { timeZone, workspaceName } from "./workspace.ts";

const workspace = z
  .object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    timeZone: z.string(),
    sample: z.boolean(),
    createdAt: z.iso.datetime(),
  })
  .openapi("Workspace");

const getWorkspace = route({
  method: "get",
  path: "/workspace",
  summary: "The workspace asked for",
  access: { role: "viewer" },
  responses: { 200: json(workspace, "The workspace.") },
});

const patchWorkspace = route({
  method: "patch",
  path: "/workspace",
  summary: "Rename the workspace, or change its time zone",
  access: { role: "admin" },
  request: {
    body: jsonBody(z.strictObject({ name: workspaceName.optional(), timeZone: timeZone.optional() })),
  },
  responses: { 200: json(workspace, "The changed workspace.") },
});

const removeWorkspace = route({
  method: "delete",
  path: "/workspace",
  summary: "Delete the workspace and everything in it",
  description:
    "There is no way back but a backup. Accounts of people who belong to no other workspace are deleted too.",
  access: { role: "owner" },
  responses: { 204: { description: "It is gone." } },
});

const postWorkspace = route({
  method: "post",
  path: "/workspaces",
  summary: "Make another workspace and own it",
  access: "signed-in",
  request: { body: jsonBody(z.object({ name: workspaceName, timeZone: timeZone.optional() })) },
  responses: {
    201: json(
      z.object({ id: z.string(), slug: z.string(), name: z.string(), role: z.enum(roles) }),
      "The new workspace.",
    ),
  },
});

/** One workspace, and making another. */
export function workspaceRoutes({ database, clock }: Resources, accounts: Accounts) {
  const { db } = database;

  const read = async (id: string) => {
    const row = await db
      .selectFrom("workspaces")
      .select(["id", "slug", "name", "timeZone", "sample", "createdAt"])
      .where("id", "=", id)
      .executeTakeFirst();
    if (!row) throw new Refusal("not_found", "This workspace was deleted.");
    return { ...row, createdAt: row.createdAt.toISOString() };
  };

  return newRouter()
    .openapi(getWorkspace, async (c) => c.json(await read(c.var.caller.workspaceId), 200))
    .openapi(patchWorkspace, async (c) => {
      const { workspaceId } = c.var.caller;
      const { name, timeZone } = c.req.valid("json");
      if (name !== undefined || timeZone !== undefined) {
        await db
          .updateTable("workspaces")
          .set({ ...(name !== undefined && { name }), ...(timeZone !== undefined && { timeZone }) })
          .where("id", "=", workspaceId)
          .execute();
      }
      return c.json(await read(workspaceId), 200);
    })
    .openapi(removeWorkspace, async (c) => {
      await deleteWorkspace(db, c.var.caller.workspaceId);
      accounts.apiKeys.forget();
      return c.body(null, 204);
    })
    .openapi(postWorkspace, async (c) => {
      const given = c.req.valid("json");
      const made = await inTransaction(db, (db) => createWorkspace(db, clock, c.var.person.id, given));
      return c.json({ ...made, name: given.name, role: "owner" as const }, 201);
    });
}

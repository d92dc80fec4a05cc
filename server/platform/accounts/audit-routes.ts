import { z } from "@hono/zod-openapi";
import { sql } from "kysely";
import { errorBody, json, newRouter, route } from "../http/router.ts";
import type { Resources } from "../resources.ts";

const Entry = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    by: z
      .object({ kind: z.enum(["member", "key"]), id: z.uuid(), name: z.string().nullable() })
      .nullable()
      .describe("The name is null when the member or the key is gone."),
    action: z.string().describe("As play.published."),
    about: z.string(),
    aboutId: z.uuid().nullable(),
    details: z.record(z.string(), z.unknown()),
  })
  .openapi("AuditEntry");

/** Who changed what, where it must be possible to say so later. */
export function auditRoutes({ database }: Resources) {
  const { reads } = database;
  return newRouter().openapi(listRoute, async (c) => {
    const { before, limit } = c.req.valid("query");
    const rows = await reads
      .selectFrom("auditLog as l")
      .leftJoin("people as p", "p.id", "l.personId")
      .leftJoin("apiKeys as k", "k.id", "l.apiKeyId")
      .select(["l.id", "l.at", "l.action", "l.about", "l.aboutId", "l.details", "l.personId", "l.apiKeyId"])
      .select(["p.name as person", "k.name as key"])
      .where("l.workspaceId", "=", c.var.caller.workspaceId)
      // Ids sort by the time they were made.
      .$if(before !== undefined, (query) => query.where(sql<boolean>`l.id < ${before}::uuid`))
      .orderBy("l.id", "desc")
      .limit(limit + 1)
      .execute();
    const items = rows.slice(0, limit).map(({ personId, apiKeyId, person, key, at, ...row }) => {
      const by =
        personId !== null
          ? { kind: "member" as const, id: personId, name: person }
          : apiKeyId === null
            ? null
            : { kind: "key" as const, id: apiKeyId, name: key };
      return Object.assign(row, { at: at.toISOString(), by });
    });
    return c.json({ items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }, 200);
  });
}

const listRoute = route({
  method: "get",
  path: "/audit-log",
  summary: "Who published, ended, overrode or erased what, newest first, by pages",
  access: { role: "admin" },
  request: {
    query: z.object({
      before: z.uuid("is no id of an entry").optional().describe("`next` of the page before."),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: {
    200: json(z.object({ items: z.array(Entry), next: z.uuid().nullable() }), "One page."),
    "4XX": json(errorBody, "Refused, with the reason."),
  },
});

import { z } from "@hono/zod-openapi";
import type { Database } from "../database/open.ts";
import { Refusal } from "../errors.ts";
import { json, newRouter, route } from "../http/router.ts";
import type { Resources } from "../resources.ts";

const summary = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  at: z.iso.datetime(),
});
const mail = summary.extend({ text: z.string(), html: z.string().nullable() }).openapi("OutboxMail");

const getOutbox = route({
  method: "get",
  path: "/outbox",
  summary: "Mail that would have been sent, when no SMTP_URL is set",
  description: "Mails hold links that let people in, so only owners see them.",
  access: { role: "owner" },
  responses: { 200: json(z.object({ mails: z.array(summary) }), "The newest 200.") },
});

const getMail = route({
  method: "get",
  path: "/outbox/{id}",
  summary: "One mail of the outbox",
  access: { role: "owner" },
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 200: json(mail, "The mail.") },
});

/** The outbox. */
export function outboxRoutes({ database }: Resources) {
  const { db } = database;
  return newRouter()
    .openapi(getOutbox, async (c) => {
      const rows = await mailsOf(db, c.var.caller.workspaceId)
        .select(["id", "recipient as to", "subject", "at"])
        .orderBy("at", "desc")
        .orderBy("id", "desc")
        .limit(200)
        .execute();
      return c.json({ mails: rows.map((row) => Object.assign(row, { at: row.at.toISOString() })) }, 200);
    })
    .openapi(getMail, async (c) => {
      const row = await mailsOf(db, c.var.caller.workspaceId)
        .select(["id", "recipient as to", "subject", "at", "text", "html"])
        .where("id", "=", c.req.valid("param").id)
        .executeTakeFirst();
      if (!row) throw new Refusal("not_found", "There is no such mail.");
      return c.json({ ...row, at: row.at.toISOString() }, 200);
    });
}

/**
 * The workspace's own mail, and the personal mail (a password reset) of members who belong to no other workspace: over
 * those its owner decides anyway. Anybody else's reset link would open another workspace.
 */
function mailsOf(db: Database, workspaceId: string) {
  return db.selectFrom("outbox").where((eb) => {
    const memberships = eb
      .selectFrom("members")
      .select("role")
      .whereRef("members.personId", "=", "outbox.personId");
    return eb.or([
      eb("workspaceId", "=", workspaceId),
      eb.and([
        eb("workspaceId", "is", null),
        eb.exists(memberships.where("members.workspaceId", "=", workspaceId)),
        eb.not(eb.exists(memberships.where("members.workspaceId", "!=", workspaceId))),
      ]),
    ]);
  });
}

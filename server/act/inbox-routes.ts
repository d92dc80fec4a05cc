import { z } from "@hono/zod-openapi";
import { errorBody, json, jsonBody, newRouter, route } from "../platform/http/router.ts";
import { nameText } from "../collect/response.ts";
import type { Resources } from "../platform/resources.ts";
import { Case, CaseChange, CaseDetails, caseLists, NewCaseByMember, NewReply } from "./inbox/case.ts";
import { changeCase } from "./inbox/change-case.ts";
import { InboxSettings, readInboxSettings, saveInboxSettings } from "./inbox/inbox-settings.ts";
import { countCases, listCases } from "./inbox/list-cases.ts";
import { openCaseByMember } from "./inbox/open-case-by-member.ts";
import { readCase } from "./inbox/read-case.ts";
import { sendReply } from "./inbox/send-reply.ts";
import { takeReplyBack } from "./inbox/take-reply-back.ts";
import { writeNoteByMember } from "./inbox/write-note.ts";
import { Refusal } from "../platform/errors.ts";

const refusals = { "4XX": json(errorBody, "Refused, with the reason.") };
const params = z.object({ id: z.uuid("is not the id of a case") });
const mayRead = { role: "viewer", scope: "cases:read" } as const;
const mayWrite = { role: "editor", scope: "cases:write" } as const;

/** Stage 4: the inbox, where members close the loop with single customers. */
export function inboxRoutes(resources: Resources) {
  const { database, clock } = resources;
  const { db, reads } = database;

  return newRouter()
    .openapi(listRoute, async (c) => {
      const { caller } = c.var;
      const page = await listCases(reads, caller, c.req.valid("query"));
      return c.json({ ...page, counts: await countCases(reads, caller, clock.now()) }, 200);
    })
    .openapi(openRoute, async (c) => {
      const { caller } = c.var;
      const id = await openCaseByMember(resources, caller, c.req.valid("json"));
      return c.json(await readCase(db, caller.workspaceId, id, clock.now()), 201);
    })
    .openapi(readRoute, async (c) =>
      c.json(await readCase(reads, c.var.caller.workspaceId, c.req.valid("param").id, clock.now()), 200),
    )
    .openapi(changeRoute, async (c) => {
      const { caller } = c.var;
      const { id } = c.req.valid("param");
      await changeCase(resources, caller, id, c.req.valid("json"));
      return c.json(await readCase(db, caller.workspaceId, id, clock.now()), 200);
    })
    .openapi(noteRoute, async (c) => {
      const { workspaceId, personId } = c.var.caller;
      const { id: caseId } = c.req.valid("param");
      const { id, text } = c.req.valid("json");
      if (personId === undefined)
        throw new Refusal("not_allowed", "Notes are written by members; sign in to write one.");
      const note = { ...(id && { id }), authorId: personId, text, at: clock.now() };
      return c.json({ id: await writeNoteByMember(db, { workspaceId, caseId }, note) }, 201);
    })
    .openapi(replyRoute, async (c) =>
      c.json(await sendReply(resources, c.var.caller, c.req.valid("param").id, c.req.valid("json")), 201),
    )
    .openapi(takeBackRoute, async (c) => {
      const { id, message } = c.req.valid("param");
      await takeReplyBack(resources, c.var.caller, id, message);
      return c.body(null, 204);
    })
    .openapi(settingsRoute, async (c) =>
      c.json(await readInboxSettings(reads, c.var.caller.workspaceId), 200),
    )
    .openapi(saveSettingsRoute, async (c) => {
      const settings = c.req.valid("json");
      await saveInboxSettings(resources, c.var.caller, settings);
      return c.json(settings, 200);
    });
}

const counts = z.object({
  open: z.int(),
  mine: z.int().describe("Open, and owned by whoever asks."),
  waiting: z.int(),
  snoozed: z.int(),
  late: z.int().describe("Open, and the reply is overdue."),
  firstReply: z
    .object({ n: z.int(), medianMinutes: z.int().nullable() })
    .describe("From opening to the first reply, of those that went out in the last seven days."),
});

const listRoute = route({
  method: "get",
  path: "/cases",
  summary: "A list of the inbox, and how many there are in each",
  access: mayRead,
  request: {
    query: z.object({
      state: z
        .enum(caseLists)
        .default("open")
        .describe("open and mine: what is due first, first. closed: the last first."),
      cursor: z.string().max(500).optional().describe("`next` of the page before."),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: {
    200: json(z.object({ items: z.array(Case), next: z.string().nullable(), counts }), "One page."),
    ...refusals,
  },
});

const openRoute = route({
  method: "post",
  path: "/cases",
  summary: "Open a case for a customer",
  access: mayWrite,
  request: { body: jsonBody(NewCaseByMember) },
  responses: {
    201: json(CaseDetails, "The case; the one that was opened before, where `id` is known."),
    ...refusals,
  },
});

const readRoute = route({
  method: "get",
  path: "/cases/{id}",
  summary: "A case with its customer, its conversation, and others who say the same",
  access: mayRead,
  request: { params },
  responses: { 200: json(CaseDetails, "The case."), ...refusals },
});

const changeRoute = route({
  method: "patch",
  path: "/cases/{id}",
  summary: "Change the state, the owner or the checklist of a case",
  description: "Each change is kept with who made it. A snoozed case is open again at its time.",
  access: mayWrite,
  request: { params, body: jsonBody(CaseChange) },
  responses: { 200: json(CaseDetails, "As it is now."), ...refusals },
});

const noteRoute = route({
  method: "post",
  path: "/cases/{id}/notes",
  summary: "Write a note that only members see",
  access: { role: "editor" },
  request: {
    params,
    body: jsonBody(
      z.strictObject({
        id: z.uuid("is no UUID").optional().describe("The same twice writes one."),
        text: nameText(5_000),
      }),
    ),
  },
  responses: { 201: json(z.object({ id: z.uuid() }), "Written."), ...refusals },
});

const replyRoute = route({
  method: "post",
  path: "/cases/{id}/replies",
  summary: "Write to the customer of a case",
  description:
    "It is held for eight seconds, in which it can be taken back. The case is in its new state at once, and owes nothing more.",
  access: mayWrite,
  request: { params, body: jsonBody(NewReply) },
  responses: {
    201: json(z.object({ messageId: z.uuid(), sendAfter: z.iso.datetime() }), "It is sent after this time."),
    ...refusals,
  },
});

const takeBackRoute = route({
  method: "delete",
  path: "/cases/{id}/replies/{message}",
  summary: "Take a reply back before it is sent",
  access: mayWrite,
  request: { params: params.extend({ message: z.uuid("is not the id of a reply") }) },
  responses: { 204: { description: "It is not sent, and the case is as it was before." }, ...refusals },
});

const settingsRoute = route({
  method: "get",
  path: "/inbox-settings",
  summary: "Business hours, turns and rules of the inbox",
  access: mayRead,
  responses: {
    200: json(InboxSettings, "The settings; as shipped until somebody changes them."),
    ...refusals,
  },
});

const saveSettingsRoute = route({
  method: "put",
  path: "/inbox-settings",
  summary: "Change business hours, turns and rules of the inbox",
  description: "Cases that are open keep the time they have.",
  access: { role: "admin", scope: "cases:write" },
  request: { body: jsonBody(InboxSettings) },
  responses: { 200: json(InboxSettings, "As they are now."), ...refusals },
});

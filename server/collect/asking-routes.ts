import { z } from "@hono/zod-openapi";
import { errorBody, json, jsonBody, newRouter, route } from "../platform/http/router.ts";
import type { Resources } from "../platform/resources.ts";
import { cancelInvitation } from "./asking/cancel-invitation.ts";
import { closeComplaint } from "./asking/close-complaint.ts";
import { countAudience } from "./asking/count-audience.ts";
import { createInvitation } from "./asking/create-invitation.ts";
import { Forecast, TraitList } from "./asking/forecast.ts";
import { forecastAsking } from "./asking/forecast-asking.ts";
import { Invitation, invitationStates } from "./asking/invitation.ts";
import { invitationFates } from "./asking/invitation-fate.ts";
import { liftBounce } from "./asking/lift-bounce.ts";
import { listInvitations } from "./asking/list-invitations.ts";
import { listSuppressions } from "./asking/list-suppressions.ts";
import { listTraits } from "./asking/list-traits.ts";
import { InvitationMade, NewInvitation, NewTrigger, TriggerOutcome } from "./asking/new-invitation.ts";
import { openComplaint } from "./asking/open-complaint.ts";
import { readInvitation } from "./asking/read-invitation.ts";
import type { Segments } from "./asking/segments.ts";
import { suppressAddress } from "./asking/suppress-address.ts";
import {
  Complaint,
  NewComplaint,
  NewSuppression,
  SuppressedAddress,
  SuppressionFilter,
} from "./asking/suppression.ts";
import { triggerSurveys } from "./asking/trigger-surveys.ts";
import { Audience, SurveySettings } from "./surveys/survey-settings.ts";

const refusals = { "4XX": json(errorBody, "Refused, with the reason.") };
const reading = { role: "viewer", scope: "surveys:read" } as const;
const writing = { role: "editor", scope: "surveys:write" } as const;

/** Stage 1, whom and when to ask: forecasts, invitations, triggers, complaints, addresses never asked. */
export function askingRoutes(resources: Resources, segments: Segments) {
  const { database, clock } = resources;
  const { db, reads, searches } = database;

  return newRouter()
    .openapi(forecastRoute, async (c) => {
      const { workspaceId } = c.get("caller");
      const { id } = c.req.valid("param");
      const { settings } = c.req.valid("json");
      return c.json(
        await forecastAsking(reads, segments, clock, { workspaceId, surveyId: id, settings }),
        200,
      );
    })
    .openapi(sizeRoute, async (c) => {
      const { workspaceId } = c.var.caller;
      const { audience } = c.req.valid("json");
      return c.json({ n: await countAudience(reads, segments, { workspaceId, audience }, clock.now()) }, 200);
    })
    .openapi(traitsRoute, async (c) => c.json(await listTraits(reads, c.var.caller.workspaceId), 200))
    .openapi(inviteRoute, async (c) => {
      const { workspaceId } = c.get("caller");
      return c.json(await createInvitation(resources, workspaceId, c.req.valid("json")), 201);
    })
    .openapi(triggerRoute, async (c) => {
      const { workspaceId } = c.get("caller");
      return c.json(await triggerSurveys(resources, segments, workspaceId, c.req.valid("json")), 201);
    })
    .openapi(listInvitationsRoute, async (c) => {
      const { cursor, limit, ...filter } = c.req.valid("query");
      const { workspaceId } = c.var.caller;
      return c.json(
        await listInvitations(reads, workspaceId, filter, { now: clock.now(), cursor, limit }),
        200,
      );
    })
    .openapi(readInvitationRoute, async (c) => {
      const { id } = c.req.valid("param");
      const { customer } = c.req.valid("query");
      return c.json(await readInvitation(reads, c.var.caller.workspaceId, { customerId: customer, id }), 200);
    })
    .openapi(cancelRoute, async (c) => {
      const { id } = c.req.valid("param");
      const { customer } = c.req.valid("query");
      return c.json(await cancelInvitation(db, c.var.caller.workspaceId, { customerId: customer, id }), 200);
    })
    .openapi(listSuppressionsRoute, async (c) => {
      const { cursor, limit, ...filter } = c.req.valid("query");
      const from = filter.text === undefined ? reads : searches;
      return c.json(await listSuppressions(from, c.var.caller.workspaceId, filter, { cursor, limit }), 200);
    })
    .openapi(suppressRoute, async (c) => {
      const { workspaceId } = c.get("caller");
      const { email, reason } = c.req.valid("json");
      return c.json(await suppressAddress(db, clock, { workspaceId, email, reason, source: "api" }), 201);
    })
    .openapi(liftRoute, async (c) => {
      await liftBounce(db, c.var.caller.workspaceId, c.req.valid("param").address);
      return c.body(null, 204);
    })
    .openapi(complainRoute, async (c) => {
      const { workspaceId } = c.get("caller");
      return c.json(await openComplaint(db, clock, workspaceId, c.req.valid("json")), 201);
    })
    .openapi(closeRoute, async (c) => {
      const { id } = c.req.valid("param");
      const { customer } = c.req.valid("query");
      const { workspaceId } = c.get("caller");
      return c.json(await closeComplaint(db, clock, workspaceId, { customerId: customer, id }), 200);
    });
}

const paging = {
  cursor: z.string().optional().describe("`next` of the page before."),
  limit: z.coerce.number().int().min(1).max(200).default(100),
};

const forecastRoute = route({
  method: "post",
  path: "/surveys/{id}/forecast",
  summary: "Whom these settings would ask: due, held back and why, the next seven days, answers expected",
  access: reading,
  request: {
    params: z.object({ id: z.uuid("is not the id of a survey") }),
    body: jsonBody(z.object({ settings: SurveySettings })),
  },
  responses: { 200: json(Forecast, "As if they were published now."), ...refusals },
});

const sizeRoute = route({
  method: "post",
  path: "/audience/size",
  summary: "How many customers fit an audience",
  access: reading,
  request: { body: jsonBody(z.object({ audience: Audience })) },
  responses: { 200: json(z.object({ n: z.int() }), "Their number."), ...refusals },
});

const traitsRoute = route({
  method: "get",
  path: "/traits",
  summary: "The traits that customers have, with their most frequent values",
  access: reading,
  responses: { 200: json(TraitList, "By name; counted over at most 20,000 customers."), ...refusals },
});

const inviteRoute = route({
  method: "post",
  path: "/invitations",
  summary: "Ask one customer: by e-mail, or with a link that you show",
  description:
    "The survey must be live. Whoever is unsubscribed, has bounced or still rests is not asked: 409 with the reason, and until when. The same `id` twice makes one invitation.",
  access: writing,
  request: { body: jsonBody(NewInvitation) },
  responses: { 201: json(InvitationMade, "Made, or known."), ...refusals },
});

const triggerRoute = route({
  method: "post",
  path: "/triggers",
  summary: "Say that something happened, so that the surveys that wait for it ask",
  access: writing,
  request: { body: jsonBody(NewTrigger) },
  responses: { 201: json(TriggerOutcome, "Which surveys ask, and which do not."), ...refusals },
});

const ofCustomer = {
  params: z.object({ id: z.uuid("is not the id of an invitation") }),
  query: z.object({ customer: z.uuid("is needed: the customerId of the invitation") }),
};

const listInvitationsRoute = route({
  method: "get",
  path: "/invitations",
  summary: "Invitations and what came of them, newest first, by pages",
  access: reading,
  request: {
    query: z.object({
      survey: z.uuid("is not the id of a survey").optional(),
      state: z.enum(invitationStates).optional(),
      fate: z.enum(invitationFates).optional().describe("What became of it."),
      customer: z.uuid("is not the id of a customer").optional(),
      ...paging,
    }),
  },
  responses: {
    200: json(z.object({ items: z.array(Invitation), next: z.string().nullable() }), "One page."),
    ...refusals,
  },
});

const readInvitationRoute = route({
  method: "get",
  path: "/invitations/{id}",
  summary: "One invitation and what came of it",
  access: reading,
  request: ofCustomer,
  responses: { 200: json(Invitation, "The invitation."), ...refusals },
});

const cancelRoute = route({
  method: "post",
  path: "/invitations/{id}/cancel",
  summary: "Send nothing more for an invitation",
  description:
    "What is queued is dropped, and no reminder follows. A mail that went out stays answerable; one that is being sent this moment still goes.",
  access: writing,
  request: ofCustomer,
  responses: { 200: json(Invitation, "As it is now."), ...refusals },
});

const listSuppressionsRoute = route({
  method: "get",
  path: "/suppressions",
  summary: "Addresses that are never asked, newest first, by pages",
  access: reading,
  request: { query: SuppressionFilter.extend(paging) },
  responses: {
    200: json(
      z.object({ items: z.array(SuppressedAddress), next: z.string().nullable(), total: z.int() }),
      "One page, and how many there are in all.",
    ),
    ...refusals,
  },
});

const suppressRoute = route({
  method: "post",
  path: "/suppressions",
  summary: "Unsubscribe an address, for ever",
  access: writing,
  request: { body: jsonBody(NewSuppression) },
  responses: {
    201: json(z.object({ known: z.boolean() }), "On the list; `known` when it was before."),
    ...refusals,
  },
});

const liftRoute = route({
  method: "delete",
  path: "/suppressions/{address}",
  summary: "Write to an address again that had bounced",
  description: "Only bounces can be lifted: whoever unsubscribed or complained is never asked again.",
  access: writing,
  request: { params: z.object({ address: z.string().max(320) }) },
  responses: { 204: { description: "Lifted." }, ...refusals },
});

const complainRoute = route({
  method: "post",
  path: "/complaints",
  summary: "Note that a customer complained, so that they are left in peace",
  access: writing,
  request: { body: jsonBody(NewComplaint) },
  responses: { 201: json(Complaint, "Open."), ...refusals },
});

const closeRoute = route({
  method: "post",
  path: "/complaints/{id}/close",
  summary: "Note that a complaint is settled",
  access: writing,
  request: {
    params: z.object({ id: z.uuid("is not the id of a complaint") }),
    query: z.object({ customer: z.uuid("is needed: the customerId of the complaint") }),
  },
  responses: { 200: json(Complaint, "Closed."), ...refusals },
});

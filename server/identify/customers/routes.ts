import { z } from "@hono/zod-openapi";
import { eraseCustomer } from "../../collect/customers/erase-customer.ts";
import { mergeCustomers } from "../../collect/customers/merge-customers.ts";
import { encodeText } from "../../platform/http/encode-text.ts";
import { errorBody, json, jsonBody, newRouter, route } from "../../platform/http/router.ts";
import type { Resources } from "../../platform/resources.ts";
import { mergeEngagement } from "../engagement/merge-engagement.ts";
import { closeComplaints, CustomerIds, eraseCustomers, unsubscribeCustomers } from "./bulk.ts";
import { Customer, CustomerFilter, ListedCustomer, sorts } from "./customer.ts";
import { exportCustomers } from "./export-customers.ts";
import { listCustomers } from "./list-customers.ts";
import { readCustomer } from "./read-customer.ts";
import { readTimeline } from "./timeline/read-timeline.ts";
import { type OtherSources, timelineGroups, TimelineItem } from "./timeline/timeline.ts";

const refusals = { "4XX": json(errorBody, "Refused, with the reason.") };
const reading = { role: "viewer", scope: "customers:read" } as const;
const writing = { role: "editor", scope: "customers:write" } as const;
const erasing = { role: "admin", scope: "customers:erase" } as const;

/** Stage 2: customers, what is known of each and what happened; merged, unsubscribed, erased. */
export function customersRoutes(resources: Resources, others: OtherSources) {
  const { database, clock } = resources;
  const { reads, searches } = database;

  return newRouter()
    .openapi(listRoute, async (c) => {
      const { cursor, limit, sort, ...filter } = c.req.valid("query");
      const db = filter.text === undefined && filter.segment === undefined ? reads : searches;
      return c.json(
        await listCustomers(db, clock, c.var.caller.workspaceId, { filter, sort, cursor, limit }),
        200,
      );
    })
    .openapi(exportRoute, async (c) => {
      const { ids, ...filter } = c.req.valid("json");
      const pieces = await exportCustomers(searches, clock, c.var.caller.workspaceId, { filter, ids });
      c.header("content-disposition", 'attachment; filename="customers.csv"');
      c.header("content-type", "text/csv; charset=utf-8");
      return c.body(encodeText(pieces), 200);
    })
    .openapi(bulkRoute, async (c) => {
      const { workspaceId } = c.get("caller");
      const { do: what, ids } = c.req.valid("json");
      const run = what === "unsubscribe" ? unsubscribeCustomers : closeComplaints;
      return c.json({ n: await run(resources, { workspaceId, ids }) }, 200);
    })
    .openapi(eraseManyRoute, async (c) => {
      const { workspaceId, personId, apiKeyId } = c.get("caller");
      const { ids } = c.req.valid("json");
      return c.json(
        { n: await eraseCustomers(resources, { workspaceId, ids }, { personId, apiKeyId }) },
        200,
      );
    })
    .openapi(readRoute, async (c) =>
      c.json(await readCustomer(reads, clock, c.var.caller.workspaceId, c.req.valid("param").id), 200),
    )
    .openapi(timelineRoute, async (c) => {
      const { workspaceId } = c.var.caller;
      const { kind: groups, cursor, limit } = c.req.valid("query");
      const own = { workspaceId, id: c.req.valid("param").id };
      return c.json(await readTimeline(reads, { clock, others }, own, { groups, cursor, limit }), 200);
    })
    .openapi(mergeRoute, async (c) => {
      const { workspaceId, personId, apiKeyId } = c.get("caller");
      const order = { workspaceId, from: c.req.valid("json").from, into: c.req.valid("param").id };
      const by = personId
        ? ({ reason: "member", mergedBy: personId } as const)
        : ({ reason: "api", apiKeyId } as const);
      const { customerId, merged } = await mergeCustomers(
        resources,
        { ...order, ...by },
        { mergeEngagement },
      );
      return c.json({ id: customerId, merged }, 200);
    })
    .openapi(eraseRoute, async (c) => {
      const { workspaceId, personId, apiKeyId } = c.get("caller");
      await eraseCustomer(resources, workspaceId, c.req.valid("param").id, { personId, apiKeyId });
      return c.body(null, 204);
    });
}

const params = z.object({ id: z.uuid("is not the id of a customer") });

const listRoute = route({
  method: "get",
  path: "/customers",
  summary: "Customers with where they stand, by pages",
  access: reading,
  request: {
    query: CustomerFilter.extend({
      sort: z
        .enum(sorts)
        .default("newest")
        .describe("active and answered: latest first; change: most below their usual first."),
      cursor: z.string().optional().describe("`next` of the page before, of the same sort."),
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
  },
  responses: {
    200: json(
      z.object({
        items: z.array(ListedCustomer),
        next: z.string().nullable().describe("Cursor of the next page; null on the last."),
        total: z.int(),
        totalIsExact: z.boolean().describe("When false, there are at least so many."),
      }),
      "One page.",
    ),
    ...refusals,
  },
});

const exportRoute = route({
  method: "post",
  path: "/customers/export",
  summary: "Customers as CSV: all that fit a filter, or some of them",
  description: "A cell that a spreadsheet would compute gets an apostrophe before it.",
  access: reading,
  request: { body: jsonBody(CustomerFilter.extend({ ids: CustomerIds.optional() })) },
  responses: {
    200: { description: "The rows.", content: { "text/csv": { schema: z.string() } } },
    ...refusals,
  },
});

const bulkRoute = route({
  method: "post",
  path: "/customers/bulk",
  summary: "Unsubscribe up to 1,000 customers, or close their complaints",
  access: writing,
  request: {
    body: jsonBody(z.object({ do: z.enum(["unsubscribe", "close_complaints"]), ids: CustomerIds })),
  },
  responses: {
    200: json(z.object({ n: z.int() }), "How many have an address, or how many complaints were open."),
    ...refusals,
  },
});

const eraseManyRoute = route({
  method: "post",
  path: "/customers/erase",
  summary: "Erase up to 1,000 customers and everything that is theirs",
  description: "One after the other; sent again after a break, it goes on. There is no way back.",
  access: erasing,
  request: { body: jsonBody(z.object({ ids: CustomerIds })) },
  responses: { 200: json(z.object({ n: z.int() }), "How many were there."), ...refusals },
});

const readRoute = route({
  method: "get",
  path: "/customers/{id}",
  summary: "One customer with all that is known of them",
  description:
    "By the id of a customer who was merged, whom it leads to: the id in the answer is the one of today.",
  access: reading,
  request: { params },
  responses: { 200: json(Customer, "The customer."), ...refusals },
});

const timelineRoute = route({
  method: "get",
  path: "/customers/{id}/timeline",
  summary: "Everything that happened with a customer, newest first, by pages",
  access: reading,
  request: {
    params,
    query: z.object({
      kind: z
        .string()
        .transform((text) => text.split(","))
        .pipe(z.array(z.enum(timelineGroups, `is none of ${timelineGroups.join(", ")}`)))
        .optional()
        .describe("Only these, several with commas."),
      cursor: z.string().optional().describe("`next` of the page before."),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: {
    200: json(z.object({ items: z.array(TimelineItem), next: z.string().nullable() }), "One page."),
    ...refusals,
  },
});

const mergeRoute = route({
  method: "post",
  path: "/customers/{id}/merge",
  summary: "Make another customer one with this one",
  description:
    "Answers, invitations, events, keys and all the rest become this customer's; of each trait the newest word counts. Links in mails that went to the other, and their id, lead here from now on. There is no way back.",
  access: writing,
  request: {
    params,
    body: jsonBody(z.object({ from: z.uuid("is not the id of a customer").describe("Who is gone then.") })),
  },
  responses: {
    200: json(
      z.object({ id: z.uuid(), merged: z.boolean().describe("False when they were one already.") }),
      "Who they are now.",
    ),
    ...refusals,
  },
});

const eraseRoute = route({
  method: "delete",
  path: "/customers/{id}",
  summary: "Erase a customer and everything that is theirs",
  description:
    "Answers leave the counts. Addresses that are never to be asked stay on that list, without the customer. There is no way back.",
  access: erasing,
  request: { params },
  responses: { 204: { description: "Erased." }, ...refusals },
});

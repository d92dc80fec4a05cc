import { z } from "@hono/zod-openapi";
import { eraseCustomer } from "../../collect/customers/erase-customer.ts";
import { mergeCustomers } from "../../collect/customers/merge-customers.ts";
import { errorBody, json, jsonBody, newRouter, route } from "../../platform/http/router.ts";
import type { Resources } from "../../platform/resources.ts";

const refusals = { "4XX": json(errorBody, "Refused, with the reason.") };

/** Stage 2, one customer: merged with another, erased. */
export function customersRoutes(resources: Resources) {
  return newRouter()
    .openapi(mergeRoute, async (c) => {
      const { workspaceId, personId } = c.get("caller");
      const order = { workspaceId, from: c.req.valid("json").from, into: c.req.valid("param").id };
      const by = personId
        ? ({ reason: "member", mergedBy: personId } as const)
        : ({ reason: "api" } as const);
      const { customerId, merged } = await mergeCustomers(resources, { ...order, ...by });
      return c.json({ id: customerId, merged }, 200);
    })
    .openapi(eraseRoute, async (c) => {
      const { workspaceId, personId, apiKeyId } = c.get("caller");
      await eraseCustomer(resources, workspaceId, c.req.valid("param").id, { personId, apiKeyId });
      return c.body(null, 204);
    });
}

const params = z.object({ id: z.uuid("is not the id of a customer") });

const mergeRoute = route({
  method: "post",
  path: "/customers/{id}/merge",
  summary: "Make another customer one with this one",
  description:
    "Answers, invitations, events, keys and all the rest become this customer's; of each trait the newest word counts. Links in mails that went to the other, and their id, lead here from now on. There is no way back.",
  access: { role: "editor", scope: "customers:write" },
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
  access: { role: "admin", scope: "customers:erase" },
  request: { params },
  responses: { 204: { description: "Erased." }, ...refusals },
});

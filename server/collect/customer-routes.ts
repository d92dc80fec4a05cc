import { z } from "@hono/zod-openapi";
import { errorBody, json, jsonBody, newRouter, route } from "../platform/http/router.ts";
import type { Resources } from "../platform/resources.ts";
import { AskedCustomer } from "./asking/new-invitation.ts";
import { storeCustomers } from "./store-customers.ts";

/** Stage 1, whom to ask: customers who have not answered anything yet. */
export function customerRoutes(resources: Resources) {
  return newRouter().openapi(storeRoute, async (c) => {
    const { customers } = c.req.valid("json");
    return c.json({ ids: await storeCustomers(resources, c.get("caller").workspaceId, customers) }, 201);
  });
}

const storeRoute = route({
  method: "post",
  path: "/customers",
  summary: "Store up to 1,000 customers",
  description:
    "Each is found by id, e-mail or phone, else made; traits are merged into those there are. All are stored or none; sent twice, they are there once.",
  access: { role: "editor", scope: "customers:write" },
  request: {
    body: jsonBody(
      z.object({
        customers: z
          .array(AskedCustomer)
          .min(1, "no customers were sent")
          .max(1_000, "at most 1,000 customers at a time"),
      }),
    ),
  },
  responses: {
    201: json(z.object({ ids: z.array(z.uuid()) }), "Stored; their ids in the order given."),
    "4XX": json(errorBody, "Refused, with the reason."),
  },
});

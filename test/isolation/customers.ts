import { type Row, v1 } from "./row.ts";

/** Customers: found, merged, erased. */
export const customersRows: Record<string, Row> = {
  "POST /api/v1/customers": {
    access: { role: "editor", scope: "customers:write" },
    ok: 201,
    ask: () => ({ path: `${v1}/customers`, body: { customers: [{ email: "ada@customers.example" }] } }),
  },
  "GET /api/v1/customers": {
    access: { role: "viewer", scope: "customers:read" },
    ok: 200,
    ask: () => ({ path: `${v1}/customers?who=all` }),
    foreign: (other) => [{ path: `${v1}/customers?segment=${other.ids.segment}` }],
  },
  "POST /api/v1/customers/export": {
    access: { role: "viewer", scope: "customers:read" },
    ok: 200,
    ask: () => ({ path: `${v1}/customers/export`, body: {} }),
    foreign: (other) => [{ path: `${v1}/customers/export`, body: { segment: other.ids.segment } }],
  },
  "POST /api/v1/customers/bulk": {
    access: { role: "editor", scope: "customers:write" },
    ok: 200,
    ask: async (own) => ({
      path: `${v1}/customers/bulk`,
      body: { do: "close_complaints", ids: [await own.newCustomerId()] },
    }),
    foreign: (other) => [
      { path: `${v1}/customers/bulk`, body: { do: "close_complaints", ids: [other.ids.complains] } },
      { path: `${v1}/customers/bulk`, body: { do: "unsubscribe", ids: [other.ids.asked] } },
    ],
  },
  "POST /api/v1/customers/erase": {
    access: { role: "admin", scope: "customers:erase" },
    ok: 200,
    ask: async (own) => ({ path: `${v1}/customers/erase`, body: { ids: [await own.newCustomerId()] } }),
    foreign: (other) => [{ path: `${v1}/customers/erase`, body: { ids: [other.ids.customer] } }],
  },
  "GET /api/v1/customers/:id": {
    access: { role: "viewer", scope: "customers:read" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/customers/${own.ids.customer}` }),
    foreign: (other) => [{ path: `${v1}/customers/${other.ids.customer}` }],
  },
  "GET /api/v1/customers/:id/timeline": {
    access: { role: "viewer", scope: "customers:read" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/customers/${own.ids.customer}/timeline` }),
    foreign: (other) => [{ path: `${v1}/customers/${other.ids.customer}/timeline` }],
  },
  "POST /api/v1/customers/:id/merge": {
    access: { role: "editor", scope: "customers:write" },
    ok: 200,
    ask: async (own) => ({
      path: `${v1}/customers/${await own.newCustomerId()}/merge`,
      body: { from: await own.newCustomerId() },
    }),
    foreign: (other, own) => [
      { path: `${v1}/customers/${other.ids.customer}/merge`, body: { from: own.ids.customer } },
      { path: `${v1}/customers/${own.ids.customer}/merge`, body: { from: other.ids.customer } },
    ],
  },
  "DELETE /api/v1/customers/:id": {
    access: { role: "admin", scope: "customers:erase" },
    ok: 204,
    ask: async (own) => ({ path: `${v1}/customers/${await own.newCustomerId()}` }),
    foreign: (other) => [{ path: `${v1}/customers/${other.ids.customer}` }],
  },
};

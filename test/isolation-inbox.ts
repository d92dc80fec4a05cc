import { standardInbox } from "../server/act/inbox/inbox-settings.ts";
import type { Row } from "./isolation-table.ts";

const v1 = "/api/v1";
const mayRead = { role: "viewer", scope: "cases:read" } as const;
const mayWrite = { role: "editor", scope: "cases:write" } as const;

/** Routes of the inbox, with who may use them. */
export const inboxRows: Record<string, Row> = {
  "GET /api/v1/cases": { access: mayRead, ok: 200, ask: () => ({ path: `${v1}/cases` }) },
  "POST /api/v1/cases": {
    access: mayWrite,
    ok: 201,
    ask: (own) => ({ path: `${v1}/cases`, body: { customerId: own.ids.customer, title: "Call them" } }),
    foreign: (other, own) => [
      { path: `${v1}/cases`, body: { customerId: other.ids.customer, title: "theirs" } },
      {
        path: `${v1}/cases`,
        body: { customerId: own.ids.customer, title: "for them", ownerId: other.ids.owner },
      },
    ],
  },
  "GET /api/v1/cases/:id": {
    access: mayRead,
    ok: 200,
    ask: (own) => ({ path: `${v1}/cases/${own.ids.case}` }),
    foreign: (other) => [{ path: `${v1}/cases/${other.ids.case}` }],
  },
  "PATCH /api/v1/cases/:id": {
    access: mayWrite,
    ok: 200,
    ask: (own) => ({ path: `${v1}/cases/${own.ids.case}`, body: { state: "waiting" } }),
    foreign: (other, own) => [
      { path: `${v1}/cases/${other.ids.case}`, body: { state: "closed" } },
      { path: `${v1}/cases/${own.ids.case}`, body: { ownerId: other.ids.owner } },
    ],
  },
  "POST /api/v1/cases/:id/notes": {
    access: { role: "editor" },
    ok: 201,
    ask: (own) => ({ path: `${v1}/cases/${own.ids.case}/notes`, body: { text: "Called." } }),
    foreign: (other) => [{ path: `${v1}/cases/${other.ids.case}/notes`, body: { text: "ours" } }],
  },
  "GET /api/v1/inbox-settings": {
    access: mayRead,
    ok: 200,
    ask: () => ({ path: `${v1}/inbox-settings` }),
  },
  "PUT /api/v1/inbox-settings": {
    access: { role: "admin", scope: "cases:write" },
    ok: 200,
    ask: () => ({ path: `${v1}/inbox-settings`, body: standardInbox }),
    foreign: (other) => [
      { path: `${v1}/inbox-settings`, body: { ...standardInbox, turn: [other.ids.owner] } },
    ],
  },
};

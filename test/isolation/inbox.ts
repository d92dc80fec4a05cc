import { standardInbox } from "../../server/act/inbox/inbox-settings.ts";
import { type Row, v1 } from "./row.ts";

const mayRead = { role: "viewer", scope: "cases:read" } as const;
const mayWrite = { role: "editor", scope: "cases:write" } as const;

const mayTell = { role: "admin", scope: "webhooks:write" } as const;
const receivers = `${v1}/receivers`;
const newReceiver = { kind: "email", name: "Support", address: "support@x.example", events: [] };

/** Routes of the inbox and its alerts, with who may use them. */
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
  "GET /api/v1/receivers": {
    access: { role: "viewer", scope: "webhooks:write" },
    ok: 200,
    ask: () => ({ path: receivers }),
  },
  "POST /api/v1/receivers": {
    access: mayTell,
    ok: 201,
    ask: async (own) => {
      await own.forgetWebhooks();
      return { path: receivers, body: newReceiver };
    },
  },
  "PATCH /api/v1/receivers/:id": {
    access: mayTell,
    ok: 204,
    ask: async (own) => ({ path: `${receivers}/${await own.newReceiverId()}`, body: { name: "x" } }),
    foreign: (other) => [{ path: `${receivers}/${other.ids.receiver}`, body: { state: "paused" } }],
  },
  "DELETE /api/v1/receivers/:id": {
    access: mayTell,
    ok: 204,
    ask: async (own) => ({ path: `${receivers}/${await own.newReceiverId()}` }),
    foreign: (other) => [{ path: `${receivers}/${other.ids.receiver}` }],
  },
  "POST /api/v1/receivers/:id/test": {
    access: mayTell,
    ok: 202,
    ask: async (own) => ({ path: `${receivers}/${await own.newReceiverId()}/test` }),
    foreign: (other) => [{ path: `${receivers}/${other.ids.receiver}/test` }],
  },
  "GET /api/v1/receivers/:id/deliveries": {
    access: mayTell,
    ok: 200,
    ask: async (own) => ({ path: `${receivers}/${await own.newReceiverId()}/deliveries` }),
    foreign: (other) => [{ path: `${receivers}/${other.ids.receiver}/deliveries` }],
  },
  "POST /api/v1/receivers/:id/deliveries/:delivery/replay": {
    access: mayTell,
    ok: 202,
    ask: async (own) => {
      const id = await own.newReceiverId();
      return { path: `${receivers}/${id}/deliveries/${await own.newDeliveryId(id)}/replay` };
    },
    foreign: (other) => [{ path: `${receivers}/${other.ids.receiver}/deliveries/${other.ids.case}/replay` }],
  },
  "POST /api/v1/cases/:id/replies": {
    access: mayWrite,
    ok: 201,
    ask: (own) => ({ path: `${v1}/cases/${own.ids.case}/replies`, body: reply() }),
    foreign: (other) => [{ path: `${v1}/cases/${other.ids.case}/replies`, body: reply() }],
  },
  "DELETE /api/v1/cases/:id/replies/:message": {
    access: mayWrite,
    ok: 204,
    ask: async (own) => {
      const id = own.ids.case;
      const made = await own.key.fetch("POST", `${v1}/cases/${id}/replies`, reply());
      const { messageId } = (await made.json()) as { messageId: string };
      return { path: `${v1}/cases/${id}/replies/${messageId}` };
    },
    foreign: (other) => [{ path: `${v1}/cases/${other.ids.case}/replies/${other.ids.case}` }],
  },
  // Without its token nobody takes mail.
  "POST /api/v1/mail/incoming/:token": {
    access: "public",
    ok: 404,
    ask: () => ({ path: `${v1}/mail/incoming/nothing`, body: "From: a@x.example\n\nhello" }),
  },
  "GET /api/v1/digest": { access: { role: "viewer" }, ok: 200, ask: () => ({ path: `${v1}/digest` }) },
  "PUT /api/v1/digest": {
    access: { role: "viewer" },
    ok: 200,
    ask: () => ({ path: `${v1}/digest`, body: { rhythm: "weekly" } }),
  },
};

function reply() {
  return { id: crypto.randomUUID(), subject: "Your answer", text: "Thank you." };
}

import type { Access } from "../../server/platform/http/router.ts";
import { nobody, type Row, v1 } from "./row.ts";

const webhookAccess: Access = { role: "admin", scope: "webhooks:write" };
const newWebhook = { name: "w", url: "https://example.com/", events: ["response.recorded"] };

/** Webhooks and what was delivered to them. */
export const webhookRows: Record<string, Row> = {
  "GET /api/v1/webhooks": { access: webhookAccess, ok: 200, ask: () => ({ path: `${v1}/webhooks` }) },
  "POST /api/v1/webhooks": {
    access: webhookAccess,
    ok: 201,
    // Of those that were made before, so that many callers do not make more than a workspace has.
    ask: async (own) => {
      await own.forgetWebhooks();
      return { path: `${v1}/webhooks`, body: newWebhook };
    },
  },
  "PATCH /api/v1/webhooks/:id": {
    access: webhookAccess,
    ok: 204,
    ask: async (own) => ({ path: `${v1}/webhooks/${await own.newWebhookId()}`, body: { name: "x" } }),
    foreign: (other) => [{ path: `${v1}/webhooks/${other.ids.webhook}`, body: { name: "x" } }],
  },
  "DELETE /api/v1/webhooks/:id": {
    access: webhookAccess,
    ok: 204,
    ask: async (own) => ({ path: `${v1}/webhooks/${await own.newWebhookId()}` }),
    foreign: (other) => [{ path: `${v1}/webhooks/${other.ids.webhook}` }],
  },
  "POST /api/v1/webhooks/:id/secret": {
    access: webhookAccess,
    ok: 201,
    ask: async (own) => ({ path: `${v1}/webhooks/${await own.newWebhookId()}/secret`, body: {} }),
    foreign: (other) => [{ path: `${v1}/webhooks/${other.ids.webhook}/secret`, body: {} }],
  },
  "POST /api/v1/webhooks/:id/test": {
    access: webhookAccess,
    ok: 202,
    ask: async (own) => ({ path: `${v1}/webhooks/${await own.newWebhookId()}/test`, body: {} }),
    foreign: (other) => [{ path: `${v1}/webhooks/${other.ids.webhook}/test`, body: {} }],
  },
  "GET /api/v1/webhooks/:id/deliveries": {
    access: webhookAccess,
    ok: 200,
    ask: async (own) => ({ path: `${v1}/webhooks/${await own.newWebhookId()}/deliveries` }),
    foreign: (other) => [{ path: `${v1}/webhooks/${other.ids.webhook}/deliveries` }],
  },
  "POST /api/v1/webhooks/:id/deliveries/:delivery/replay": {
    access: webhookAccess,
    ok: 202,
    ask: async (own) => ({
      path: `${v1}/webhooks/${await own.newWebhookId()}/deliveries/${await own.newDeliveryId()}/replay`,
      body: {},
    }),
    foreign: (other) => [
      { path: `${v1}/webhooks/${other.ids.webhook}/deliveries/${nobody}/replay`, body: {} },
    ],
  },
};

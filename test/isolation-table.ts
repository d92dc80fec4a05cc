import { buildWidgetWhenStale } from "../server/cli/build-web.ts";
import { newContent } from "../server/collect/surveys/new-content.ts";
import { newDefinition } from "../server/act/plays/play-definition.ts";
import { standardSettings } from "../server/collect/surveys/survey-settings.ts";
import type { Access } from "../server/platform/http/router.ts";
import type { Company } from "./isolation-company.ts";
import { giftRows } from "./isolation-gifts.ts";
import { inboxRows } from "./isolation-inbox.ts";

/** One request; a text is sent as it is, any other body as JSON. */
export interface Ask {
  path: string;
  body?: unknown;
}

export interface Row {
  /** Who may use the route: the route itself must say the same. */
  access: Access;
  /** Status for whoever may use it. */
  ok: number;
  /** A good request with ids of the caller's own workspace; may make what it needs first. */
  ask: (own: Company) => Ask | Promise<Ask>;
  /** Requests with ids of another workspace, each answered as if the id did not exist. */
  foreign?: (other: Company, own: Company) => Ask[];
}

const v1 = "/api/v1";
const mapping = { score: 1, email: 0, noAnswer: [], traits: [] };
/** An id that no row has. */
export const nobody = "00000000-0000-7000-8000-000000000000";

const widgetAnswer = { nonce: "0123456789abcdef", version: 1, score: 7 };

const mailDraft = { content: newContent("Acme", "en"), settings: standardSettings, language: "en" };

const years = "from=2025-01-01..2025-12-31&to=2026-01-01..2026-12-31";

const anyFilter = { kind: "answered", is: "at_least", value: 1 };
const segmentFilter = (segment: string) => ({ kind: "segment", is: "in", segment });

/** An ask of somebody who was never asked before. */
const newAsk = (surveyId: string) => ({
  surveyId,
  customer: { email: `${crypto.randomUUID()}@x.example` },
  channel: "api",
});

const readsPlays: Access = { role: "viewer", scope: "plays:read" };
const writesPlays: Access = { role: "editor", scope: "plays:write" };
const playDraft = () => ({ name: "p", definition: newDefinition(9) });
const playRows: Record<string, Row> = {
  "GET /api/v1/plays": { access: readsPlays, ok: 200, ask: () => ({ path: `${v1}/plays` }) },
  "POST /api/v1/plays": {
    access: writesPlays,
    ok: 201,
    ask: () => ({ path: `${v1}/plays`, body: { name: "p" } }),
  },
  "GET /api/v1/plays/:id": {
    access: readsPlays,
    ok: 200,
    ask: (own) => ({ path: `${v1}/plays/${own.ids.play}` }),
    foreign: (other) => [{ path: `${v1}/plays/${other.ids.play}` }],
  },
  "PUT /api/v1/plays/:id/draft": {
    access: writesPlays,
    ok: 200,
    // What it names of others is a problem of the draft, as what is not there.
    ask: (own) => ({ path: `${v1}/plays/${own.ids.play}/draft`, body: playDraft() }),
    foreign: (other) => [{ path: `${v1}/plays/${other.ids.play}/draft`, body: playDraft() }],
  },
  "POST /api/v1/plays/:id/publish": {
    access: writesPlays,
    ok: 200,
    ask: async (own) => ({ path: `${v1}/plays/${await own.newLivePlayId()}/publish`, body: {} }),
    foreign: (other) => [{ path: `${v1}/plays/${other.ids.play}/publish`, body: {} }],
  },
  "POST /api/v1/plays/:id/state": {
    access: writesPlays,
    ok: 200,
    ask: async (own) => ({
      path: `${v1}/plays/${await own.newLivePlayId()}/state`,
      body: { state: "paused" },
    }),
    foreign: (other) => [{ path: `${v1}/plays/${other.ids.play}/state`, body: { state: "paused" } }],
  },
  "DELETE /api/v1/plays/:id": {
    access: writesPlays,
    ok: 204,
    ask: async (own) => ({ path: `${v1}/plays/${await own.newPlayId()}` }),
    foreign: (other) => [{ path: `${v1}/plays/${other.ids.play}` }],
  },
  "POST /api/v1/plays/:id/dry-run": {
    access: readsPlays,
    ok: 200,
    ask: (own) => ({ path: `${v1}/plays/${own.ids.play}/dry-run`, body: {} }),
    foreign: (other) => [{ path: `${v1}/plays/${other.ids.play}/dry-run`, body: {} }],
  },
  "POST /api/v1/plays/:id/preview": {
    access: readsPlays,
    ok: 200,
    ask: async (own) => ({
      path: `${v1}/plays/${await own.newTaskPlayId()}/preview`,
      body: { step: "task", customerId: own.ids.customer },
    }),
    foreign: (other, own) => [
      { path: `${v1}/plays/${other.ids.play}/preview`, body: { step: "task", customerId: own.ids.customer } },
      { path: `${v1}/plays/${own.ids.play}/preview`, body: { step: "task", customerId: other.ids.customer } },
    ],
  },
  "GET /api/v1/play-templates": {
    access: readsPlays,
    ok: 200,
    ask: () => ({ path: `${v1}/play-templates` }),
  },
  "GET /api/v1/plays/:id/enrolments": {
    access: readsPlays,
    ok: 200,
    ask: (own) => ({ path: `${v1}/plays/${own.ids.play}/enrolments` }),
    foreign: (other) => [{ path: `${v1}/plays/${other.ids.play}/enrolments` }],
  },
  "GET /api/v1/act-settings": {
    access: readsPlays,
    ok: 200,
    ask: () => ({ path: `${v1}/act-settings` }),
  },
  "PUT /api/v1/act-settings": {
    access: { role: "admin", scope: "plays:write" },
    ok: 200,
    ask: () => ({ path: `${v1}/act-settings`, body: { permanentHoldout: 0.05 } }),
  },
  "GET /api/v1/audit-log": { access: { role: "admin" }, ok: 200, ask: () => ({ path: `${v1}/audit-log` }) },
};

const webhookAccess: Access = { role: "admin", scope: "webhooks:write" };
const newWebhook = { name: "w", url: "https://example.com/", events: ["response.recorded"] };
const webhookRows: Record<string, Row> = {
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

/** Messages in the name of the workspace whose write key they carry, whoever else is signed in. */
const trackingRows = Object.fromEntries(
  [
    "batch",
    "import",
    "b",
    "identify",
    "i",
    "track",
    "t",
    "page",
    "p",
    "screen",
    "s",
    "group",
    "g",
    "alias",
    "a",
  ].map((name): [string, Row] => {
    const message = { userId: "same-id", event: "Login", groupId: "same", previousId: "before" };
    const isBatch = ["batch", "import", "b"].includes(name);
    const sent = isBatch ? { batch: [{ ...message, type: "track" }] } : message;
    return [
      `POST /v1/${name}`,
      {
        access: "write-key",
        ok: 200,
        ask: (own) => ({ path: `/v1/${name}`, body: { ...sent, writeKey: own.writeKey } }),
      },
    ];
  }),
);

/** Every route of the real app. A route without a row, or a row without a route, fails isolation.test.ts. */
export const table: Record<string, Row> = {
  "GET /api/v1/results": {
    access: { role: "viewer", scope: "results:read" },
    ok: 200,
    ask: () => ({ path: `${v1}/results` }),
  },
  "GET /api/v1/plays/:id/result": {
    access: { role: "viewer", scope: "results:read" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/plays/${own.ids.publishedPlay}/result` }),
    foreign: (other) => [{ path: `${v1}/plays/${other.ids.publishedPlay}/result` }],
  },
  "POST /api/v1/plays/:id/decision": {
    access: { role: "editor", scope: "plays:write" },
    ok: 204,
    ask: (own) => ({ path: `${v1}/plays/${own.ids.publishedPlay}/decision`, body: { decision: "keep" } }),
    foreign: (other) => [
      { path: `${v1}/plays/${other.ids.publishedPlay}/decision`, body: { decision: "stop" } },
    ],
  },
  "GET /healthz": { access: "public", ok: 200, ask: () => ({ path: "/healthz" }) },
  "GET /readyz": { access: "public", ok: 200, ask: () => ({ path: "/readyz" }) },
  // By network address or token, not by session: health.test.ts.
  "GET /metrics": { access: "public", ok: 403, ask: () => ({ path: "/metrics" }) },
  "GET /*": { access: "public", ok: 404, ask: () => ({ path: "/assets/none.js" }) },
  "GET /api/v1/openapi.json": { access: "public", ok: 200, ask: () => ({ path: `${v1}/openapi.json` }) },

  // Respondents: a token or a survey's public link is all that is needed, and answering.test.ts says what it opens.
  "GET /r/:token": { access: "public", ok: 404, ask: () => ({ path: "/r/wrong" }) },
  "GET /r/:token/more": { access: "public", ok: 404, ask: () => ({ path: "/r/wrong/more" }) },
  "GET /r/:token/:score": {
    access: "public",
    ok: 404,
    ask: () => ({ path: "/r/wrong/8" }),
    foreign: () => [{ path: "/r/wrong/8" }],
  },
  "POST /r/:token": { access: "public", ok: 404, ask: () => ({ path: "/r/wrong", body: { score: 8 } }) },
  "GET /s/:survey": {
    access: "public",
    ok: 404,
    ask: () => ({ path: `/s/${nobody}` }),
    // Everybody may open the page of a survey whose link they know.
    foreign: () => [{ path: `/s/${nobody}` }],
  },
  "GET /s/:survey/:score": {
    access: "public",
    ok: 404,
    ask: () => ({ path: `/s/${nobody}/8` }),
    foreign: () => [{ path: `/s/${nobody}/8` }],
  },
  "POST /s/:survey": {
    access: "public",
    ok: 404,
    ask: () => ({ path: `/s/${nobody}`, body: { score: 8 } }),
    foreign: () => [{ path: `/s/${nobody}`, body: { score: 8 } }],
  },
  "GET /u/:token": { access: "public", ok: 404, ask: () => ({ path: "/u/wrong" }) },
  "POST /u/:token": { access: "public", ok: 404, ask: () => ({ path: "/u/wrong" }) },
  "GET /r.css": { access: "public", ok: 200, ask: () => ({ path: "/r.css" }) },
  "GET /r.js": { access: "public", ok: 200, ask: () => ({ path: "/r.js" }) },
  "GET /r.woff2": { access: "public", ok: 200, ask: () => ({ path: "/r.woff2" }) },
  "GET /api/v1/surveys/:id/link": {
    access: { role: "viewer", scope: "surveys:read" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/surveys/${own.ids.survey}/link` }),
    foreign: (other) => [{ path: `${v1}/surveys/${other.ids.survey}/link` }],
  },
  "POST /api/v1/surveys/:id/links": {
    access: { role: "editor", scope: "surveys:write" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/surveys/${own.ids.survey}/links`, body: { customer: { id: "42" } } }),
    foreign: (other) => [
      { path: `${v1}/surveys/${other.ids.survey}/links`, body: { customer: { id: "42" } } },
    ],
  },
  "GET /api/v1/surveys/:id/set-asides": {
    access: { role: "viewer", scope: "surveys:read" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/surveys/${own.ids.survey}/set-asides` }),
    foreign: (other) => [{ path: `${v1}/surveys/${other.ids.survey}/set-asides?limit=9` }],
  },

  // The mails of surveys. Events come from mail servers and providers, told apart by signatures: event-routes.test.ts.
  "POST /api/v1/surveys/:id/preview": {
    access: { role: "viewer", scope: "surveys:read" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/surveys/${own.ids.survey}/preview`, body: mailDraft }),
    foreign: (other) => [{ path: `${v1}/surveys/${other.ids.survey}/preview`, body: mailDraft }],
  },
  "POST /api/v1/surveys/:id/test-mail": {
    access: { role: "editor" },
    ok: 202,
    ask: (own) => ({ path: `${v1}/surveys/${own.ids.survey}/test-mail`, body: {} }),
    foreign: (other) => [{ path: `${v1}/surveys/${other.ids.survey}/test-mail`, body: {} }],
  },
  ...Object.fromEntries(
    ["ses", "sendgrid", "postmark", "mailgun", "dsn"].map((source) => [
      `POST ${v1}/mail-events/${source}`,
      { access: "public", ok: 404, ask: () => ({ path: `${v1}/mail-events/${source}`, body: {} }) } as const,
    ]),
  ),

  // The widget: on pages of any origin, by the id of a survey that asks there; this one does not. widget-routes.test.ts
  "GET /widget.js": {
    access: "public",
    ok: 200,
    ask: async () => {
      await buildWidgetWhenStale();
      return { path: "/widget.js" };
    },
  },
  "GET /api/widget/:id": {
    access: "public",
    ok: 404,
    ask: (own) => ({ path: `/api/widget/${own.ids.survey}` }),
    foreign: (other) => [{ path: `/api/widget/${other.ids.survey}` }],
  },
  "POST /api/widget/:id": {
    access: "public",
    ok: 404,
    ask: (own) => ({ path: `/api/widget/${own.ids.survey}`, body: widgetAnswer }),
    foreign: (other) => [{ path: `/api/widget/${other.ids.survey}`, body: widgetAnswer }],
  },
  "POST /api/widget/:id/may-ask": {
    access: "public",
    ok: 404,
    ask: (own) => ({ path: `/api/widget/${own.ids.survey}/may-ask`, body: { customer: { id: "1" } } }),
    foreign: (other) => [
      { path: `/api/widget/${other.ids.survey}/may-ask`, body: { customer: { id: "1" } } },
    ],
  },
  "GET /api/v1/surveys/:id/widget": {
    access: { role: "editor", scope: "surveys:write" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/surveys/${own.ids.survey}/widget` }),
    foreign: (other) => [{ path: `${v1}/surveys/${other.ids.survey}/widget` }],
  },

  "POST /api/auth/sign-in/email": {
    access: "public",
    ok: 401,
    ask: () => ({ path: "/api/auth/sign-in/email", body: { email: "no@no.example", password: "wrong one" } }),
  },
  "POST /api/auth/sign-out": { access: "public", ok: 200, ask: () => ({ path: "/api/auth/sign-out" }) },
  "POST /api/auth/request-password-reset": {
    access: "public",
    ok: 200,
    ask: () => ({ path: "/api/auth/request-password-reset", body: { email: "no@no.example" } }),
  },
  "POST /api/auth/reset-password": {
    access: "public",
    ok: 422,
    ask: () => ({ path: "/api/auth/reset-password", body: { token: "wrong", newPassword: "long enough" } }),
  },
  "POST /api/auth/change-password": {
    access: "signed-in",
    ok: 422,
    ask: () => ({
      path: "/api/auth/change-password",
      body: { currentPassword: "wrong one", newPassword: "long enough" },
    }),
  },

  "GET /api/v1/session": { access: "public", ok: 200, ask: () => ({ path: `${v1}/session` }) },
  "POST /api/v1/first-run/own": {
    access: "public",
    ok: 409,
    ask: () => ({
      path: `${v1}/first-run/own`,
      body: { name: "Eve", email: "eve@evil.example", password: "long enough", workspaceName: "Evil" },
    }),
  },
  "POST /api/v1/first-run/sample": {
    access: "public",
    ok: 409,
    ask: () => ({ path: `${v1}/first-run/sample`, body: {} }),
  },
  "GET /api/v1/workspace": { access: { role: "viewer" }, ok: 200, ask: () => ({ path: `${v1}/workspace` }) },
  "PATCH /api/v1/workspace": {
    access: { role: "admin" },
    ok: 200,
    ask: () => ({ path: `${v1}/workspace`, body: { timeZone: "Europe/Berlin" } }),
  },
  "DELETE /api/v1/workspace": {
    access: { role: "owner" },
    ok: 204,
    ask: () => ({ path: `${v1}/workspace` }),
  },
  "POST /api/v1/workspaces": {
    access: "signed-in",
    ok: 201,
    ask: () => ({ path: `${v1}/workspaces`, body: { name: "Another" } }),
  },

  "GET /api/v1/members": { access: { role: "viewer" }, ok: 200, ask: () => ({ path: `${v1}/members` }) },
  "PATCH /api/v1/members/:id": {
    access: { role: "admin" },
    ok: 204,
    ask: async (own) => ({ path: `${v1}/members/${await own.newMemberId()}`, body: { role: "editor" } }),
    foreign: (other) => [{ path: `${v1}/members/${other.ids.member}`, body: { role: "viewer" } }],
  },
  "DELETE /api/v1/members/:id": {
    // Anybody may end their own membership; others' only admins, which the verb decides: members.test.ts.
    access: { role: "viewer" },
    ok: 404,
    ask: () => ({ path: `${v1}/members/${nobody}` }),
    foreign: (other) => [{ path: `${v1}/members/${other.ids.member}` }],
  },
  "GET /api/v1/member-invitations": {
    access: { role: "admin" },
    ok: 200,
    ask: () => ({ path: `${v1}/member-invitations` }),
  },
  "POST /api/v1/member-invitations": {
    access: { role: "admin" },
    ok: 201,
    ask: () => ({ path: `${v1}/member-invitations`, body: { email: "new@own.example", role: "viewer" } }),
  },
  "DELETE /api/v1/member-invitations/:id": {
    access: { role: "admin" },
    ok: 204,
    ask: async (own) => ({ path: `${v1}/member-invitations/${await own.newInvitationId()}` }),
    foreign: (other) => [{ path: `${v1}/member-invitations/${other.ids.invitation}` }],
  },
  "GET /api/v1/member-invitations/by-token/:token": {
    access: "public",
    ok: 404,
    ask: () => ({ path: `${v1}/member-invitations/by-token/wrong` }),
  },
  "POST /api/v1/member-invitations/by-token/:token/accept": {
    access: "public",
    ok: 404,
    ask: () => ({
      path: `${v1}/member-invitations/by-token/wrong/accept`,
      body: { name: "Eve", password: "long enough" },
    }),
  },
  "GET /api/v1/api-keys": { access: { role: "admin" }, ok: 200, ask: () => ({ path: `${v1}/api-keys` }) },
  "POST /api/v1/api-keys": {
    access: { role: "admin" },
    ok: 201,
    ask: () => ({ path: `${v1}/api-keys`, body: { name: "k", scopes: ["score:read"] } }),
  },
  "DELETE /api/v1/api-keys/:id": {
    access: { role: "admin" },
    ok: 204,
    ask: async (own) => ({ path: `${v1}/api-keys/${await own.newKeyId()}` }),
    foreign: (other) => [{ path: `${v1}/api-keys/${other.ids.key}` }],
  },
  "GET /api/v1/write-keys": { access: { role: "admin" }, ok: 200, ask: () => ({ path: `${v1}/write-keys` }) },
  "POST /api/v1/write-keys": {
    access: { role: "admin" },
    ok: 201,
    ask: () => ({ path: `${v1}/write-keys`, body: { name: "w", trusted: false } }),
  },
  "DELETE /api/v1/write-keys/:id": {
    access: { role: "admin" },
    ok: 204,
    ask: async (own) => ({ path: `${v1}/write-keys/${await own.newWriteKeyId()}` }),
    foreign: (other) => [{ path: `${v1}/write-keys/${other.ids.writeKey}` }],
  },
  "GET /api/v1/events": {
    access: { role: "viewer", scope: "customers:read" },
    ok: 200,
    ask: () => ({ path: `${v1}/events` }),
  },
  "GET /api/v1/event-names": {
    access: { role: "viewer", scope: "customers:read" },
    ok: 200,
    ask: () => ({ path: `${v1}/event-names` }),
  },
  "GET /api/v1/event-errors": {
    access: { role: "viewer", scope: "customers:read" },
    ok: 200,
    ask: () => ({ path: `${v1}/event-errors` }),
  },
  ...playRows,
  ...webhookRows,
  ...giftRows,
  ...inboxRows,
  ...trackingRows,
  // The key of a page is in its source; what it opens is where its messages go.
  "GET /v1/projects/:key/settings": {
    access: "public",
    ok: 200,
    ask: (own) => ({ path: `/v1/projects/${own.writeKey}/settings` }),
    foreign: (other) => [{ path: `/v1/projects/${other.ids.writeKey}/settings` }],
  },
  "GET /api/v1/outbox": { access: { role: "owner" }, ok: 200, ask: () => ({ path: `${v1}/outbox` }) },
  "GET /api/v1/outbox/:id": {
    access: { role: "owner" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/outbox/${own.ids.mail}` }),
    foreign: (other) => [{ path: `${v1}/outbox/${other.ids.mail}` }],
  },

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
  "GET /api/v1/customers/:id/engagement": {
    access: { role: "viewer", scope: "customers:read" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/customers/${own.ids.customer}/engagement` }),
    foreign: (other) => [{ path: `${v1}/customers/${other.ids.customer}/engagement` }],
  },
  "GET /api/v1/engagement": {
    access: { role: "viewer", scope: "passives:read" },
    ok: 200,
    ask: () => ({ path: `${v1}/engagement` }),
  },
  "PATCH /api/v1/event-names/:name": {
    access: { role: "editor" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/event-names/${own.eventName}`, body: { countsAs: "feature" } }),
    foreign: (other) => [{ path: `${v1}/event-names/${other.eventName}`, body: { countsAs: "nothing" } }],
  },
  "GET /api/v1/surveys": {
    access: { role: "viewer", scope: ["surveys:read", "responses:read"] },
    ok: 200,
    ask: () => ({ path: `${v1}/surveys` }),
  },
  "POST /api/v1/surveys": {
    access: { role: "editor", scope: "surveys:write" },
    ok: 201,
    ask: (own) => ({ path: `${v1}/surveys`, body: { name: "Another", copyOf: own.ids.survey } }),
    foreign: (other) => [{ path: `${v1}/surveys`, body: { name: "Theirs", copyOf: other.ids.survey } }],
  },
  "GET /api/v1/surveys/:id": {
    access: { role: "viewer", scope: "surveys:read" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/surveys/${own.ids.survey}` }),
    foreign: (other) => [{ path: `${v1}/surveys/${other.ids.survey}` }],
  },
  "PUT /api/v1/surveys/:id/draft": {
    access: { role: "editor", scope: "surveys:write" },
    ok: 200,
    ask: (own) => ({
      path: `${v1}/surveys/${own.ids.survey}/draft`,
      body: { name: "Ours", content: newContent("Ours", "en"), settings: standardSettings },
    }),
    foreign: (other) => [
      {
        path: `${v1}/surveys/${other.ids.survey}/draft`,
        body: { name: "Ours", content: newContent("Ours", "en"), settings: standardSettings },
      },
    ],
  },
  "POST /api/v1/surveys/:id/publish": {
    access: { role: "editor", scope: "surveys:write" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/surveys/${own.ids.survey}/publish` }),
    foreign: (other) => [{ path: `${v1}/surveys/${other.ids.survey}/publish` }],
  },
  "POST /api/v1/surveys/:id/state": {
    access: { role: "editor", scope: "surveys:write" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/surveys/${own.ids.survey}/state`, body: { state: "live" } }),
    foreign: (other) => [{ path: `${v1}/surveys/${other.ids.survey}/state`, body: { state: "paused" } }],
  },
  "DELETE /api/v1/surveys/:id": {
    access: { role: "editor", scope: "surveys:write" },
    ok: 204,
    ask: async (own) => ({ path: `${v1}/surveys/${await own.newSurveyId()}` }),
    foreign: (other) => [{ path: `${v1}/surveys/${other.ids.survey}` }],
  },
  "PUT /api/v1/surveys/:id/logo": {
    access: { role: "editor", scope: "surveys:write" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/surveys/${own.ids.survey}/logo`, body: "GIF89a;" }),
    foreign: (other) => [{ path: `${v1}/surveys/${other.ids.survey}/logo`, body: "GIF89a;" }],
  },
  "GET /api/v1/surveys/:id/results": {
    access: { role: "viewer", scope: "surveys:read" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/surveys/${own.ids.survey}/results` }),
    foreign: (other) => [{ path: `${v1}/surveys/${other.ids.survey}/results` }],
  },
  "GET /api/v1/survey-texts": {
    access: { role: "viewer", scope: "surveys:read" },
    ok: 200,
    ask: () => ({ path: `${v1}/survey-texts` }),
  },
  // Shown in mails to whoever got one; the id is a hash of the picture.
  "GET /img/:id": {
    access: "public",
    ok: 404,
    ask: () => ({ path: `/img/${nobody}` }),
    foreign: () => [],
  },
  "POST /api/v1/responses": {
    access: { role: "editor", scope: "responses:write" },
    ok: 201,
    ask: () => ({
      path: `${v1}/responses`,
      body: { score: 8, customer: { id: "same-id", email: "same@x.example" } },
    }),
    foreign: (other) => [{ path: `${v1}/responses`, body: { score: 8, surveyId: other.ids.survey } }],
  },
  "GET /api/v1/responses": {
    access: { role: "viewer", scope: "responses:read" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/responses?survey=${own.ids.survey}` }),
    foreign: (other) => [{ path: `${v1}/responses?survey=${other.ids.survey}` }],
  },
  "GET /api/v1/responses/facets": {
    access: { role: "viewer", scope: "responses:read" },
    ok: 200,
    ask: () => ({ path: `${v1}/responses/facets` }),
    foreign: (other) => [{ path: `${v1}/responses/facets?survey=${other.ids.survey}` }],
  },
  "GET /api/v1/responses/:id": {
    access: { role: "viewer", scope: "responses:read" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/responses/${own.ids.response}?customer=${own.ids.customer}` }),
    foreign: (other, own) => [
      { path: `${v1}/responses/${other.ids.response}?customer=${other.ids.customer}` },
      { path: `${v1}/responses/${other.ids.response}?customer=${own.ids.customer}` },
      { path: `${v1}/responses/${own.ids.response}?customer=${other.ids.customer}` },
    ],
  },
  "GET /api/v1/score": {
    access: { role: "viewer", scope: "score:read" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/score?survey=${own.ids.survey}&by=channel` }),
    foreign: (other) => [{ path: `${v1}/score?survey=${other.ids.survey}` }],
  },
  "GET /api/v1/overview": {
    access: { role: "viewer", scope: "score:read" },
    ok: 200,
    ask: () => ({ path: `${v1}/overview?wave=all` }),
    foreign: (other) => [{ path: `${v1}/overview?survey=${other.ids.survey}` }],
  },

  "POST /api/v1/surveys/:id/forecast": {
    access: { role: "viewer", scope: "surveys:read" },
    ok: 200,
    ask: (own) => ({
      path: `${v1}/surveys/${own.ids.survey}/forecast`,
      body: { settings: standardSettings },
    }),
    foreign: (other) => [
      { path: `${v1}/surveys/${other.ids.survey}/forecast`, body: { settings: standardSettings } },
    ],
  },
  "POST /api/v1/audience/size": {
    access: { role: "viewer", scope: "surveys:read" },
    ok: 200,
    ask: () => ({ path: `${v1}/audience/size`, body: { audience: standardSettings.audience } }),
  },
  "GET /api/v1/traits": {
    access: { role: "viewer", scope: "surveys:read" },
    ok: 200,
    ask: () => ({ path: `${v1}/traits` }),
  },
  "POST /api/v1/invitations": {
    access: { role: "editor", scope: "surveys:write" },
    ok: 201,
    ask: (own) => ({ path: `${v1}/invitations`, body: newAsk(own.ids.survey) }),
    foreign: (other) => [{ path: `${v1}/invitations`, body: newAsk(other.ids.survey) }],
  },
  "POST /api/v1/triggers": {
    access: { role: "editor", scope: "surveys:write" },
    ok: 201,
    ask: () => ({
      path: `${v1}/triggers`,
      body: { event: "order_delivered", customer: { email: "triggers@x.example" } },
    }),
  },
  "GET /api/v1/invitations": {
    access: { role: "viewer", scope: "surveys:read" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/invitations?survey=${own.ids.survey}&customer=${own.ids.asked}` }),
    foreign: (other) => [
      { path: `${v1}/invitations?survey=${other.ids.survey}` },
      { path: `${v1}/invitations?customer=${other.ids.asked}` },
    ],
  },
  "GET /api/v1/invitations/:id": {
    access: { role: "viewer", scope: "surveys:read" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/invitations/${own.ids.ask}?customer=${own.ids.asked}` }),
    foreign: (other, own) => [
      { path: `${v1}/invitations/${other.ids.ask}?customer=${other.ids.asked}` },
      { path: `${v1}/invitations/${other.ids.ask}?customer=${own.ids.asked}` },
      { path: `${v1}/invitations/${own.ids.ask}?customer=${other.ids.asked}` },
    ],
  },
  "POST /api/v1/invitations/:id/cancel": {
    access: { role: "editor", scope: "surveys:write" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/invitations/${own.ids.ask}/cancel?customer=${own.ids.asked}` }),
    foreign: (other) => [{ path: `${v1}/invitations/${other.ids.ask}/cancel?customer=${other.ids.asked}` }],
  },
  "GET /api/v1/suppressions": {
    access: { role: "viewer", scope: "surveys:read" },
    ok: 200,
    ask: () => ({ path: `${v1}/suppressions` }),
  },
  "POST /api/v1/suppressions": {
    access: { role: "editor", scope: "surveys:write" },
    ok: 201,
    ask: () => ({
      path: `${v1}/suppressions`,
      body: { email: "leave-me@x.example", reason: "unsubscribed" },
    }),
  },
  "DELETE /api/v1/suppressions/:address": {
    access: { role: "editor", scope: "surveys:write" },
    ok: 404,
    ask: () => ({ path: `${v1}/suppressions/nobody@x.example` }),
    foreign: (other) => [{ path: `${v1}/suppressions/complains@${other.slug}.example` }],
  },
  "POST /api/v1/complaints": {
    access: { role: "editor", scope: "surveys:write" },
    ok: 201,
    ask: (own) => ({ path: `${v1}/complaints`, body: { customerId: own.ids.complains } }),
    foreign: (other) => [{ path: `${v1}/complaints`, body: { customerId: other.ids.complains } }],
  },
  "POST /api/v1/complaints/:id/close": {
    access: { role: "editor", scope: "surveys:write" },
    ok: 200,
    ask: (own) => ({
      path: `${v1}/complaints/${own.ids.complaint}/close?customer=${own.ids.complains}`,
    }),
    foreign: (other) => [
      { path: `${v1}/complaints/${other.ids.complaint}/close?customer=${other.ids.complains}` },
    ],
  },

  "POST /api/v1/imports": {
    access: { role: "editor", scope: "imports:write" },
    ok: 201,
    ask: () => ({ path: `${v1}/imports?name=a.csv`, body: "email,score\na@x.example,9\n" }),
    foreign: (other) => [
      { path: `${v1}/imports?survey=${other.ids.survey}`, body: "email,score\na@x.example,9\n" },
    ],
  },
  "GET /api/v1/imports": {
    access: { role: "viewer", scope: "imports:write" },
    ok: 200,
    ask: () => ({ path: `${v1}/imports` }),
  },
  "GET /api/v1/imports/:id": {
    access: { role: "viewer", scope: "imports:write" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/imports/${own.ids.import}` }),
    foreign: (other) => [{ path: `${v1}/imports/${other.ids.import}` }],
  },
  "POST /api/v1/imports/:id/start": {
    access: { role: "editor", scope: "imports:write" },
    ok: 202,
    ask: async (own) => ({ path: `${v1}/imports/${await own.newImportId()}/start`, body: { mapping } }),
    foreign: (other, own) => [
      { path: `${v1}/imports/${other.ids.import}/start`, body: { mapping } },
      { path: `${v1}/imports/${own.ids.import}/start`, body: { mapping, surveyId: other.ids.survey } },
    ],
  },
  "POST /api/v1/imports/:id/undo": {
    access: { role: "editor", scope: "imports:write" },
    ok: 202,
    ask: async (own) => ({ path: `${v1}/imports/${await own.newImportId("done")}/undo` }),
    foreign: (other) => [{ path: `${v1}/imports/${other.ids.import}/undo` }],
  },
  "DELETE /api/v1/imports/:id": {
    access: { role: "editor", scope: "imports:write" },
    ok: 204,
    ask: async (own) => ({ path: `${v1}/imports/${await own.newImportId()}` }),
    foreign: (other) => [{ path: `${v1}/imports/${other.ids.import}` }],
  },
  "GET /api/v1/imports/:id/failures": {
    access: { role: "viewer", scope: "imports:write" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/imports/${own.ids.import}/failures` }),
    foreign: (other) => [{ path: `${v1}/imports/${other.ids.import}/failures` }],
  },
  "GET /api/v1/imports/:id/failures.csv": {
    access: { role: "viewer", scope: "imports:write" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/imports/${own.ids.import}/failures.csv` }),
    foreign: (other) => [{ path: `${v1}/imports/${other.ids.import}/failures.csv` }],
  },

  "GET /api/v1/passives": {
    access: { role: "viewer", scope: "passives:read" },
    ok: 200,
    ask: () => ({ path: `${v1}/passives` }),
  },
  "GET /api/v1/passives/customers": {
    access: { role: "viewer", scope: "passives:read" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/passives/customers?segment=${own.ids.segment}` }),
    foreign: (other) => [{ path: `${v1}/passives/customers?segment=${other.ids.segment}` }],
  },
  "GET /api/v1/passives/customers.csv": {
    access: { role: "viewer", scope: "passives:read" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/passives/customers.csv?segment=${own.ids.segment}` }),
    foreign: (other) => [{ path: `${v1}/passives/customers.csv?segment=${other.ids.segment}` }],
  },
  "GET /api/v1/today": {
    access: { role: "viewer", scope: "results:read" },
    ok: 200,
    ask: () => ({ path: `${v1}/today` }),
  },
  "GET /api/v1/moves": {
    access: { role: "viewer", scope: "results:read" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/moves?survey=${own.ids.survey}` }),
    foreign: (other) => [{ path: `${v1}/moves?survey=${other.ids.survey}` }],
  },
  "GET /api/v1/moves/customers": {
    access: { role: "viewer", scope: "results:read" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/moves/customers?${years}&survey=${own.ids.survey}` }),
    foreign: (other) => [{ path: `${v1}/moves/customers?${years}&survey=${other.ids.survey}` }],
  },
  "GET /api/v1/moves/customers.csv": {
    access: { role: "viewer", scope: "results:read" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/moves/customers.csv?${years}&survey=${own.ids.survey}` }),
    foreign: (other) => [{ path: `${v1}/moves/customers.csv?${years}&survey=${other.ids.survey}` }],
  },
  "GET /api/v1/passive-rules": {
    access: { role: "viewer", scope: "passives:read" },
    ok: 200,
    ask: () => ({ path: `${v1}/passive-rules` }),
  },
  "PUT /api/v1/passive-rules": {
    access: { role: "editor", scope: "passives:write" },
    ok: 200,
    ask: () => ({ path: `${v1}/passive-rules`, body: { browsing: { enabled: false } } }),
  },
  "POST /api/v1/passive-rules/preview": {
    access: { role: "viewer", scope: "passives:read" },
    ok: 200,
    ask: () => ({ path: `${v1}/passive-rules/preview`, body: {} }),
  },
  "GET /api/v1/segments": {
    access: { role: "viewer", scope: "segments:read" },
    ok: 200,
    ask: () => ({ path: `${v1}/segments` }),
  },
  "POST /api/v1/segments": {
    access: { role: "editor", scope: "segments:write" },
    ok: 201,
    ask: () => ({ path: `${v1}/segments`, body: { name: crypto.randomUUID(), filter: anyFilter } }),
    foreign: (other) => [
      { path: `${v1}/segments`, body: { name: "theirs", filter: segmentFilter(other.ids.segment) } },
      {
        path: `${v1}/segments`,
        body: { name: "theirs", filter: { kind: "answer_comment", is: true, survey: other.ids.survey } },
      },
    ],
  },
  "POST /api/v1/segments/preview": {
    access: { role: "viewer", scope: "segments:read" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/segments/preview`, body: { filter: segmentFilter(own.ids.segment) } }),
    foreign: (other) => [
      { path: `${v1}/segments/preview`, body: { filter: segmentFilter(other.ids.segment) } },
    ],
  },
  "GET /api/v1/segments/:id": {
    access: { role: "viewer", scope: "segments:read" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/segments/${own.ids.segment}` }),
    foreign: (other) => [{ path: `${v1}/segments/${other.ids.segment}` }],
  },
  "PATCH /api/v1/segments/:id": {
    access: { role: "editor", scope: "segments:write" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/segments/${own.ids.segment}`, body: { filter: anyFilter } }),
    foreign: (other) => [{ path: `${v1}/segments/${other.ids.segment}`, body: { name: "ours" } }],
  },
  "DELETE /api/v1/segments/:id": {
    access: { role: "editor", scope: "segments:write" },
    ok: 204,
    ask: async (own) => ({ path: `${v1}/segments/${await own.newSegmentId()}` }),
    foreign: (other) => [{ path: `${v1}/segments/${other.ids.segment}` }],
  },
  "GET /api/v1/segments/:id/members": {
    access: { role: "viewer", scope: "segments:read" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/segments/${own.ids.segment}/members` }),
    foreign: (other) => [{ path: `${v1}/segments/${other.ids.segment}/members?limit=9` }],
  },
};

import { nobody, type Row, v1 } from "./row.ts";

/** Health, signing in, workspaces, their members and keys, and the outbox. */
export const platformRows: Record<string, Row> = {
  "GET /healthz": { access: "public", ok: 200, ask: () => ({ path: "/healthz" }) },
  "GET /readyz": { access: "public", ok: 200, ask: () => ({ path: "/readyz" }) },
  // By network address or token, not by session: health.test.ts.
  "GET /metrics": { access: "public", ok: 403, ask: () => ({ path: "/metrics" }) },
  "GET /*": { access: "public", ok: 404, ask: () => ({ path: "/assets/none.js" }) },
  "GET /api/v1/openapi.json": { access: "public", ok: 200, ask: () => ({ path: `${v1}/openapi.json` }) },

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
  "GET /api/v1/outbox": { access: { role: "owner" }, ok: 200, ask: () => ({ path: `${v1}/outbox` }) },
  "GET /api/v1/outbox/:id": {
    access: { role: "owner" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/outbox/${own.ids.mail}` }),
    foreign: (other) => [{ path: `${v1}/outbox/${other.ids.mail}` }],
  },
};

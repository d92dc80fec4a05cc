import { newDefinition } from "../../server/act/plays/play-definition.ts";
import type { Access } from "../../server/platform/http/router.ts";
import { type Row, v1 } from "./row.ts";

const readsPlays: Access = { role: "viewer", scope: "plays:read" };
const writesPlays: Access = { role: "editor", scope: "plays:write" };
const playDraft = () => ({ name: "p", definition: newDefinition(9) });

/** Plays, their settings, and the audit log. */
export const playRows: Record<string, Row> = {
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

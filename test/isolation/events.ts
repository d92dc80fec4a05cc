import { type Row, v1 } from "./row.ts";

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

/** What customers do, and the keys by which it is sent. */
export const eventsRows: Record<string, Row> = {
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
  // The key of a page is in its source; what it opens is where its messages go.
  "GET /v1/projects/:key/settings": {
    access: "public",
    ok: 200,
    ask: (own) => ({ path: `/v1/projects/${own.writeKey}/settings` }),
    foreign: (other) => [{ path: `/v1/projects/${other.ids.writeKey}/settings` }],
  },
  "PATCH /api/v1/event-names/:name": {
    access: { role: "editor" },
    ok: 200,
    ask: (own) => ({ path: `${v1}/event-names/${own.eventName}`, body: { countsAs: "feature" } }),
    foreign: (other) => [{ path: `${v1}/event-names/${other.eventName}`, body: { countsAs: "nothing" } }],
  },
  ...trackingRows,
};

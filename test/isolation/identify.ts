import { type Row, v1 } from "./row.ts";

const anyFilter = { kind: "answered", is: "at_least", value: 1 };
const segmentFilter = (segment: string) => ({ kind: "segment", is: "in", segment });

/** Scores, engagement, passives and segments. */
export const identifyRows: Record<string, Row> = {
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

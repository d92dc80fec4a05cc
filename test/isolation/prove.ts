import { type Row, v1 } from "./row.ts";

const years = "from=2025-01-01..2025-12-31&to=2026-01-01..2026-12-31";

/** Results of plays, moves, and what is to be done today. */
export const proveRows: Record<string, Row> = {
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
};

import { type Row, v1 } from "./row.ts";

const mapping = { score: 1, email: 0, noAnswer: [], traits: [] };

/** Files of past answers. */
export const importsRows: Record<string, Row> = {
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
};

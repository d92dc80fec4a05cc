import { newContent } from "../../server/collect/surveys/new-content.ts";
import { standardSettings } from "../../server/collect/surveys/survey-settings.ts";
import { nobody, type Row, v1 } from "./row.ts";

/** Surveys, their texts and pictures. */
export const surveysRows: Record<string, Row> = {
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
};

import { buildWidgetWhenStale } from "../../server/cli/build-web.ts";
import { nobody, type Row, v1 } from "./row.ts";

const widgetAnswer = { nonce: "0123456789abcdef", version: 1, score: 7 };

/** Pages and widgets that take answers, and the answers themselves. */
export const answeringRows: Record<string, Row> = {
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
};

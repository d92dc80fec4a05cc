import { newContent } from "../../server/collect/surveys/new-content.ts";
import { standardSettings } from "../../server/collect/surveys/survey-settings.ts";
import { type Row, v1 } from "./row.ts";

/** An ask of somebody who was never asked before. */
const newAsk = (surveyId: string) => ({
  surveyId,
  customer: { email: `${crypto.randomUUID()}@x.example` },
  channel: "api",
});
const mailDraft = { content: newContent("Acme", "en"), settings: standardSettings, language: "en" };

/** Whom surveys ask and when, the mails they ask by, and whom nobody asks. */
export const askingRows: Record<string, Row> = {
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
};

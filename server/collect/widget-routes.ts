import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { z } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { Refusal } from "../platform/errors.ts";
import { errorBody, json, jsonBody, newRouter, route } from "../platform/http/router.ts";
import { answerWithFile, loadFile } from "../platform/http/serve-web.ts";
import type { Resources } from "../platform/resources.ts";
import { newResponseRecorder } from "./record-responses.ts";
import { findSurveyRow } from "./surveys/find-survey-row.ts";
import { configureWidget } from "./widget/configure-widget.ts";
import { findWidgetSurvey } from "./widget/find-widget-survey.ts";
import { limitAnswers } from "./widget/limit-answers.ts";
import { mayAsk } from "./widget/may-ask.ts";
import { recordWidgetAnswer } from "./widget/record-widget-answer.ts";
import { WidgetAnswer } from "./widget/widget-answer.ts";
import { WidgetConfig } from "./widget/widget-config.ts";
import { WidgetCustomer } from "./widget/widget-customer.ts";
import { widgetKeyOf } from "./widget/widget-key.ts";

const script = fileURLToPath(new URL("../../dist/widget/widget.js", import.meta.url));
const mostBytes = 64 * 1024;
const refusals = { "4XX": json(errorBody, "Refused, with the reason.") };

/** Stage 1: the widget on other people's pages. Without cookies, hence open to every origin. */
export function widgetRoutes(resources: Resources) {
  const { reads } = resources.database;
  const recorder = newResponseRecorder(resources);
  const limit = limitAnswers();
  const refuseLarge = () => {
    throw new Refusal("too_large", "An answer has at most 64 kB.", { reason: "body_too_large" });
  };
  const router = newRouter();
  router.use(
    "/api/widget/*",
    cors({ origin: "*", allowMethods: ["GET", "POST"], allowHeaders: ["content-type"], maxAge: 86_400 }),
    bodyLimit({ maxSize: mostBytes, onError: refuseLarge }),
  );
  router.get("/widget.js", async (c) => {
    const file = await loadFile(script);
    if (!file)
      return c.text("// The widget of Nines is not built yet. Run `npm start`, which builds it.\n", 503);
    c.header("cross-origin-resource-policy", "cross-origin");
    c.header("access-control-allow-origin", "*");
    return answerWithFile(c, file, "public, max-age=3600, stale-while-revalidate=86400");
  });
  return router
    .openapi(configRoute, async (c) => {
      const survey = await findWidgetSurvey(reads, c.req.valid("param").id);
      const config = configureWidget(survey, c.req.valid("query").lang);
      const etag = `"${createHash("sha256").update(JSON.stringify(config)).digest("base64url").slice(0, 22)}"`;
      c.header("cache-control", "public, max-age=60");
      c.header("etag", etag);
      if (c.req.header("if-none-match")?.includes(etag)) return c.body(null, 304);
      return c.json(config, 200);
    })
    .openapi(answerRoute, async (c) => {
      const answer = c.req.valid("json");
      await limit(c.get("address"));
      const { version } = answer;
      const survey = await findWidgetSurvey(reads, c.req.valid("param").id, { version, answering: true });
      const outcome = await recordWidgetAnswer(resources, recorder, survey, answer);
      return c.json({ stored: outcome !== "closed" }, 200);
    })
    .openapi(mayAskRoute, async (c) => {
      await limit(c.get("address"));
      const survey = await findWidgetSurvey(reads, c.req.valid("param").id);
      return c.json({ mayAsk: await mayAsk(resources, survey, c.req.valid("json").customer) }, 200);
    });
}

/** What the editor of a survey shows of its widget. */
export function widgetKeyRoutes(resources: Resources) {
  return newRouter().openapi(keyRoute, async (c) => {
    const { id } = c.req.valid("param");
    const { workspaceId } = c.var.caller;
    await findSurveyRow(resources.database.reads, workspaceId, id);
    const src = `${resources.config.baseUrl}/widget.js`;
    const snippet = `<script src="${src}" data-survey="${id}" async></script>`;
    return c.json({ snippet, key: await widgetKeyOf(resources, workspaceId) }, 200);
  });
}

const params = z.object({ id: z.uuid("is not the id of a survey") });

const configRoute = route({
  method: "get",
  path: "/api/widget/{id}",
  summary: "What the widget shows of a survey, and when",
  access: "public",
  request: {
    params,
    query: z.object({
      lang: z
        .string()
        .max(300)
        .default("")
        .transform((text) => text.split(",").filter(Boolean))
        .describe("Languages, best first: de-AT,de,en."),
    }),
  },
  responses: {
    200: json(WidgetConfig, "May be kept for a minute."),
    304: { description: "As before." },
    ...refusals,
  },
});

const answerRoute = route({
  method: "post",
  path: "/api/widget/{id}",
  summary: "Store an answer of the widget, or change it",
  description:
    "Always the whole answer. The same `nonce` again replaces what was sent before, within the survey's `changeDays`. Nothing is told of the customer.",
  access: "public",
  request: { params, body: jsonBody(WidgetAnswer) },
  responses: {
    200: json(
      z.object({ stored: z.boolean().describe("false when it can no longer be changed.") }),
      "After the commit.",
    ),
    ...refusals,
    503: json(errorBody, "Too much at once; try again after the seconds in Retry-After."),
  },
});

const mayAskRoute = route({
  method: "post",
  path: "/api/widget/{id}/may-ask",
  summary: "Whether the widget may ask a signed customer now",
  description: "Of a customer without a signature nothing is told: the answer is yes.",
  access: "public",
  request: { params, body: jsonBody(z.object({ customer: WidgetCustomer })) },
  responses: { 200: json(z.object({ mayAsk: z.boolean() }), "Yes or no."), ...refusals },
});

const keyRoute = route({
  method: "get",
  path: "/surveys/{id}/widget",
  summary: "The line that puts the widget on a page, and the workspace's key that signs customers",
  access: { role: "editor", scope: "surveys:write" },
  request: { params },
  responses: {
    200: json(z.object({ snippet: z.string(), key: z.string() }), "Keep the key on your server."),
    ...refusals,
  },
});

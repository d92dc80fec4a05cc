import { fileURLToPath } from "node:url";
import { alertRoutes } from "./act/alert-routes.ts";
import { digestRoutes } from "./act/digest-routes.ts";
import { incomingRoutes } from "./act/incoming-routes.ts";
import { inboxRoutes } from "./act/inbox-routes.ts";
import { messagesAsMail } from "./act/messages/messages-as-mail.ts";
import { playRoutes } from "./act/play-routes.ts";
import { keepSurveysOfPlays, segmentsOfPlays } from "./act/plays/keep-used.ts";
import { codeRoutes } from "./act/code-routes.ts";
import { contentRoutes } from "./act/content-routes.ts";
import { timelineOfActs } from "./act/timeline/read-acts.ts";
import { webhookRoutes } from "./act/webhooks/webhook-routes.ts";
import { answerApiRoutes } from "./collect/answer-api-routes.ts";
import { answerRoutes } from "./collect/answer-routes.ts";
import { askingRoutes } from "./collect/asking-routes.ts";
import { emailRoutes } from "./collect/email-routes.ts";
import { customerRoutes } from "./collect/customer-routes.ts";
import { importRoutes } from "./collect/import-routes.ts";
import { collectRoutes } from "./collect/routes.ts";
import { imageRoutes, surveyRoutes } from "./collect/survey-routes.ts";
import { widgetKeyRoutes, widgetRoutes } from "./collect/widget-routes.ts";
import { customersRoutes } from "./identify/customers/routes.ts";
import { engagementRoutes } from "./identify/engagement-routes.ts";
import { eventsRoutes } from "./identify/events/events-routes.ts";
import { openWriteKeys } from "./identify/events/find-write-key.ts";
import { newEventRecorder } from "./identify/events/record-events.ts";
import { trackingRoutes } from "./identify/events/tracking-routes.ts";
import { writeKeyRoutes } from "./identify/events/write-key-routes.ts";
import { passiveRoutes } from "./identify/passive-routes.ts";
import { identifyRoutes } from "./identify/routes.ts";
import { segmentRoutes } from "./identify/segment-routes.ts";
import { audienceSegments } from "./identify/segments/audience-segments.ts";
import { resultRoutes } from "./prove/results/result-routes.ts";
import { authRoutes } from "./platform/accounts/auth-routes.ts";
import { auditRoutes } from "./platform/accounts/audit-routes.ts";
import { openAccounts } from "./platform/accounts/open-accounts.ts";
import { accountRoutes } from "./platform/accounts/routes.ts";
import { measureProduct } from "./measure-product.ts";
import { answerUnmatched } from "./platform/http/answer-unmatched.ts";
import { healthRoutes } from "./platform/http/health-routes.ts";
import { limitBodies } from "./platform/http/limit-bodies.ts";
import { openMetrics } from "./platform/http/metrics.ts";
import { describeApi } from "./platform/http/openapi.ts";
import { prepareRequests } from "./platform/http/prepare-requests.ts";
import { respondToErrors } from "./platform/http/respond-to-errors.ts";
import { newRouter } from "./platform/http/router.ts";
import { serveWeb } from "./platform/http/serve-web.ts";
import { watchRequests } from "./platform/http/watch-requests.ts";
import type { Resources } from "./platform/resources.ts";
import { movesRoutes } from "./prove/moves/moves-routes.ts";
import { todayRoutes } from "./prove/today/today-routes.ts";
import { sampleRoutes } from "./simulate/routes.ts";
import { version } from "./platform/version.ts";

/** The whole HTTP side: platform first, then the stages in the order of the loop. */
export function createApp(resources: Resources) {
  const accounts = openAccounts(resources);
  const metrics = openMetrics(resources.database);
  measureProduct(metrics, resources);
  const recorder = newEventRecorder(resources);
  const writeKeys = openWriteKeys(resources);
  const app = newRouter();
  app.use(watchRequests({ ...resources, metrics }));
  app.use(prepareRequests(resources, accounts));
  app.use(limitBodies({ streams: ["POST /api/v1/imports", "POST /api/v1/mail/incoming/*"] }));
  app.onError(respondToErrors(resources.log));
  app.notFound(answerUnmatched(app));

  const routes = app
    .route("/api/auth", authRoutes(resources, accounts))
    .route("/api/v1", accountRoutes(resources, accounts))
    .route("/api/v1", auditRoutes(resources))
    .route("/api/v1", collectRoutes(resources))
    .route("/api/v1", customerRoutes(resources))
    .route("/api/v1", importRoutes(resources))
    .route("/api/v1", surveyRoutes(resources, audienceSegments, keepSurveysOfPlays))
    .route("/api/v1", askingRoutes(resources, audienceSegments))
    .route("/api/v1", emailRoutes(resources, messagesAsMail))
    .route("/api/v1", answerApiRoutes(resources))
    .route("/api/v1", widgetKeyRoutes(resources))
    .route("/api/v1", identifyRoutes(resources))
    .route("/api/v1", segmentRoutes(resources, segmentsOfPlays))
    .route("/api/v1", customersRoutes(resources, timelineOfActs))
    .route("/api/v1", writeKeyRoutes(resources, writeKeys))
    .route("/api/v1", eventsRoutes(resources))
    .route("/api/v1", engagementRoutes(resources))
    .route("/api/v1", passiveRoutes(resources))
    .route("/api/v1", inboxRoutes(resources))
    .route("/api/v1", incomingRoutes(resources))
    .route("/api/v1", digestRoutes(resources))
    .route("/api/v1", playRoutes(resources))
    .route("/api/v1", alertRoutes(resources))
    .route("/api/v1", contentRoutes(resources))
    .route("/api/v1", codeRoutes(resources))
    .route("/api/v1", webhookRoutes(resources))
    .route("/api/v1", movesRoutes(resources))
    .route("/api/v1", todayRoutes(resources))
    .route("/api/v1", resultRoutes(resources))
    .route("/api/v1", sampleRoutes(resources, accounts));

  // What respondents meet: their pages, and the widget on other people's pages.
  app.route("/", answerRoutes(resources));
  app.route("/", imageRoutes(resources));
  app.route("/", widgetRoutes(resources));
  // What customers do, from clients made for Segment.
  app.route("/", trackingRoutes(resources, recorder, writeKeys));
  app.route("/", healthRoutes(resources, metrics));
  let description: ReturnType<typeof describeApi> | undefined;
  app.get("/api/v1/openapi.json", (c) => {
    description ??= describeApi(app, { version, url: resources.config.baseUrl });
    return c.json(description);
  });
  app.get("/*", serveWeb(pages));
  return routes;
}

const pages = fileURLToPath(new URL("../dist/web", import.meta.url));

export type App = ReturnType<typeof createApp>;

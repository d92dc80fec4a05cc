import { requestId } from "hono/request-id";
import { collectRoutes } from "./collect/routes.ts";
import { identifyRoutes } from "./identify/routes.ts";
import { authRoutes } from "./platform/accounts/auth-routes.ts";
import { openAccounts } from "./platform/accounts/open-accounts.ts";
import { accountRoutes } from "./platform/accounts/routes.ts";
import { Refusal } from "./platform/errors.ts";
import { prepareRequests } from "./platform/http/prepare-requests.ts";
import { respondToErrors } from "./platform/http/respond-to-errors.ts";
import { newRouter } from "./platform/http/router.ts";
import type { Resources } from "./platform/resources.ts";

/** The whole HTTP side: platform first, then the stages in the order of the loop. */
export function createApp(resources: Resources) {
  const accounts = openAccounts(resources);
  const app = newRouter();
  app.use(requestId());
  app.use(prepareRequests(resources, accounts));
  app.onError(respondToErrors(resources.log));
  app.notFound(() => {
    throw new Refusal("not_found", "There is nothing at this address.");
  });

  return app
    .route("/api/auth", authRoutes(resources, accounts))
    .route("/api/v1", accountRoutes(resources, accounts))
    .route("/api/v1", collectRoutes(resources))
    .route("/api/v1", identifyRoutes(resources));
}

export type App = ReturnType<typeof createApp>;

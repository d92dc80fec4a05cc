import { newRouter } from "../http/router.ts";
import { outboxRoutes } from "../mail/routes.ts";
import type { Resources } from "../resources.ts";
import { apiKeyRoutes } from "./api-key-routes.ts";
import { memberRoutes } from "./member-routes.ts";
import type { Accounts } from "./open-accounts.ts";
import { sessionRoutes } from "./session-routes.ts";
import { workspaceRoutes } from "./workspace-routes.ts";

/** Everything about who may come in, under /api/v1. */
export function accountRoutes(resources: Resources, accounts: Accounts) {
  return newRouter()
    .route("/", sessionRoutes(resources, accounts))
    .route("/", workspaceRoutes(resources, accounts))
    .route("/", memberRoutes(resources, accounts))
    .route("/", apiKeyRoutes(resources, accounts))
    .route("/", outboxRoutes(resources));
}

import { requestId } from "hono/request-id";
import { Refusal } from "./platform/errors.ts";
import { respondToErrors } from "./platform/http/respond-to-errors.ts";
import { newRouter } from "./platform/http/router.ts";
import type { Resources } from "./platform/resources.ts";

/** The whole HTTP side: platform first, then the stages in the order of the loop. */
export function createApp(resources: Resources) {
  const app = newRouter();
  app.use(requestId());
  app.onError(respondToErrors(resources.log));
  app.notFound(() => {
    throw new Refusal("not_found", "There is nothing at this address.");
  });
  return app;
}

export type App = ReturnType<typeof createApp>;

import { newRouter } from "../platform/http/router.ts";
import type { Resources } from "../platform/resources.ts";

/** Stage 1: answer. */
export function answerRoutes(resources: Resources) {
  void resources;
  return newRouter();
}

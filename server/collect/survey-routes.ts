import { newRouter } from "../platform/http/router.ts";
import type { Resources } from "../platform/resources.ts";

/** Stage 1: survey. */
export function surveyRoutes(resources: Resources) {
  void resources;
  return newRouter();
}

import { newRouter } from "../platform/http/router.ts";
import type { Resources } from "../platform/resources.ts";

/** Stage 1: asking. */
export function askingRoutes(resources: Resources) {
  void resources;
  return newRouter();
}

import { newRouter } from "../platform/http/router.ts";
import type { Resources } from "../platform/resources.ts";

/** Stage 1: widget. */
export function widgetRoutes(resources: Resources) {
  void resources;
  return newRouter();
}

import { newRouter } from "../platform/http/router.ts";
import type { Resources } from "../platform/resources.ts";

/** Stage 1: email. */
export function emailRoutes(resources: Resources) {
  void resources;
  return newRouter();
}

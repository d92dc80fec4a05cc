import type { Access } from "../../server/platform/http/router.ts";
import type { Company } from "./company.ts";

/** One request; a text is sent as it is, any other body as JSON. */
export interface Ask {
  path: string;
  body?: unknown;
}

export interface Row {
  /** Who may use the route: the route itself must say the same. */
  access: Access;
  /** Status for whoever may use it. */
  ok: number;
  /** A good request with ids of the caller's own workspace; may make what it needs first. */
  ask: (own: Company) => Ask | Promise<Ask>;
  /** Requests with ids of another workspace, each answered as if the id did not exist. */
  foreign?: (other: Company, own: Company) => Ask[];
}

export const v1 = "/api/v1";
/** An id that no row has. */
export const nobody = "00000000-0000-7000-8000-000000000000";

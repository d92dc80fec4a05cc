import { hc, type ClientResponse } from "hono/client";
import type { SuccessStatusCode } from "hono/utils/http-status";
import type { App } from "../server/app.ts";

interface ErrorBody {
  error?: { code?: string; message?: string; details?: ErrorDetails; requestId?: string };
  /** better-auth answers in its own shape. */
  code?: string;
  message?: string;
}

/** What a refusal says beyond its sentence. */
export interface ErrorDetails {
  reason?: string;
  values?: Record<string, string | number>;
  problems?: { path: string; message: string; reason?: string; values?: Record<string, string | number> }[];
}

/** A refusal or a failure of the server; `offline` when it could not be reached at all. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly requestId: string | undefined;
  readonly details: ErrorDetails | undefined;

  constructor(
    message: string,
    options: {
      code: string;
      status: number;
      requestId?: string | undefined;
      details?: ErrorDetails | undefined;
      cause?: unknown;
    },
  ) {
    super(message, { cause: options.cause });
    this.name = "ApiError";
    this.code = options.code;
    this.status = options.status;
    this.requestId = options.requestId;
    this.details = options.details;
  }
}

/** Is what an address names not there, or not anybody's address? */
export function isGone(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 422);
}

// The server gives no workspace one of these names.
const pagesWithoutWorkspace = new Set([
  "",
  "first-run",
  "invitation",
  "reset-password",
  "sign-in",
  "workspaces",
]);

/** The workspace whose page is open, by the first part of the address. */
export function workspaceOfPath(pathname = location.pathname): string | undefined {
  const first = pathname.split("/")[1] ?? "";
  return pagesWithoutWorkspace.has(first) ? undefined : first;
}

let onSignedOut = () => {};

/** Says what happens when the server no longer knows who is asking; the router registers it once. */
export function whenSignedOut(then: () => void) {
  onSignedOut = then;
}

/** The headers every request carries: `x-workspace`, from the page's address. */
export function workspaceHeader(): Record<string, string> {
  const workspace = workspaceOfPath();
  return workspace ? { "x-workspace": workspace } : {};
}

async function fetchOrThrow(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(input, { credentials: "same-origin", ...init });
  } catch (cause) {
    if (init?.signal?.aborted) throw cause;
    throw new ApiError("offline", { code: "offline", status: 0, cause });
  }
  if (response.ok) return response;
  throw await errorOf(response);
}

/** Turns a refused response into an `ApiError`, and tells the router when the session is over. */
export async function errorOf(response: Response): Promise<ApiError> {
  const body: ErrorBody = await response.json().catch(() => ({}));
  const said = body.error ?? body;
  const error = new ApiError(said.message ?? "unexpected", {
    code: said.code ?? "unexpected",
    status: response.status,
    requestId: body.error?.requestId ?? response.headers.get("x-request-id") ?? undefined,
    details: body.error?.details,
  });
  if (response.status === 401 && said.code === "not_signed_in") onSignedOut();
  return error;
}

/** The typed client: `read(api.api.v1.score.$get({ query }))`. Every answer that is not 2xx throws an `ApiError`. */
export const api = hc<App>("/", { headers: workspaceHeader, fetch: fetchOrThrow });

/** What a route answers when it does not refuse; refusals are thrown. */
type Accepted<R> =
  R extends ClientResponse<infer Body, infer Status>
    ? Status extends SuccessStatusCode
      ? Body
      : never
    : never;

/** The body of a call made with `api`. */
export async function read<R extends ClientResponse<unknown>>(call: Promise<R>): Promise<Accepted<R>> {
  const response = await call;
  return (await response.json()) as Accepted<R>;
}

import type { ContentfulStatusCode } from "hono/utils/http-status";

const statusOfCode = {
  bad_input: 422,
  bad_request: 400,
  not_signed_in: 401,
  wrong_credentials: 401,
  not_allowed: 403,
  not_found: 404,
  wrong_method: 405,
  conflict: 409,
  too_large: 413,
  too_many: 429,
  busy: 503,
  disk_full: 507,
} as const satisfies Record<string, ContentfulStatusCode>;

/** The kinds of refusal; each has one HTTP status. */
export type RefusalCode = keyof typeof statusOfCode;

/** One thing that is wrong with an input: where it is and a sentence about it. */
export interface Problem {
  path: string;
  message: string;
  /** Name of the case, stable, for translations and programs; e.g. `text_too_long`. */
  reason?: string | undefined;
  values?: Record<string, string | number> | undefined;
}

interface RefusalOptions {
  /** Finer name of the case, stable, for translations and programs; e.g. `score_out_of_range`. */
  reason?: string;
  /** Values that belong to the reason, e.g. `{line: 3}`. */
  values?: Record<string, string | number>;
  problems?: Problem[];
  retryAfterSeconds?: number;
}

/**
 * The one error a caller can act on: a code, and one sentence that tells the way out.
 * Everything else that is thrown is a bug and answered with 500 and a request id.
 */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly options: RefusalOptions;

  constructor(code: RefusalCode, sentence: string, options: RefusalOptions = {}) {
    super(sentence);
    this.name = "Refusal";
    this.code = code;
    this.options = options;
  }

  get status(): ContentfulStatusCode {
    return statusOfCode[this.code];
  }

  /** What travels to the caller, the same on every route. */
  toBody(requestId?: string) {
    const { reason, values, problems } = this.options;
    const details = reason || values || problems ? { reason, values, problems } : undefined;
    return { error: { code: this.code, message: this.message, details, requestId } };
  }
}

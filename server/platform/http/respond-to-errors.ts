import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { routePath } from "hono/route";
import type { Logger } from "pino";
import { Refusal } from "../errors.ts";
import type { Env } from "./router.ts";

const sentences: Record<number, string> = {
  400: "The request could not be read; send well-formed JSON.",
  404: "There is nothing at this address.",
  405: "This address does not take this method.",
  413: "The body is too large.",
  415: "The body must be JSON; say so by the header `Content-Type: application/json`.",
};

/** Turns whatever a route threw into the one error shape; what is not a refusal is a bug and is logged. */
export function respondToErrors(log: Logger) {
  return (error: Error, c: Context<Env>): Response => {
    const requestId = c.var.requestId;
    const refusal = asRefusal(error);
    if (refusal) {
      // Not a bug for the caller, but one that a check of ours should have caught.
      if (isBadValue(error))
        log.warn({ err: error, requestId, route: routePath(c) }, "a value got past the checks");
      const wait = refusal.options.retryAfterSeconds;
      if (wait) c.header("Retry-After", String(wait));
      return c.json(refusal.toBody(requestId), refusal.status);
    }
    log.error({ err: error, requestId, method: c.req.method, route: routePath(c) }, "a request failed");
    const message = `Something went wrong on our side and nothing was changed. Try again; if it stays, look for ${requestId} in the log.`;
    return c.json({ error: { code: "internal", message, requestId } }, 500);
  };
}

function asRefusal(error: Error): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof HTTPException) {
    const code = error.status === 404 ? "not_found" : error.status === 413 ? "too_large" : "bad_request";
    return new Refusal(code, sentences[error.status] ?? error.message);
  }
  const sqlState = (error as { code?: unknown }).code;
  if (sqlState === "53100") {
    return new Refusal(
      "disk_full",
      "The disk of the database is full and nothing of this request was stored. Free some space and try again.",
      { retryAfterSeconds: 30 },
    );
  }
  if (sqlState === "57014") {
    return new Refusal("busy", "This took too long and was stopped; narrow the dates or the text.", {
      reason: "took_too_long",
    });
  }
  if (sqlState === "55P03" || error.message === "timeout exceeded when trying to connect") {
    return new Refusal(
      "busy",
      "Others are being served or are changing the same data, and nothing of this request was stored. Try again in a moment.",
      { retryAfterSeconds: 5 },
    );
  }
  if (isBadValue(error)) {
    return new Refusal(
      "bad_input",
      "A value of this request is one that the database cannot hold, so nothing was changed. Look for control characters, and for numbers and dates out of range.",
      { reason: "value_not_storable" },
    );
  }
  if (typeof sqlState === "string" && unavailable.has(sqlState)) {
    return new Refusal(
      "busy",
      "The database cannot be reached right now and nothing of this request was stored. Try again in a moment.",
      { retryAfterSeconds: 2 },
    );
  }
  return undefined;
}

/** Class 22 of SQLSTATE: text, number or date that is not valid as it stands. */
function isBadValue(error: Error): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === "string" && /^22[0-9A-Z]{3}$/.test(code);
}

// Connection lost, refused or ended by the server; starting up; too many connections.
const unavailable = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "57P01",
  "57P02",
  "57P03",
  "25P03",
  "53300",
  "08006",
  "08001",
  "08003",
]);

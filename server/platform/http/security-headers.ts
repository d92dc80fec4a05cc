import type { Context } from "hono";
import type { Env } from "./router.ts";

// An answer of the API is data: nothing in it may run, be framed or be kept.
const ofData = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
};

// Styles set by script go through the CSSOM, which a policy without 'unsafe-inline' permits.
const ofPages = {
  "content-security-policy": [
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; "),
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
};

// The empty page that the survey editor writes a mail into: a mail's styles stand in its elements, so they are allowed
// here and only here. Nothing in it runs, loads from elsewhere or is sent, and only our own pages may frame it.
const ofMailFrame = {
  "content-security-policy": [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    "sandbox allow-same-origin",
  ].join("; "),
  "x-frame-options": "SAMEORIGIN",
};

/** Sets what every answer carries; a page replaces some of it. */
export function setDataHeaders(c: Context<Env>, isHttps: boolean): void {
  for (const name in ofData) c.header(name, ofData[name as keyof typeof ofData]);
  if (isHttps) c.header("strict-transport-security", "max-age=31536000");
}

/** Sets what the pages of the interface carry. */
export function setPageHeaders(c: Context<Env>, file: string): void {
  const headers = file === "mail-frame.html" ? { ...ofPages, ...ofMailFrame } : ofPages;
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
}

import { Refusal } from "../errors.ts";

/**
 * Refuses a change that a page of another site makes a signed-in browser send (cross-site request forgery).
 * Browsers say where a request comes from: `Sec-Fetch-Site`, or on plain http only `Origin`. One that says neither
 * is refused too, because the cookie alone proves nothing.
 */
export function refuseOtherSites(method: string, headers: Headers, baseUrl: string): void {
  if (method === "GET" || method === "HEAD" || method === "OPTIONS") return;
  if (comesFromHere(headers, baseUrl)) return;
  throw new Refusal(
    "not_allowed",
    "This change came from another site, so it was not made. Use the pages of Nines, or an API key.",
    { reason: "other_site" },
  );
}

/** The same for routes without a session, where a caller that is no browser may be silent about its origin. */
export function refuseOtherSitesOfBrowsers(method: string, headers: Headers, baseUrl: string): void {
  const silent = !headers.has("sec-fetch-site") && !headers.has("origin") && !headers.has("cookie");
  if (!silent) refuseOtherSites(method, headers, baseUrl);
}

function comesFromHere(headers: Headers, baseUrl: string): boolean {
  const site = headers.get("sec-fetch-site");
  if (site) return site === "same-origin";
  const origin = headers.get("origin");
  if (!origin || !URL.canParse(origin)) return false;
  // The Host header is right when somebody opens 127.0.0.1 instead of localhost; a forger's page cannot choose it.
  return origin === new URL(baseUrl).origin || new URL(origin).host === headers.get("host");
}

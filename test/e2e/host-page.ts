import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

interface HostPage {
  html?: string;
  css?: string;
  js?: string;
  csp?: string;
}

/** Somebody else's site, on an origin of its own: one page at every path, with its styles and its script. */
export async function startHost() {
  let page: Required<HostPage> = { html: "", css: "", js: "", csp: "" };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://host").pathname;
    const [type, body] =
      path === "/host.css"
        ? ["text/css", page.css]
        : path === "/host.js"
          ? ["text/javascript", page.js]
          : ["text/html; charset=utf-8", page.html];
    response.setHeader("content-type", type);
    response.setHeader("cache-control", "no-store");
    if (page.csp) response.setHeader("content-security-policy", page.csp);
    response.end(body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve({ html = "", css = "", js = "", csp = "" }: HostPage) {
      page = { html, css, js, csp };
    },
    stop: () => new Promise((done) => server.close(done)),
  };
}

export type Host = Awaited<ReturnType<typeof startHost>>;

/** An ordinary page with the widget on it. */
export function plainPage({
  nines,
  survey,
  lang = "en",
  dir = "ltr",
  body = "",
}: {
  nines: string;
  survey: string;
  lang?: string;
  dir?: string;
  body?: string;
}): string {
  return `<!doctype html>
<html lang="${lang}" dir="${dir}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Invoices</title><link rel="stylesheet" href="/host.css"><script src="/host.js"></script>
<script src="${nines}/widget.js" data-survey="${survey}" async></script></head>
<body><main><h1>Invoices</h1><p>September is paid.</p>${body}</main></body></html>`;
}

/** Styles and elements that fight for the page. */
export const hostile = {
  css: `
    * { all: unset !important; box-sizing: content-box !important; }
    html { display: block !important; background: #fff !important; font-size: 40px !important; }
    body { display: block !important; letter-spacing: 1em !important; color: red !important; }
    div, section, button, textarea, [popover] { display: none !important; visibility: hidden !important; opacity: 0 !important; }
    p { font: italic 700 60px/3 fantasy !important; text-transform: uppercase !important; }
    .war { display: block !important; visibility: visible !important; opacity: 1 !important; position: fixed !important;
      inset: 0 !important; z-index: 2147483647 !important; pointer-events: auto !important; }
    head, style, script, title { display: none !important; }`,
  // What Prototype 1.6 and its like did, and a page that listens to every key.
  js: `
    Array.prototype.toJSON = function () { return "broken"; };
    Object.prototype.extended = function () {};
    Array.prototype.each = function () {};
    Function.prototype.bindAsEventListener = function () {};
    String.prototype.toJSON = function () { return "broken"; };
    window.keys = [];
    addEventListener("DOMContentLoaded", () =>
      document.addEventListener("keydown", (event) => keys.push(event.key)));`,
  body: `<div class="war"></div><i class="war"></i>`,
};

import { createHash } from "node:crypto";
import type { FixedWords } from "../../texts/survey-texts.ts";
import { Html, html } from "./html.ts";
import { staticFile } from "./static-files.ts";

/** What all pages for respondents have around their content. */
export interface Frame {
  language: string;
  title: string;
  words: FixedWords;
  /** Absent where the link does not say whose it is. */
  company?: { name: string; logo: string | null; accent: string | null };
  /** Other languages that this page is there in. */
  languages?: { tag: string; name: string }[];
  /** What the page's address says after its question mark, and says in every language. */
  query?: string | undefined;
  /** Who reads the answer, and where more about that stands. */
  readers?: { text: string; link: string | null };
  unsubscribe?: string | null;
  script?: boolean;
}

/** A page as it is sent: its HTML, and the policy that lets nothing but its own parts in. */
export interface Page {
  text: string;
  policy: string;
}

const rightToLeft = /^(ar|dv|fa|he|ps|sd|ug|ur|yi)\b/;

/** A whole page. Without cookies, without anything from elsewhere, and with no script in it. */
export function layOut(frame: Frame, content: Html): Page {
  const { language, title, words, company, script = false } = frame;
  // A draft may hold anything.
  const accent = /^#[0-9a-f]{6}$/i.test(company?.accent ?? "")
    ? `:root{--accent:${company!.accent};--on-accent:#fff}`
    : undefined;
  const page = html`<!doctype html>
    <html lang="${language}" dir="${rightToLeft.test(language) ? "rtl" : "ltr"}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex,nofollow" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        <link rel="preload" href="/r.woff2" as="font" type="font/woff2" crossorigin />
        <link rel="icon" href="/favicon.svg" />
        <link rel="stylesheet" href="${staticFile("/r.css").address}" />
        ${accent && new Html(`<style>${accent}</style>`)}
        ${script && html`<script src="${staticFile("/r.js").address}" defer></script>`}
      </head>
      <body>
        <header>${company && brand(company)}${languageMenu(frame)}</header>
        <main>${content}</main>
        <footer class="small faint">
          <span class="with">${mark} ${words.askedWith}</span>${readers(frame)}${
            frame.unsubscribe && html`<a class="link" href="${frame.unsubscribe}">${words.dontAsk}</a>`
          }
        </footer>
      </body>
    </html> `;
  return { text: page.text, policy: policyOf(accent) };
}

function policyOf(style: string | undefined): string {
  const hashed = style && ` 'sha256-${createHash("sha256").update(style).digest("base64")}'`;
  return [
    "default-src 'none'",
    `style-src 'self'${hashed ?? ""}`,
    "script-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function brand({ name, logo }: NonNullable<Frame["company"]>): Html {
  return html`<span class="brand">${logo && html`<img src="/img/${logo}" alt="" />`}${name}</span>`;
}

function languageMenu({ languages = [], language, query, words }: Frame): Html | undefined {
  if (languages.length < 2) return undefined;
  const present = languages.find(({ tag }) => tag === language)?.name ?? language;
  return html`<details class="lang">
    <summary><span class="sr">${words.language}: </span>${globe}${present}</summary>
    <ul>
      ${languages.map(
        ({ tag, name }) =>
          html`<li>
            <a
              href="?${query && `${query}&`}lang=${encodeURIComponent(tag)}"
              lang="${tag}"
              hreflang="${tag}"
              ${tag === language && new Html(' aria-current="true"')}
              >${name}</a
            >
          </li>`,
      )}
    </ul>
  </details>`;
}

function readers({ readers: said, words }: Frame): Html | undefined {
  if (!said) return undefined;
  const { text, link } = said;
  const more = link && html` <a class="link" href="${link}" rel="noopener noreferrer">${hostOf(link)}</a>`;
  return html`<details>
    <summary>${words.whoReads}</summary>
    <p>${text}${more}</p>
  </details>`;
}

function hostOf(link: string): string {
  return URL.canParse(link) ? new URL(link).host : link;
}

const globe = new Html(
  '<svg width="15" height="15" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.4" aria-hidden="true"><circle cx="8" cy="8" r="5.7"/><path d="M2.3 8h11.4M8 2.3c3.4 3.6 3.4 7.8 0 11.4M8 2.3c-3.4 3.6-3.4 7.8 0 11.4"/></svg>',
);

const mark = new Html(
  '<svg width="16" height="16" viewBox="0 0 24 24" fill="none" aria-hidden="true"><defs><linearGradient id="n" gradientUnits="userSpaceOnUse" x1="8" y1="22" x2="13" y2="2"><stop offset=".05" stop-color="var(--warm-1)"/><stop offset=".42" stop-color="var(--warm-2)"/><stop offset=".68" stop-color="var(--warm-3)"/><stop offset="1" stop-color="var(--warm-4)"/></linearGradient></defs><path d="M18 8.9A6 6 0 1 1 6 8.9a6 6 0 0 1 12 0c0 5.3-2.5 9.6-6.6 12" stroke="url(#n)" stroke-width="3.3" stroke-linecap="round"/></svg>',
);

import type { Context } from "hono";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { readSecret } from "../platform/accounts/read-secret.ts";
import { newId } from "../platform/ids.ts";
import { type Env, newRouter } from "../platform/http/router.ts";
import type { Resources } from "../platform/resources.ts";
import { type FoundPage, findInvitationPage, findLinkPage } from "./answering/find-page.ts";
import { newInvitationReader } from "./answering/invitation-reader.ts";
import { changeableFor } from "./answering/change-answer.ts";
import { newInvitationTokens } from "./answering/invitation-token.ts";
import { knownScanner } from "./answering/known-scanner.ts";
import { PageAnswer } from "./answering/page-answer.ts";
import { newPageNonces } from "./answering/page-nonce.ts";
import type { Page } from "./answering/page/layout.ts";
import { noSuchPage, noticePage, unsubscribePage } from "./answering/page/notice-page.ts";
import { staticFile, staticNames } from "./answering/page/static-files.ts";
import { surveyPage, thanksPage } from "./answering/page/survey-page.ts";
import { frameOf, textsOf, type View, wantedLanguages, wordsFor } from "./answering/page/view.ts";
import { asksEmail, isClosed, type Outcome, receiveAnswer } from "./answering/receive-answer.ts";
import type { EarlierAnswer } from "./answering/read-asked.ts";
import { recordClick } from "./answering/record-click.ts";
import { readUnsubscribe, unsubscribe } from "./answering/unsubscribe.ts";
import { chooseLanguage, missingTexts } from "./surveys/complete-texts.ts";
import { newResponseRecorder } from "./record-responses.ts";

type Asked = Context<Env>;

/** Answers by one public link, from one network address, in ten minutes. */
const mostByLink = 300;

/** What respondents meet: the page behind a link, its answers, and the way out. Nobody signs in here. */
export function answerRoutes(resources: Resources) {
  const { database, clock } = resources;
  const recorder = newResponseRecorder(resources);
  const readInvitation = newInvitationReader(database);
  const byLink = new RateLimiterMemory({ points: mostByLink, duration: 600 });
  const keys = async () => {
    const secret = await readSecret(resources);
    return { secret, tokens: newInvitationTokens(secret), nonces: newPageNonces(secret) };
  };
  let opened: ReturnType<typeof keys> | undefined;
  const open = () => (opened ??= keys());

  const findByToken = async (c: Asked) => {
    await limit(c);
    const token = c.req.param("token") ?? "";
    const { tokens } = await open();
    return findInvitationPage({ db: database.db, tokens, readInvitation }, token, wantedOf(c));
  };
  const findByLink = async (c: Asked) => {
    await limit(c);
    const { secret } = await open();
    const link = { surveyId: c.req.param("survey") ?? "", signed: c.req.query("t"), secret };
    return findLinkPage(database.db, link, wantedOf(c));
  };

  /** Shows the page; writes down that it was fetched, and nothing else. */
  async function show(c: Asked, page: FoundPage | undefined, honeypot = false) {
    if (!page || cannotBeShown(page))
      return send(c, noSuchPage(wantedLanguages(c.req.header("accept-language"))), 404);
    const now = clock.now();
    const score = numberIn(c.req.param("score"));
    if (page.kind === "invitation") {
      const scanner = knownScanner(c.req.raw.headers);
      const click = { id: newId(clock), at: now, method: c.req.method, score, honeypot, scanner };
      await recordClick(database.db, page.invitation, click);
    }
    if (isClosed(page, now)) return send(c, closedPage(page), 410);
    const nonce = (await open()).nonces.make(page.subject, now);
    const view = await viewOf(page, nonce, score);
    if (view.earlier && isSettled(page, view.earlier, now))
      return send(c, thanksPage(view, view.earlier.score, false), 200);
    return send(c, surveyPage(view), 200);
  }

  async function receive(c: Asked, page: FoundPage | undefined) {
    const isScript = c.req.header("content-type")?.includes("json") ?? false;
    if (!page || cannotBeShown(page)) {
      if (isScript) return c.json({ outcome: "gone" satisfies Outcome }, 404);
      return send(c, noSuchPage(wantedLanguages(c.req.header("accept-language"))), 404);
    }
    const parsed = PageAnswer.safeParse(await bodyOf(c, isScript));
    if (!parsed.success) return isScript ? c.json({ outcome: "aside" }, 422) : show(c, page);
    const answer = parsed.data;
    const { nonces } = await open();
    const fetch = nonces.read(page.subject, answer.nonce, clock.now());
    const scanner = knownScanner(c.req.raw.headers);
    // In the language that was read, whatever the link or the browser would say.
    const language = chooseLanguage(page.survey.content, [answer.lang, page.language]);
    const read = { ...page, language };
    const outcome = await receiveAnswer(resources, recorder, { page: read, answer, fetch, scanner });
    if (isScript) return c.json({ outcome }, 200);
    return showOutcome(c, read, answer, outcome);
  }

  /** After a form without JavaScript. */
  async function showOutcome(c: Asked, page: FoundPage, answer: PageAnswer, outcome: Outcome) {
    if (outcome === "gone") return send(c, noSuchPage(wantedLanguages(c.req.header("accept-language"))), 410);
    if (outcome === "closed") return send(c, closedPage(page), 410);
    const { nonces } = await open();
    const isGood = nonces.read(page.subject, answer.nonce, clock.now()) !== undefined;
    // With one that is too old, pressing again would never help.
    const nonce = isGood ? answer.nonce : nonces.make(page.subject, clock.now());
    const view = await viewOf(page, nonce, answer.score);
    // Quicker than anybody is: a person who sees their answer again presses again.
    if (outcome === "aside") return send(c, surveyPage({ ...view, earlier: undefined }), 200);
    if (answer.step !== undefined) {
      if (asksEmail(page)) return send(c, surveyPage(view), 200);
      const { score } = answer;
      const earlier = { ...answer, score, comment: null, state: "provisional", mayContact: null } as const;
      return send(c, surveyPage({ ...view, earlier: { ...earlier, at: clock.now() } }), 200);
    }
    return send(c, thanksPage(view, answer.score, page.kind !== "link"), 200);
  }

  async function viewOf(page: FoundPage, nonce: string, score: number | null): Promise<View> {
    const { survey, language, address } = page;
    const invitation = page.kind === "invitation" && !survey.anonymous ? page.invitation : undefined;
    const { tokens } = await open();
    const holder = invitation && {
      customerId: invitation.customerId,
      invitationId: invitation.id,
      number: invitation.tokenNumber,
    };
    return {
      address,
      survey,
      language,
      nonce,
      score: score ?? invitation?.answer?.score ?? null,
      earlier: invitation?.answer,
      email: invitation?.email ?? null,
      asksEmail: asksEmail(page),
      unsubscribe: holder ? `/u/${tokens.sign("unsubscribe", holder)}` : null,
    };
  }

  const router = newRouter();
  router.get("/r/:token", async (c) => show(c, await findByToken(c)));
  // Nobody sees this link in the mail; whoever follows it follows all links.
  router.get("/r/:token/more", async (c) => show(c, await findByToken(c), true));
  router.get("/r/:token/:score", async (c) => show(c, isNumber(c) ? await findByToken(c) : undefined));
  router.post("/r/:token", async (c) => receive(c, await findByToken(c)));
  router.get("/s/:survey", async (c) => show(c, await findByLink(c)));
  // The links in the mails of an anonymous survey.
  router.get("/s/:survey/:score", async (c) => show(c, isNumber(c) ? await findByLink(c) : undefined));
  router.post("/s/:survey", async (c) => {
    const allowed = await byLink.consume(c.get("address")).then(
      () => true,
      () => false,
    );
    if (!allowed) return c.json({ outcome: "aside" }, 429, { "retry-after": "600" });
    return receive(c, await findByLink(c));
  });

  const way = async (c: Asked) => {
    await limit(c);
    const token = c.req.param("token") ?? "";
    return readUnsubscribe(database.db, (await open()).tokens, token);
  };
  router.get("/u/:token", async (c) => showWayOut(c, await way(c), false));
  router.post("/u/:token", async (c) => {
    const found = await way(c);
    if (found) {
      const body = await c.req.text().catch(() => "");
      await unsubscribe(resources, found, /One-Click/i.test(body) ? "one-click" : "page");
    }
    return showWayOut(c, found, true);
  });

  for (const name of staticNames) router.get(name, (c) => sendFile(c, name));
  return router;
}

/** As on every public route. */
const limit = async (c: Asked) => c.get("limitRequests")("address", c.get("address"));

function wantedOf(c: Asked) {
  const lang = c.req.query("lang");
  return { lang: lang?.slice(0, 35), accepted: wantedLanguages(c.req.header("accept-language")) };
}

function isNumber(c: Asked): boolean {
  return /^(\d|10)$/.test(c.req.param("score") ?? "");
}

function numberIn(text: string | undefined): number | null {
  return text === undefined || text === "" ? null : Number(text);
}

/** A draft that is being written may have gaps. */
function cannotBeShown({ kind, survey, language }: FoundPage): boolean {
  return (
    kind === "test" && missingTexts(survey.content, language).some((path) => !path.startsWith("drivers."))
  );
}

function isSettled({ survey }: FoundPage, { at, state }: EarlierAnswer, now: Date): boolean {
  return now.getTime() - at.getTime() > changeableFor(survey.settings.changeDays, state);
}

async function bodyOf(c: Asked, isScript: boolean): Promise<unknown> {
  if (isScript) return c.req.json().catch(() => undefined);
  const form = await c.req.parseBody({ all: true }).catch(() => ({}));
  return Object.fromEntries(Object.entries(form).filter(([, value]) => value !== ""));
}

function closedPage(page: FoundPage): Page {
  const { survey, language } = page;
  const { words } = textsOf(survey.content, language);
  const frame = frameOf(
    { ...page, nonce: "", score: null, earlier: undefined, email: null, asksEmail: false, unsubscribe: null },
    false,
  );
  return noticePage({ ...frame, languages: [] }, words.closedTitle, words.closedText);
}

function showWayOut(c: Asked, found: Awaited<ReturnType<typeof readUnsubscribe>>, done: boolean) {
  const wanted = wantedLanguages(c.req.header("accept-language"));
  if (!found) return send(c, noSuchPage(wanted), 404);
  const { content, language } = found;
  const fallback = wordsFor([language, ...wanted]);
  const frame = content
    ? {
        language,
        words: textsOf(content, language).words,
        company: { name: content.company, ...content.branding },
      }
    : fallback;
  return send(c, unsubscribePage(frame, { action: c.req.path, done }), 200);
}

function send(c: Asked, { text, policy }: Page, status: 200 | 404 | 410) {
  c.header("content-security-policy", policy);
  c.header("x-robots-tag", "noindex, nofollow");
  c.header("x-frame-options", "DENY");
  c.header("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
  return c.html(text, status);
}

function sendFile(c: Asked, name: (typeof staticNames)[number]) {
  const { type, bytes, encoded } = staticFile(name);
  const accepted = c.req.header("accept-encoding") ?? "";
  const encoding = (["br", "gzip"] as const).find((each) => accepted.includes(each) && encoded[each]);
  c.header("cache-control", "public, max-age=31536000, immutable");
  c.header("cross-origin-resource-policy", "same-origin");
  c.header("vary", "accept-encoding");
  c.header("content-type", type);
  if (encoding) c.header("content-encoding", encoding);
  return c.body(encoding ? encoded[encoding]! : bytes);
}

import type { APIRequestContext, Browser, BrowserContextOptions } from "@playwright/test";
import { expect } from "./as-owner.ts";

/** What a person's browser calls itself; the one of these tests says that nobody sits before it. */
export const agent =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

/** A published survey with a pick-list, in English and German; invitations to it, and what came of them. */
export async function newAskingSurvey(request: APIRequestContext, slug: string, baseURL = "") {
  const headers = { "x-workspace": slug, origin: baseURL };
  const call = async <Answer>(method: string, path: string, data?: object): Promise<Answer> => {
    const response = await request.fetch(`/api/v1${path}`, { method, headers, ...(data && { data }) });
    expect(response.ok(), await response.text()).toBe(true);
    return (await response.json()) as Answer;
  };
  const { id, name, draft } = await call<{
    id: string;
    name: string;
    draft: {
      content: Record<string, unknown> & { languages: Record<string, { drivers: object }> };
      settings: { channels: object };
    };
  }>("POST", "/surveys", { name: "Relationship", language: "en", languages: ["de"] });
  const { content, settings } = draft;
  content.company = "Larkfield";
  content.drivers = {
    detractor: ["price", "speed"],
    passive: ["show", "feature", "price", "speed", "nothing"],
    promoter: [],
  };
  content.languages.en!.drivers = {
    show: "Someone showing me more of it",
    feature: "One missing feature",
    price: "A better price for what I use",
    speed: "Faster answers",
    nothing: "Nothing, it is good",
  };
  content.languages.de!.drivers = {
    show: "Jemand, der mir mehr davon zeigt",
    feature: "Eine fehlende Funktion",
    price: "Ein besserer Preis",
    speed: "Schnellere Antworten",
    nothing: "Nichts, es ist gut so",
  };
  content.thanksLinks = { detractor: null, passive: null, promoter: "https://larkfield.example/thanks" };
  const live = { ...settings, restDays: 0, channels: { email: false, widget: false, link: true } };
  await call("PUT", `/surveys/${id}/draft`, { name, content, settings: live });
  await call("POST", `/surveys/${id}/publish`, {});

  return {
    id,
    /** A new customer's link, without a number. */
    invite: async (email = `${crypto.randomUUID()}@brandt-soehne.example`) => {
      const { url } = await call<{ url: string }>("POST", "/invitations", {
        surveyId: id,
        channel: "api",
        customer: { email, name: "Katrin Brandt" },
      });
      return new URL(url).pathname;
    },
    answers: async () =>
      call<{
        total: number;
        items: { score: number; comment: string | null; customer: { email: string } }[];
      }>("GET", `/responses?survey=${id}`),
    asides: async () =>
      (
        await call<{ items: { reason: string; overriddenAt: string | null }[] }>(
          "GET",
          `/surveys/${id}/set-asides?limit=200`,
        )
      ).items,
    suppressed: async () => (await call<{ total: number }>("GET", "/suppressions")).total,
  };
}

/** A person's browser, with nobody signed in. */
export async function newPerson(browser: Browser, baseURL = "", options: BrowserContextOptions = {}) {
  return browser.newContext({ baseURL, userAgent: agent, locale: "en-GB", ...options });
}

import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { buildWidgetWhenStale } from "../cli/build-web.ts";
import { newApiClient } from "../../test/api-client.ts";
import { newTestApp, type TestApp } from "../../test/new-test-app.ts";
import type { SurveyContent } from "./surveys/survey-content.ts";
import { type SurveySettings, standardSettings } from "./surveys/survey-settings.ts";
import { newContent } from "./surveys/new-content.ts";

const nonce = () => crypto.randomUUID().replaceAll("-", "");

async function newSite({
  content = {},
  settings = {},
  anonymous = false,
}: {
  content?: Partial<SurveyContent>;
  settings?: Partial<SurveySettings>;
  anonymous?: boolean;
} = {}) {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  const { id } = await client.ask<{ id: string }>("POST", "/surveys", { name: "In the app", anonymous });
  await client.ask("PUT", `/surveys/${id}/draft`, {
    name: "In the app",
    content: { ...newContent("Larkfield", "en", ["de"]), ...content },
    settings: { ...standardSettings, channels: { email: false, widget: true, link: false }, ...settings },
  });
  await client.ask("POST", `/surveys/${id}/publish`, {});
  const visit = visitorOf(nines, id);
  const { key } = await client.ask<{ key: string }>("GET", `/surveys/${id}/widget`);
  const sign = (text: string) => createHmac("sha256", key).update(text).digest("hex");
  const signedBy = (customer: object) => {
    const signed = JSON.stringify(customer);
    return { signed, signature: sign(signed) };
  };
  return { ...nines, client, id, visit, sign, signedBy };
}

/** A page of another origin. */
function visitorOf({ app }: Pick<TestApp, "app">, id: string) {
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    app.request(`/api/widget/${id}${path}`, {
      method,
      headers: { origin: "https://app.example", "content-type": "application/json", ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  return {
    send,
    answer: async (answer: object) => {
      const response = await send("POST", "", { nonce: nonce(), version: 1, ...answer });
      expect(response.status, await response.clone().text()).toBe(200);
      return response.json();
    },
  };
}

type Site = Awaited<ReturnType<typeof newSite>>;

const responses = async ({ db }: Site) =>
  db.selectFrom("responses").selectAll().orderBy("receivedAt").execute();
const customers = async ({ db }: Site) =>
  db.selectFrom("customers").selectAll().orderBy("createdAt").execute();

describe("what the widget asks", () => {
  test("comes in the page's language with the company's name, may be kept for a minute, and is recognised", async () => {
    const site = await newSite({ settings: { restDays: 60 } });
    const response = await site.visit.send("GET", "?lang=xx,de-AT,en");
    expect(response.status).toBe(200);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("access-control-allow-credentials")).toBeNull();
    expect(response.headers.get("cache-control")).toBe("public, max-age=60");
    const config = (await response.json()) as {
      wording: { question: string };
      language: string;
      rules: object;
    };
    expect(config).toMatchObject({ language: "de", version: 1, direction: "ltr", rules: { restDays: 60 } });
    expect(config.wording.question).toContain("Larkfield");
    const again = await site.visit.send("GET", "?lang=xx,de-AT,en", undefined, {
      "if-none-match": response.headers.get("etag")!,
    });
    expect(again.status).toBe(304);
  });

  test("a colour too light for white words is darkened", async () => {
    const site = await newSite();
    await site.db
      .updateTable("surveyVersions")
      .set({
        content: JSON.stringify({ ...newContent("L", "en"), branding: { accent: "#ffee00", logo: null } }),
      })
      .execute();
    const config = (await (await site.visit.send("GET", "")).json()) as { accent: string };
    expect(config.accent).toMatch(/^#[0-9a-f]{6}$/);
    expect(config.accent).not.toBe("#ffee00");
  });

  test("a survey that is paused, or does not ask in the widget, is not found; a kept answer to the paused one is", async () => {
    const site = await newSite();
    await site.client.ask("POST", `/surveys/${site.id}/state`, { state: "paused" });
    expect((await site.visit.send("GET", "")).status).toBe(404);
    await site.visit.answer({ score: 7 });
    const settings = { ...standardSettings, channels: { email: true, widget: false, link: true } };
    await site.db
      .updateTable("surveys")
      .set({ state: "live", settings: JSON.stringify(settings) })
      .execute();
    const refused = await site.visit.send("POST", "", { nonce: nonce(), version: 1, score: 7 });
    expect(refused.status).toBe(404);
    expect(refused.headers.get("access-control-allow-origin")).toBe("*");
    expect((await visitorOf(site, crypto.randomUUID()).send("GET", "")).status).toBe(404);
  });

  test("browsers may ask first whether they may send", async () => {
    const site = await newSite();
    const response = await site.visit.send("OPTIONS", "", undefined, {
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type",
    });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("access-control-allow-headers")).toBe("content-type");
    expect(response.headers.get("access-control-allow-methods")).toContain("POST");
  });
});

describe("an answer of the widget", () => {
  test("is stored with its version, language and choices; the same one again, with a comment, is the same answer", async () => {
    const drivers = { detractor: [], passive: ["price"], promoter: ["speed"] };
    const site = await newSite({
      content: {
        drivers,
        languages: { en: { wording: {}, words: {}, drivers: { price: "Price", speed: "Speed" } } },
      },
    });
    const answer = { nonce: nonce(), score: 8, language: "en", complete: false };
    await site.visit.answer(answer);
    await site.visit.answer(answer);
    expect(await responses(site)).toMatchObject([{ score: 8, state: "provisional", comment: null }]);
    await site.visit.answer({
      ...answer,
      complete: true,
      comment: "Exports",
      drivers: ["price", "speed", "x"],
    });
    const stored = await responses(site);
    expect(stored).toHaveLength(1);
    expect(stored[0]).toMatchObject({
      score: 8,
      state: "confirmed",
      comment: "Exports",
      channel: "widget",
      language: "en",
      surveyVersion: 1,
      drivers: ["price"],
      surveyId: site.id,
    });
    await site.runJobs();
    const days = await site.db.selectFrom("scoreDays").select("counts").where("attribute", "=", "").execute();
    expect(days.flatMap(({ counts }) => counts.map(Number)).reduce((a, b) => a + b, 0)).toBe(1);
  });

  test("whose page learns later who is looking at it stays one answer", async () => {
    const site = await newSite();
    const answer = { nonce: nonce(), score: 9 };
    await site.visit.answer({ ...answer, complete: false });
    await site.visit.answer({ ...answer, customer: { id: "42" } });
    expect(await responses(site)).toHaveLength(1);
  });

  test("that waited in the browser is dated back by the seconds it waited, at most 30 days", async () => {
    const site = await newSite();
    const now = site.clock.now().getTime();
    await site.visit.answer({ score: 5, secondsAgo: 3_600 });
    await site.visit.answer({ score: 6, secondsAgo: 1e9 });
    const ages = (await responses(site)).map(({ at }) => (now - at.getTime()) / 1000);
    expect(ages.sort((a, b) => a - b)).toEqual([3_600, 30 * 24 * 3_600]);
  });

  test("out of shape, too long, or for a version that never was is refused", async () => {
    const site = await newSite();
    const statusOf = async (answer: object) =>
      (await site.visit.send("POST", "", { nonce: nonce(), version: 1, score: 7, ...answer })).status;
    expect(await statusOf({ score: 11 })).toBe(422);
    expect(await statusOf({ nonce: "short" })).toBe(422);
    expect(await statusOf({ version: 2 })).toBe(404);
    expect(await statusOf({ customer: { signed: "{}", signature: "abc" } })).toBe(422);
    expect(await statusOf({ comment: "x".repeat(70_000) })).toBe(413);
    expect(await responses(site)).toEqual([]);
  });

  test("one address can send only so many in a minute", async () => {
    const site = await newSite();
    const answer = { nonce: nonce(), version: 1, score: 7 };
    const sent = await Promise.all(Array.from({ length: 125 }, () => site.visit.send("POST", "", answer)));
    const refused = sent.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(5);
    expect(refused[0]?.headers.get("retry-after")).toBeTruthy();
    expect(refused[0]?.headers.get("access-control-allow-origin")).toBe("*");
    expect(await responses(site)).toHaveLength(1);
  });
});

describe("who answers in the widget", () => {
  const ada = { id: "42", email: "ada@x.example", name: "Ada", traits: { plan: "pro" } };

  async function withAda(site: Site) {
    await site.client.ask("POST", "/responses", { score: 7, customer: ada });
    return (await customers(site))[0]!;
  }

  test("whom only the page names is kept as it says, unverified: in no audience, and the same claim is the same customer", async () => {
    const site = await newSite();
    await site.visit.answer({ score: 9, customer: ada });
    await site.visit.answer({ score: 7, customer: { ...ada, name: "Ada L." } });
    expect(await customers(site)).toMatchObject([
      { externalId: "42", email: "ada@x.example", name: "Ada L.", traits: { plan: "pro" }, verified: false },
    ]);
    const keys = await site.db.selectFrom("customerKeys").select("key").execute();
    expect(keys.map(({ key }) => key).filter((key) => !key.startsWith("response:"))).toEqual(
      expect.arrayContaining(["claimed:id:42", "claimed:email:ada@x.example"]),
    );
    const audience = { match: "all", rules: [] };
    const inAudience = await site.client.ask<{ n: number }>("POST", "/audience/size", { audience });
    expect(inAudience.n).toBe(0);
    const { items } = await site.client.ask<{ items: object[] }>("GET", "/responses");
    expect(items).toMatchObject([{ customer: { verified: false } }, { customer: { verified: false } }]);
    // Somebody who is trusted names the same person: a customer of their own, who has not answered.
    await site.client.ask("POST", "/responses", { score: 3, customer: ada });
    const [claim, verified] = await customers(site);
    expect(verified).toMatchObject({ email: "ada@x.example", name: "Ada", verified: true });
    expect((await responses(site)).map(({ customerId, score }) => [customerId, score])).toEqual([
      [claim!.id, 9],
      [claim!.id, 7],
      [verified!.id, 3],
    ]);
  });

  test("without a signature nothing about a known customer changes, no answer is theirs, and nothing is told", async () => {
    const site = await newSite();
    const before = await withAda(site);
    const forged = {
      email: "Ada@x.example",
      id: "666",
      name: "Eve",
      traits: { plan: "free" },
      language: "fr",
    };
    const known = await site.visit.answer({ score: 0, customer: forged });
    const unknown = await site.visit.answer({ score: 0, customer: { email: "nobody@x.example" } });
    expect(known).toEqual(unknown);
    expect((await customers(site)).find(({ id }) => id === before.id)).toEqual(before);
    const keys = await site.db.selectFrom("customerKeys").select("key").where("key", "=", "id:666").execute();
    expect(keys).toEqual([]);
    const given = (await responses(site)).filter(({ customerId }) => customerId === before.id);
    expect(given).toMatchObject([{ score: 7, channel: "api" }]);
    expect(await site.db.selectFrom("contacts").selectAll().execute()).toEqual([]);
    const asked = async (customer: object) =>
      (await site.visit.send("POST", "/may-ask", { customer })).json();
    expect(await asked({ email: ada.email })).toEqual({ mayAsk: true });
  });

  test("a signature that does not fit, or a signed text that is no customer, is refused with the way out", async () => {
    const site = await newSite();
    const { signed, signature } = site.signedBy({ id: "42" });
    const refusalOf = async (customer: object, path = "") => {
      const body = path ? { customer } : { nonce: nonce(), version: 1, score: 7, customer };
      const response = await site.visit.send("POST", path, body);
      expect(response.status).toBe(422);
      return ((await response.json()) as { error: { message: string } }).error.message;
    };
    const wrong = /^customer\.signature: does not fit the text in `signed`\. Sign exactly that text/;
    expect(await refusalOf({ signed: `${signed} `, signature })).toMatch(wrong);
    expect(await refusalOf({ signed, signature: "0".repeat(64) }, "/may-ask")).toMatch(wrong);
    expect(await refusalOf({ id: "42", signature })).toMatch(/send `signed` and `signature` together/);
    expect(await refusalOf({ signed })).toMatch(/send `signed` and `signature` together/);
    const text = (text: string) => ({ signed: text, signature: site.sign(text) });
    expect(await refusalOf(text("42"))).toMatch(/^customer\.signed: /);
    expect(await refusalOf(text("{id:42}"))).toMatch(/^customer\.signed: is no JSON/);
    expect(await refusalOf(site.signedBy({ email: "no" }))).toMatch(
      /^customer\.signed\.email: is not an e-mail/,
    );
    expect(await refusalOf(site.signedBy({ name: "Ada" }))).toMatch(/^customer\.signed: needs an id/);
    expect(await refusalOf(text(`{"id":"${"x".repeat(10_000)}"}`))).toMatch(/at most 10,000 characters/);
    expect(await responses(site)).toEqual([]);
  });

  test("whoever is signed is brought up to date by the signed text, and by nothing beside it", async () => {
    const site = await newSite();
    await withAda(site);
    const customer = {
      id: 42,
      email: "ada@new.example",
      phone: "+49 30 1",
      name: "Ada L.",
      traits: { plan: "team" },
    };
    await site.visit.answer({
      score: 9,
      customer: { ...site.signedBy(customer), name: "Eve", traits: { vip: true }, email: "eve@x.example" },
    });
    expect(await customers(site)).toMatchObject([
      { email: "ada@new.example", phone: "+49301", name: "Ada L.", traits: { plan: "team" }, verified: true },
    ]);
    const keys = await site.db
      .selectFrom("customerKeys")
      .select("key")
      .where("key", "like", "%eve%")
      .execute();
    expect(keys).toEqual([]);
    expect((await responses(site)).at(-1)).toMatchObject({ score: 9, traits: { plan: "team" } });
    // The key is the workspace's: another survey takes the same signature, another workspace does not.
    const other = await newSite();
    expect(other.signedBy(customer).signature).not.toBe(site.signedBy(customer).signature);
  });

  test("a signed customer rests after an answer and after an invitation, and is left alone after unsubscribing", async () => {
    const site = await newSite({ settings: { restDays: 30 } });
    const signed = (id: string) => ({ customer: site.signedBy({ id }) });
    const mayAsk = async (id: string) => {
      const answer = (await (await site.visit.send("POST", "/may-ask", signed(id))).json()) as {
        mayAsk: boolean;
      };
      return answer.mayAsk;
    };
    expect(await mayAsk("7")).toBe(true);
    await site.visit.answer({ score: 8, ...signed("7") });
    expect(await mayAsk("7")).toBe(false);
    const contacts = await site.db.selectFrom("contacts").selectAll().execute();
    expect(contacts).toMatchObject([{ kind: "invitation", surveyId: site.id }]);
    site.clock.advance(30 * 24 * 3_600_000 + 1);
    expect(await mayAsk("7")).toBe(true);
    await site.db.updateTable("customers").set({ unsubscribedAt: site.clock.now() }).execute();
    expect(await mayAsk("7")).toBe(false);
    // They may still answer.
    expect(await site.visit.answer({ score: 2, ...signed("7") })).toEqual({ stored: true });
  });
});

test("an anonymous survey keeps nothing of who answered: no names, no times, no name of the answer", async () => {
  const site = await newSite({ anonymous: true });
  const answer = {
    nonce: nonce(),
    score: 4,
    language: "en",
    customer: { id: "42", email: "ada@x.example", traits: { plan: "pro" } },
  };
  await site.visit.answer({ ...answer, complete: false });
  await site.visit.answer({ ...answer, comment: "Slow", mayContact: true });
  const [response, ...more] = await responses(site);
  expect(more).toEqual([]);
  expect(response).toMatchObject({
    score: 4,
    comment: "Slow",
    channel: "link",
    sourceId: null,
    traits: {},
    mayContact: null,
  });
  expect(response?.id).toMatch(/^.{14}4/);
  expect(response?.at.toISOString()).toMatch(/T00:00:00.000Z$/);
  expect(await site.db.selectFrom("customerKeys").selectAll().execute()).toEqual([]);
  expect(await site.db.selectFrom("contacts").selectAll().execute()).toEqual([]);
  const { rows } = await site.pool.query<{ dump: string }>(
    "select coalesce(string_agg(query_to_xml('select * from ' || quote_ident(tablename), true, false, '')::text, ''), '') as dump from pg_tables where schemaname = 'public'",
  );
  for (const trace of [answer.nonce, "ada@x.example"]) expect(rows[0]?.dump).not.toContain(trace);
});

test("the script is served to every site", async () => {
  await buildWidgetWhenStale();
  const { app } = await newTestApp();
  const response = await app.request("/widget.js", { headers: { "accept-encoding": "gzip" } });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(response.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
  expect((await response.arrayBuffer()).byteLength).toBeLessThanOrEqual(8_000);
});

test("the ids of anonymous answers cannot be worked out with the key that the page's server has", async () => {
  const site = await newSite({ anonymous: true });
  const name = nonce();
  await site.visit.answer({ nonce: name, score: 9 });
  const bytes = Buffer.from(site.sign(`answer ${name}`), "hex");
  const [{ id } = { id: "" }] = await responses(site);
  expect(id.slice(0, 8)).not.toBe(bytes.toString("hex").slice(0, 8));
});

test("a version that no survey can have is refused", async () => {
  const { visit } = await newSite();
  const response = await visit.send("POST", "", { nonce: nonce(), version: 1e12, score: 9 });
  expect(response.status).toBe(422);
});

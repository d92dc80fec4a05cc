import { expect, test } from "vitest";
import { newAsked } from "../../../test/new-asked.ts";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import { newWorkspace } from "../../../test/sign-in.ts";
import { deleteWorkspace } from "../../platform/accounts/delete-workspace.ts";
import { totalOf } from "../score-sums.ts";
import { testHolder } from "./invitation-token.ts";

const agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";
const empty = { wording: {}, words: {}, drivers: {} };
const drivers = {
  content: {
    drivers: { detractor: ["price"], passive: ["price", "speed"], promoter: [] },
    languages: {
      en: { wording: {}, words: {}, drivers: { price: "A better price", speed: "Faster answers" } },
    },
  },
};

/** A respondent's browser on the page of a link. */
async function open(nines: TestApp, path: string, headers: Record<string, string> = {}) {
  const common = { "user-agent": agent, ...headers };
  const response = await nines.app.request(path, { headers: common });
  const text = await response.text();
  const nonce = /name="nonce" value="([^"]+)"/.exec(text)?.[1] ?? "";
  const address = /action="([^"]+)"/.exec(text)?.[1] ?? path;
  const post = async (body: object, more: Record<string, string> = {}) => {
    const answer = await nines.app.request(address, {
      method: "POST",
      headers: { ...common, "content-type": "application/json", ...more },
      body: JSON.stringify({ nonce, lang: "en", state: "provisional", sign: "input", ...body }),
    });
    return ((await answer.json()) as { outcome: string }).outcome;
  };
  const submit = async (fields: Record<string, string>) =>
    nines.app.request(address, {
      method: "POST",
      headers: { ...common, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ nonce, lang: "en", website: "", ...fields }).toString(),
    });
  return { status: response.status, headers: response.headers, text, nonce, post, submit };
}

async function newNines(options: Parameters<typeof newAsked>[2] = {}) {
  const nines = await newTestApp();
  const workspace = await newWorkspace(nines);
  return { nines, ...workspace, ...(await newAsked(nines.resources, workspace.workspaceId, options)) };
}

async function counted(nines: TestApp): Promise<number> {
  const { rows } = await nines.pool.query(
    `select counts from score_days where attribute = '' union all select counts from score_changes where attribute = ''`,
  );
  return rows.reduce((sum: number, { counts }) => sum + totalOf({ counts }), 0);
}

const responses = (nines: TestApp) => nines.db.selectFrom("responses").selectAll().execute();

test("a click, a moved pointer, then a sentence: one answer, with its invitation and all that was said", async () => {
  const { nines, invite, surveyId, owner } = await newNines(drivers);
  const invited = await invite();
  const page = await open(nines, `/r/${invited.token}/8`);
  expect(page.status).toBe(200);
  expect(page.text).toContain("What would have made it a 9?");
  expect(page.text).not.toMatch(/passive/i);
  expect(await responses(nines)).toEqual([]);
  nines.clock.advance(2_000);
  expect(await page.post({ score: 8 })).toBe("recorded");
  expect(await page.post({ score: 8 })).toBe("same");
  nines.clock.advance(20_000);
  const said = { comment: "Show me more of it", drivers: ["speed", "no such"], mayContact: true };
  expect(await page.post({ score: 8, state: "confirmed", ...said })).toBe("changed");

  const [answer, ...others] = await responses(nines);
  expect(others).toEqual([]);
  expect(answer).toMatchObject({
    customerId: invited.customerId,
    surveyId,
    score: 8,
    comment: "Show me more of it",
    channel: "email",
    language: "en",
    traits: { plan: "pro" },
    invitationId: invited.id,
    surveyVersion: 1,
    state: "confirmed",
    drivers: ["speed"],
    mayContact: true,
    changedAt: null,
  });
  expect(await nines.db.selectFrom("responseChanges").selectAll().execute()).toEqual([]);
  const invitation = await nines.db.selectFrom("invitations").selectAll().executeTakeFirstOrThrow();
  expect(invitation.answeredAt).toEqual(answer!.at);
  expect(invitation.remindAt).toBeNull();
  expect(invitation.openedAt).not.toBeNull();
  await nines.runJobs();
  expect(await counted(nines)).toBe(1);
  const shown = await owner.fetch("GET", `/api/v1/responses/${answer!.id}?customer=${invited.customerId}`);
  expect(await shown.json()).toMatchObject({
    surveyVersion: 1,
    state: "confirmed",
    drivers: ["Faster answers"],
    mayContact: true,
    invitationId: invited.id,
    changes: [],
  });
});

test("a changed answer moves the counts, and what it was stays as history; after the time for it, it stands", async () => {
  const { nines, invite, owner } = await newNines({ settings: { changeDays: 7 } });
  const { token, customerId } = await invite();
  const first = await open(nines, `/r/${token}/3`);
  nines.clock.advance(5_000);
  expect(await first.post({ score: 3, state: "confirmed", comment: "No" })).toBe("recorded");
  nines.clock.advance(24 * 3_600_000);
  const later = await open(nines, `/r/${token}`);
  expect(later.text).toMatch(/value="3"[^>]* checked/);
  nines.clock.advance(5_000);
  // The score alone, by itself, changes nothing that was sent on purpose.
  expect(await later.post({ score: 9 })).toBe("same");
  expect(await later.post({ score: 9, state: "confirmed", comment: "Yes" })).toBe("changed");
  expect(await later.post({ score: 9, state: "confirmed", comment: "Yes" })).toBe("same");

  const [answer, ...others] = await responses(nines);
  expect(others).toEqual([]);
  expect(answer).toMatchObject({ score: 9, comment: "Yes" });
  const shown = await owner.fetch("GET", `/api/v1/responses/${answer!.id}?customer=${customerId}`);
  expect(((await shown.json()) as { changes: unknown }).changes).toMatchObject([{ score: 3, comment: "No" }]);
  await nines.runJobs();
  const { rows } = await nines.pool.query("select counts from score_days where attribute = ''");
  expect(rows.map(({ counts }) => counts)).toEqual([[0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]]);
  nines.clock.advance(8 * 24 * 3_600_000);
  expect(await later.post({ score: 1, state: "confirmed" })).toBe("closed");
  expect((await open(nines, `/r/${token}`)).text).not.toContain("<form");
});

test("without JavaScript the form answers, in two steps where the link has no number", async () => {
  const { nines, invite } = await newNines();
  const { token } = await invite();
  const page = await open(nines, `/r/${token}`);
  expect(page.text).toContain("How likely are you to recommend Larkfield to a friend or colleague?");
  nines.clock.advance(3_000);
  const second = await page.submit({ score: "7", step: "1", comment: "" });
  const text = await second.text();
  expect(text).toContain("Your answer, saved");
  nines.clock.advance(3_000);
  const third = await page.submit({ score: "7", comment: "More of it" });
  expect(await third.text()).toContain("Thank you. We read every answer.");
  expect(await responses(nines)).toMatchObject([{ score: 7, comment: "More of it", state: "confirmed" }]);
  expect(await nines.db.selectFrom("responseChanges").selectAll().execute()).toEqual([]);
});

test("a hundred answers to one invitation at once are one", async () => {
  const { nines, invite } = await newNines();
  const { token } = await invite();
  const page = await open(nines, `/r/${token}/8`);
  nines.clock.advance(5_000);
  const outcomes = await Promise.all(Array.from({ length: 100 }, async () => page.post({ score: 8 })));
  expect(outcomes.toSorted().slice(0, 2)).toEqual(["recorded", "same"]);
  expect(new Set(outcomes)).toEqual(new Set(["recorded", "same"]));
  expect(await responses(nines)).toHaveLength(1);
  expect(await counted(nines)).toBe(1);
});

test("links that lead nowhere look alike, say nothing, and store nothing", async () => {
  const { nines, invite, tokens, workspaceId, surveyId } = await newNines();
  const invited = await invite();
  const other = await invite();
  const { customerId, id, token } = invited;
  const rotated = tokens.sign("answer", { customerId, invitationId: id, number: 0 });
  const mixed = tokens.sign("answer", { customerId: other.customerId, invitationId: id, number: 1 });
  const tampered = (token.startsWith("A") ? "B" : "A") + token.slice(1);
  const wrong = [rotated, mixed, tampered, token.slice(0, -1), `${token}x`, invited.unsubscribe, "x", "%00"];
  const pages = await Promise.all(wrong.map(async (each) => open(nines, `/r/${each}/8`)));
  expect(new Set(pages.map(({ status }) => status))).toEqual(new Set([404]));
  expect(new Set(pages.map(({ text }) => text)).size).toBe(1);
  expect(pages[0]!.text).not.toContain("Larkfield");
  const good = await open(nines, `/r/${token}/8`);
  nines.clock.advance(5_000);
  const foreign = await open(nines, `/r/${other.token}/8`);
  nines.clock.advance(5_000);
  // The page of one invitation does not answer another.
  const body = { nonce: foreign.nonce, score: 8, state: "confirmed", sign: "input" };
  expect(await good.post(body)).toBe("aside");
  for (const each of wrong) {
    const response = await nines.app.request(`/r/${each}`, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": agent },
      body: JSON.stringify({ ...body, nonce: good.nonce }),
    });
    expect(response.status).toBe(404);
  }
  expect((await open(nines, `/r/${token}/11`)).status).toBe(404);
  expect(await responses(nines)).toEqual([]);
  await nines.db.updateTable("invitations").set({ expiresAt: nines.clock.now() }).execute();
  nines.clock.advance(1_000);
  const expired = await open(nines, `/r/${token}/8`);
  expect([expired.status, expired.text]).toEqual([410, expect.stringContaining("This question is closed")]);
  expect(await good.post({ score: 8, state: "confirmed" })).toBe("closed");
  await nines.db.deleteFrom("customers").where("id", "=", customerId).execute();
  expect((await open(nines, `/r/${token}/8`)).text).toBe(pages[0]!.text);
  await deleteWorkspace(nines.db, workspaceId);
  expect((await open(nines, `/r/${other.token}/8`)).text).toBe(pages[0]!.text);
  expect((await open(nines, `/s/${surveyId}`)).text).toBe(pages[0]!.text);
  expect((await open(nines, `/u/${other.unsubscribe}`)).status).toBe(404);
});

test("an answer that arrives as its workspace or customer is deleted is not stored", async () => {
  const { nines, invite, workspaceId } = await newNines();
  const invited = await invite();
  const page = await open(nines, `/r/${invited.token}/8`);
  nines.clock.advance(5_000);
  const outcomes = await Promise.all([page.post({ score: 8 }), deleteWorkspace(nines.db, workspaceId)]);
  expect(["recorded", "gone"]).toContain(outcomes[0]);
  expect(await responses(nines)).toEqual([]);
});

test("unsubscribing: a GET does nothing, a POST works at once and for ever, in every form mail programs send", async () => {
  const { nines, invite, tokens } = await newNines();
  const [a, b, c] = [await invite(), await invite(), await invite()];
  await nines.db.updateTable("invitations").set({ expiresAt: "2020-01-01", tokenNumber: 7 }).execute();
  const suppressed = async () =>
    await nines.db.selectFrom("suppressions").select(["key", "reason", "source"]).orderBy("at").execute();
  for (const method of ["GET", "HEAD"]) {
    const looked = await nines.app.request(`/u/${a.unsubscribe}`, { method });
    expect(looked.status).toBe(200);
  }
  expect(await suppressed()).toEqual([]);
  const form = new FormData();
  form.set("List-Unsubscribe", "One-Click");
  const bodies = [new URLSearchParams({ "List-Unsubscribe": "One-Click" }), form, undefined];
  for (const [i, { unsubscribe }] of [a, b, c].entries()) {
    const body = bodies[i];
    const response = await nines.app.request(`/u/${unsubscribe}`, { method: "POST", ...(body && { body }) });
    expect(response.status).toBe(200);
    expect(response.headers.get("location")).toBeNull();
    expect(response.headers.get("set-cookie")).toBeNull();
    expect(await response.text()).toContain("Done. Larkfield will not ask you again by e-mail.");
  }
  expect(new Set((await suppressed()).map(({ key, source }) => `${key} ${source}`))).toEqual(
    new Set([`email:${a.email} one-click`, `email:${b.email} one-click`, `email:${c.email} page`]),
  );
  const customers = await nines.db.selectFrom("customers").select("unsubscribedAt").execute();
  expect(customers.every(({ unsubscribedAt }) => unsubscribedAt)).toBe(true);
  for (const wrong of [a.token, `${a.unsubscribe}x`, tokens.sign("test", a)])
    expect((await nines.app.request(`/u/${wrong}`, { method: "POST" })).status).toBe(404);
});

test("a test mail's links work and store nothing", async () => {
  const { nines, tokens, surveyId } = await newNines();
  const token = tokens.sign("test", testHolder(surveyId, crypto.randomUUID(), nines.clock.now()));
  const page = await open(nines, `/r/${token}/8`);
  expect(page.text).toContain("What would have made it a 9?");
  expect(await page.post({ score: 8, state: "confirmed" })).toBe("recorded");
  expect((await nines.app.request(`/u/${token}`, { method: "POST" })).status).toBe(200);
  for (const name of ["responses", "clicks", "setAsides", "suppressions"] as const)
    expect(await nines.db.selectFrom(name).selectAll().execute()).toEqual([]);
  nines.clock.advance(7 * 24 * 3_600_000);
  expect((await open(nines, `/r/${token}/8`)).status).toBe(200);
  nines.clock.advance(24 * 3_600_000);
  const late = await open(nines, `/r/${token}/8`);
  expect(late.status).toBe(410);
  expect(late.text).toContain("This question is closed");
  expect(await page.post({ score: 8, state: "confirmed" })).toBe("closed");
});

test("the public link: one answer a page, signed traits that the survey allows, and an address where it is asked", async () => {
  const { nines, owner, surveyId } = await newNines({
    settings: { link: { askEmail: true, traits: ["plan"] } },
  });
  const asked = await owner.fetch("GET", `/api/v1/surveys/${surveyId}/link?traits={"plan":"free"}`);
  const link = (await asked.json()) as { url: string; qr: string };
  expect(link.qr).toMatch(/^<svg /);
  const refused = await owner.fetch("GET", `/api/v1/surveys/${surveyId}/link?traits={"vip":true}`);
  expect(refused.status).toBe(422);
  const path = link.url.replace(nines.resources.config.baseUrl, "");
  const page = await open(nines, path);
  expect(page.text).toContain('type="email"');
  nines.clock.advance(5_000);
  const answer = { score: 10, state: "confirmed", email: "Ada@x.example" };
  expect(await page.post(answer)).toBe("recorded");
  expect(await page.post(answer)).toBe("same");
  const forged = await open(nines, path.replace(/t=.{8}/, "t=AAAAAAAA"));
  nines.clock.advance(5_000);
  expect(await forged.post({ score: 2, state: "confirmed" })).toBe("recorded");
  const stored = await responses(nines);
  stored.sort((a, b) => b.score - a.score);
  expect(stored.map(({ score, traits, channel }) => [score, traits, channel])).toEqual([
    [10, { plan: "free" }, "link"],
    [2, {}, "link"],
  ]);
  const customers = await nines.db
    .selectFrom("customers")
    .select(["email", "anonymous", "verified"])
    .execute();
  // Anybody can type any address.
  expect(customers).toContainEqual({ email: "ada@x.example", anonymous: false, verified: false });
  expect(customers).toContainEqual({ email: null, anonymous: true, verified: true });
  await nines.db.updateTable("surveys").set({ state: "paused" }).where("id", "=", surveyId).execute();
  expect((await open(nines, path)).status).toBe(410);
});

test("a link for one customer is theirs alone: id and address are signed with the traits, and nobody can put in another", async () => {
  const { nines, owner, surveyId } = await newNines({
    settings: { link: { askEmail: true, traits: ["plan"] } },
  });
  const make = async (body: object) => {
    const response = await owner.fetch("POST", `/api/v1/surveys/${surveyId}/links`, body);
    return { status: response.status, url: ((await response.json()) as { url: string }).url };
  };
  const customer = { id: "42", email: "ada@x.example" };
  const { url } = await make({ customer, traits: { plan: "pro" } });
  const path = url.replace(nines.resources.config.baseUrl, "");
  const answer = async (path: string, body: object) => {
    const page = await open(nines, path);
    nines.clock.advance(5_000);
    expect(await page.post({ state: "confirmed", ...body })).toBe("recorded");
    return page.text;
  };
  expect(await answer(path, { score: 9, email: "eve@x.example" })).not.toContain('type="email"');
  const [, body = "", mac = ""] = /t=([^.]*)\.(.*)$/.exec(path)!;
  const forged = { customer: { id: "43" }, traits: { plan: "pro" } };
  const other = Buffer.from(JSON.stringify(forged)).toString("base64url");
  for (const wrong of [path.replace(body, other), path.replace(mac, "A".repeat(22)), `${path}x`])
    expect(await answer(wrong, { score: 1 })).toContain('type="email"');
  expect(await answer(`/s/${surveyId}?id=42&email=ada@x.example`, { score: 1 })).toContain('type="email"');
  const stored = await responses(nines);
  const verified = await nines.db
    .selectFrom("customers")
    .selectAll()
    .where("anonymous", "=", false)
    .execute();
  expect(verified).toMatchObject([{ externalId: "42", email: "ada@x.example", verified: true }]);
  expect(stored.filter(({ customerId }) => customerId === verified[0]!.id)).toMatchObject([
    { score: 9, traits: { plan: "pro" } },
  ]);
  expect((await make({ customer: {} })).status).toBe(422);
  expect((await make({ customer, traits: { vip: true } })).status).toBe(422);
  await nines.db.updateTable("surveys").set({ anonymous: true }).execute();
  expect((await make({ customer })).status).toBe(409);
});

test("an answer that waited in the browser is counted on the day it was given, but not before its page was there", async () => {
  const { nines, invite } = await newNines();
  const { token } = await invite();
  const page = await open(nines, `/r/${token}/8`);
  const fetched = nines.clock.now();
  nines.clock.advance(3 * 24 * 3_600_000);
  expect(await page.post({ score: 8, age: 1e12 })).toBe("aside");
  expect(await page.post({ score: 8, age: 3 * 24 * 3_600_000 - 60_000, state: "confirmed" })).toBe(
    "recorded",
  );
  expect((await responses(nines))[0]!.at).toEqual(new Date(fetched.getTime() + 60_000));
});

test("pages carry their policies, lead nowhere else, and escape what companies and customers are called", async () => {
  const nasty = `<script>alert(1)</script>"'&`;
  const { nines, invite } = await newNines({
    content: {
      company: nasty,
      branding: { accent: "#0d6384", logo: null },
      thanksLinks: {
        detractor: "javascript:alert(1)",
        passive: null,
        promoter: "https://x.example/?a=1&b=2",
      },
    },
  });
  const { token } = await invite(`"<b>"@x.example`);
  const page = await open(nines, `/r/${token}/9?next=https://evil.example&url=//evil.example&lang=xx`);
  expect(page.text).not.toContain("<script>alert");
  expect(page.text).not.toContain("<b>");
  expect(page.text).not.toContain("javascript:");
  expect(page.text).not.toContain("evil");
  expect(page.text).toContain("https://x.example/?a=1&#38;b=2");
  expect(page.headers.get("cache-control")).toBe("no-store");
  expect(page.headers.get("referrer-policy")).toBe("no-referrer");
  expect(page.headers.get("x-robots-tag")).toContain("noindex");
  expect(page.headers.get("set-cookie")).toBeNull();
  expect(page.headers.get("content-security-policy")).toMatch(
    /^default-src 'none'; style-src 'self' 'sha256-/,
  );
});

test("a public link that asks for an address counts one page once, whatever address is said first and last", async () => {
  const { nines, surveyId } = await newNines({ settings: { link: { askEmail: true, traits: [] } } });
  const page = await open(nines, `/s/${surveyId}`);
  nines.clock.advance(5_000);
  // Without JavaScript the score comes alone, then everything.
  const second = await page.submit({ score: "7", step: "1" });
  expect(await second.text()).toContain('type="email"');
  expect(await responses(nines)).toEqual([]);
  await page.submit({ score: "7", comment: "Well", email: "ada@x.exmaple" });
  await page.submit({ score: "8", comment: "Well", email: "ada@x.example" });
  await page.submit({ score: "8", comment: "Well, well" });
  expect(await responses(nines)).toMatchObject([{ score: 8, comment: "Well, well" }]);
  expect(await counted(nines)).toBe(1);
});

test("what is no number is no zero, and stray characters cost nobody their answer", async () => {
  const { nines, invite, surveyId } = await newNines({ settings: { link: { askEmail: true, traits: [] } } });
  const { token } = await invite();
  const page = await open(nines, `/r/${token}`);
  nines.clock.advance(5_000);
  for (const score of [null, "", " ", false, [], [7], "0x7", "7.0"])
    expect(await page.post({ score, state: "confirmed" })).toBe("aside");
  await page.submit({ score: " ", comment: "" });
  expect(await responses(nines)).toEqual([]);
  // Forms send line breaks as two characters.
  await page.submit({ score: "7", comment: "a\r\n".repeat(5_000) });
  expect(await responses(nines)).toMatchObject([{ score: 7, comment: "a\n".repeat(5_000) }]);
  const link = await open(nines, `/s/${surveyId}`);
  nines.clock.advance(5_000);
  expect(await link.post({ score: 3, state: "confirmed", email: "a\u0000@\ud800.example" })).toBe("recorded");
});

test("another language keeps the signed traits of a link", async () => {
  const { nines, owner, surveyId } = await newNines({
    content: { languages: { en: empty, de: empty } },
    settings: { link: { askEmail: false, traits: ["plan"] } },
  });
  const asked = await owner.fetch("GET", `/api/v1/surveys/${surveyId}/link?traits={"plan":"free"}`);
  const { url } = (await asked.json()) as { url: string };
  const path = url.replace(nines.resources.config.baseUrl, "");
  const page = await open(nines, path);
  const german = /href="(\?[^"]*lang=de)"/.exec(page.text)![1]!.replaceAll("&#38;", "&");
  const second = await open(nines, path.split("?")[0] + german);
  expect(second.text).toContain('lang="de"');
  nines.clock.advance(5_000);
  await second.post({ score: 9, state: "confirmed", lang: "de" });
  expect(await responses(nines)).toMatchObject([{ traits: { plan: "free" }, language: "de" }]);
});

test("traits that a link or its QR code cannot hold are refused", async () => {
  const { owner, surveyId } = await newNines({ settings: { link: { askEmail: false, traits: ["a", "b"] } } });
  const link = async (traits: object) =>
    owner.fetch(
      "GET",
      `/api/v1/surveys/${surveyId}/link?traits=${encodeURIComponent(JSON.stringify(traits))}`,
    );
  expect((await link({ a: "x".repeat(900) })).status).toBe(200);
  const refused = await link({ a: "ü".repeat(900), b: "ü".repeat(900) });
  expect(refused.status).toBe(422);
  expect(((await refused.json()) as { error: object }).error).toMatchObject({
    details: { reason: "link_too_long" },
  });
});

test("where answers cannot be changed, a score can still be explained for a day", async () => {
  const { nines, invite } = await newNines({ settings: { changeDays: 0 } });
  const { token } = await invite();
  const page = await open(nines, `/r/${token}/6`);
  nines.clock.advance(5_000);
  expect(await page.post({ score: 6 })).toBe("recorded");
  nines.clock.advance(60_000);
  const again = await open(nines, `/r/${token}`);
  expect(again.text).toContain("<form");
  nines.clock.advance(5_000);
  expect(await again.post({ score: 6, state: "confirmed", comment: "Slow" })).toBe("changed");
  nines.clock.advance(5_000);
  expect((await open(nines, `/r/${token}`)).text).not.toContain("<form");
});

test("the page of a draft shows no colour but a colour", async () => {
  const { nines, tokens, surveyId } = await newNines();
  const accent = "#fff</style><meta http-equiv=refresh content=0;url=//evil.example>";
  const { content } = await nines.db.selectFrom("surveyVersions").select("content").executeTakeFirstOrThrow();
  const draft = { content: { ...(content as object), branding: { accent, logo: null } } };
  await nines.db
    .updateTable("surveys")
    .set({ draft: JSON.stringify(draft) })
    .execute();
  const page = await open(
    nines,
    `/r/${tokens.sign("test", testHolder(surveyId, crypto.randomUUID(), nines.clock.now()))}`,
  );
  expect(page.status).toBe(200);
  expect(page.text).not.toContain("evil");
});

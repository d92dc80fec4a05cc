import type { APIRequestContext, BrowserContext, Locator, Page } from "@playwright/test";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "./as-owner.ts";
import { type Host, hostile, plainPage, startHost } from "./host-page.ts";

let host: Host;
test.beforeAll(async () => {
  host = await startHost();
});
test.afterAll(() => host.stop());

interface Site {
  nines: string;
  slug: string;
  survey: string;
}

const now = { sample: 1, afterVisits: 1, afterSeconds: 0, notOn: [] as string[] };

test("on a hostile page it looks and works as on a plain one", async ({
  page,
  context,
  workspace,
  baseURL,
}) => {
  const site = await newSite(context.request, await workspace("Hostile page"), baseURL);
  await openShadows(context);
  host.serve({ html: plainPage(site) });
  await page.goto(host.url);
  const plain = await pictureOf(card(page));

  const nines = new URL(site.nines).origin;
  host.serve({
    html: plainPage({ ...site, dir: "rtl", body: hostile.body }),
    css: hostile.css,
    js: hostile.js,
    csp: `default-src 'none'; script-src 'self' ${nines}; style-src 'self'; connect-src ${nines}; require-trusted-types-for 'script'`,
  });
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await forget(page);
  await page.goto(host.url);
  await expect(card(page)).toBeVisible();
  expect((await pictureOf(card(page))).equals(plain)).toBe(true);
  await page.screenshot({ path: "test-results/widget-hostile.png" });

  await card(page).getByRole("radio", { name: "8", exact: true }).click();
  await expect(card(page).getByText("saved")).toBeVisible();
  await card(page).getByLabel("Price").check();
  await card(page).getByRole("textbox").fill("Exports end at 5,000 rows.");
  await card(page).getByRole("button", { name: "Send" }).click();
  await expect(card(page).getByRole("heading", { name: "Thank you" })).toBeVisible();
  expect(await page.evaluate("keys")).toEqual([]);
  expect(complaints.filter((text) => !text.includes("favicon"))).toEqual([]);
  await expect
    .poll(async () => answers(context.request, site))
    .toMatchObject([{ score: 8, comment: "Exports end at 5,000 rows.", channel: "widget", language: "en" }]);
});

test("by keyboard alone, without taking the focus; Escape closes it, and it stays closed", async ({
  page,
  context,
  workspace,
  baseURL,
}) => {
  const site = await newSite(context.request, await workspace("Keyboard"), baseURL);
  await openShadows(context);
  host.serve({ html: plainPage({ ...site, body: `<a href="#x">One link</a>` }) });
  await page.goto(host.url);
  await expect(card(page)).toBeVisible();
  expect(await page.evaluate("document.activeElement === document.body")).toBe(true);
  await page.keyboard.press("7");
  await expect(card(page).getByRole("radiogroup")).toBeVisible();

  await page.keyboard.press("Escape");
  await expect(card(page)).toHaveCount(0);
  await page.reload();
  await page.waitForTimeout(1_500);
  await expect(card(page)).toHaveCount(0);
  await page.evaluate("nines.ask()");
  await expect(card(page)).toBeVisible();

  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(card(page).getByRole("radio").first()).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(card(page).getByRole("radio", { name: "1", exact: true })).toBeFocused();
  await expect(card(page).getByRole("radio", { checked: true })).toHaveCount(0);
  await page.keyboard.press("x");
  await expect(card(page).getByRole("textbox")).toBeFocused();
  await page.keyboard.type("9 of 10 exports work. x");
  await page.keyboard.press("Control+Enter");
  await expect(card(page).getByRole("heading")).toBeFocused();
  await expect(card(page).getByRole("status")).toHaveText(/^Thank you/);
  await expect
    .poll(async () => answers(context.request, site))
    .toMatchObject([{ score: 10, comment: "9 of 10 exports work. x" }]);
  await page.keyboard.press("Escape");
  await expect(card(page)).toHaveCount(0);
  // Not even the page may ask again so soon.
  await page.evaluate("nines.ask()");
  await page.waitForTimeout(1_500);
  await expect(card(page)).toHaveCount(0);
});

test("what is answered offline is kept, and sent once when the network is back", async ({
  page,
  context,
  workspace,
  baseURL,
}) => {
  const site = await newSite(context.request, await workspace("Offline"), baseURL);
  await openShadows(context);
  host.serve({ html: plainPage(site) });
  await page.goto(host.url);
  await expect(card(page)).toBeVisible();
  await context.setOffline(true);
  await card(page).getByRole("radio", { name: "3", exact: true }).click();
  await expect(card(page).getByText("Not sent yet")).toBeVisible();
  await card(page).getByRole("textbox").fill("Charged twice in September.");
  await card(page).getByRole("button", { name: "Send" }).click();
  await expect(card(page).getByText("Your 3 is kept in this browser")).toBeVisible();
  await page.screenshot({ path: "test-results/widget-offline.png" });
  await expect(card(page)).toHaveCount(0, { timeout: 8_000 });
  await context.setOffline(false);
  await expect
    .poll(() => answers(context.request, site))
    .toMatchObject([{ score: 3, comment: "Charged twice in September." }]);
  await page.reload();
  await page.waitForTimeout(500);
  await expect.poll(async () => answers(context.request, site)).toHaveLength(1);
});

test("it waits while the visitor fills in a form, and steps aside for one", async ({
  page,
  context,
  workspace,
  baseURL,
}) => {
  const site = await newSite(context.request, await workspace("Forms"), baseURL);
  await openShadows(context);
  host.serve({
    html: plainPage({ ...site, body: `<input aria-label="Name" autofocus><button>Save</button>` }),
  });
  await page.goto(host.url);
  await page.waitForTimeout(2_500);
  await expect(card(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Save" }).focus();
  await expect(card(page)).toBeVisible();
  await page.getByLabel("Name").focus();
  await expect(card(page)).toBeHidden();
  await page.getByRole("button", { name: "Save" }).focus();
  await expect(card(page)).toBeVisible();
});

test("calls before it is there wait for it; a signed customer who has answered is not asked", async ({
  page,
  context,
  workspace,
  baseURL,
}) => {
  const site = await newSite(context.request, await workspace("Commands"), baseURL, {
    ...now,
    afterVisits: 50,
    notOn: ["/checkout*"],
  });
  await openShadows(context);
  host.serve({
    html: plainPage(site),
    js: `window.nines = window.nines || []; nines.push(["identify", { id: 42, email: "ada@x.example", name: "Ada" }], ["ask"]);`,
  });
  await page.goto(`${host.url}/checkout/pay`);
  await card(page).getByRole("radio", { name: "9", exact: true }).click();
  await card(page).getByLabel("You may write back to me about this").check();
  await card(page).getByRole("button", { name: "Send" }).click();
  await expect
    .poll(() => answers(context.request, site))
    .toMatchObject([
      { score: 9, customer: { name: "Ada", email: "ada@x.example", externalId: "42", verified: false } },
    ]);

  const { key } = (await (
    await context.request.get(`/api/v1/surveys/${site.survey}/widget`, {
      headers: { "x-workspace": site.slug },
    })
  ).json()) as { key: string };
  const { createHmac } = await import("node:crypto");
  const signed = JSON.stringify({ id: "42", email: "ada@x.example", name: "Ada L." });
  const signature = createHmac("sha256", key).update(signed).digest("hex");
  const identify = JSON.stringify([["identify", { signed, signature }]]);
  await publish(context.request, site, { ...now });
  host.serve({
    // In another language, because what is asked is kept for a minute.
    html: plainPage({ ...site, lang: "en-GB" }),
    js: `window.nines = ${identify};`,
  });
  await forget(page);
  await page.goto(host.url);
  await card(page).getByRole("radio", { name: "6", exact: true }).click();
  await expect(card(page).getByText("saved")).toBeVisible();
  expect((await answers(context.request, site))[0]).toMatchObject({
    score: 6,
    customer: { name: "Ada L.", externalId: "42", verified: true },
  });

  await publish(context.request, site, { ...now });
  host.serve({ html: plainPage({ ...site, lang: "en-US" }), js: `window.nines = ${identify};` });
  await forget(page);
  const asked = page.waitForResponse((response) => response.url().endsWith("/may-ask"));
  await page.goto(host.url);
  expect(await (await asked).json()).toEqual({ mayAsk: false });
  await expect(card(page)).toHaveCount(0);
});

test("an answer is not lost over a customer whom the server refuses; another tab then asks no more", async ({
  page,
  context,
  workspace,
  baseURL,
}) => {
  const site = await newSite(context.request, await workspace("Two tabs"), baseURL);
  await openShadows(context);
  const js = `window.nines = [["identify", { id: "42", email: "not an address" }]];`;
  host.serve({ html: plainPage(site), js });
  await page.goto(host.url);
  const other = await context.newPage();
  await other.goto(host.url);
  await expect(card(other)).toBeVisible();
  await page.bringToFront();
  await card(page).getByRole("radio", { name: "6", exact: true }).click();
  await expect(card(page).getByText("saved")).toBeVisible();
  await other.bringToFront();
  await expect(card(other)).toHaveCount(0);
  await expect
    .poll(() => answers(context.request, site))
    .toMatchObject([{ score: 6, customer: { anonymous: true } }]);
});

const questions = { en: "How likely are you", de: "Wie wahrscheinlich" };
// Each two of language, theme and width once.
for (const [lang, scheme, width] of [
  ["en", "light", 1440],
  ["en", "dark", 390],
  ["de", "light", 390],
  ["de", "dark", 1440],
] as const)
  test(`it holds beside the design: ${lang}, ${scheme}, ${width}`, async ({
    page,
    context,
    workspace,
    baseURL,
  }) => {
    const site = await newSite(context.request, await workspace(`Looks ${lang} ${scheme} ${width}`), baseURL);
    await openShadows(context);
    await page.setViewportSize({ width, height: 844 });
    const isDark = scheme === "dark";
    host.serve({
      html: plainPage({ ...site, lang }),
      // Whom we know we can write back to.
      js: `window.nines = [["identify", { id: "1" }]];`,
      css: `html { color-scheme: ${scheme} } body { margin: 0; padding: 24px; font-family: sans-serif;
            background: ${isDark ? "#101418" : "#f6f7f9"}; color: ${isDark ? "#dde" : "#222"} }`,
    });
    const look = async (state: string) => {
      await page.waitForTimeout(300);
      const path = `test-results/widget-${state}-${lang}-${scheme}-${width}.png`;
      await page.screenshot({ path });
      const { violations } = await new AxeBuilder({ page }).include("[data-nines]").analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join()}`)).toEqual([]);
      const box = (await card(page).boundingBox())!;
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
    };
    await page.goto(host.url);
    await expect(card(page).getByRole("heading")).toContainText(questions[lang]);
    await look("scale");
    await card(page).getByRole("radio", { name: "8", exact: true }).click();
    await expect(card(page).getByRole("textbox")).toBeVisible();
    await look("passive");
    await card(page).locator(".send").click();
    await expect(card(page).getByRole("heading")).toBeVisible();
    await look("thanks");
  });

test("it follows the page into the dark, comes back where a framework replaces the page, and goes when told", async ({
  page,
  context,
  workspace,
  baseURL,
}) => {
  const site = await newSite(context.request, await workspace("Framework"), baseURL);
  await openShadows(context);
  host.serve({ html: plainPage(site) });
  await page.goto(host.url);
  await expect(card(page)).not.toHaveClass(/dark/);
  await page.evaluate("document.documentElement.style.background = 'oklch(0.2 0.02 250)'");
  await expect(card(page)).toHaveClass(/dark/);
  await page.evaluate("document.body.replaceWith(document.createElement('body'))");
  await expect(card(page)).toHaveCount(0);
  await expect(card(page)).toBeVisible();
  await card(page).getByRole("radio", { name: "4", exact: true }).click();
  await card(page).getByRole("button", { name: "Change" }).click();
  await expect(card(page).getByRole("radio", { checked: true })).toHaveText("4");
  await card(page).getByRole("radio", { name: "5", exact: true }).click();
  await expect.poll(() => answers(context.request, site)).toMatchObject([{ score: 5 }]);
  await page.evaluate("nines.dismiss()");
  await expect(card(page)).toHaveCount(0);
});

test("on the smallest phones each number can be hit", async ({ page, context, workspace, baseURL }) => {
  const site = await newSite(context.request, await workspace("Small phone"), baseURL);
  await openShadows(context);
  await page.setViewportSize({ width: 320, height: 568 });
  host.serve({ html: plainPage(site) });
  await page.goto(host.url);
  const radios = card(page).getByRole("radio");
  await expect(radios).toHaveCount(11);
  const boxes = await Promise.all((await radios.all()).map(async (radio) => radio.boundingBox()));
  expect(Math.min(...boxes.map((box) => box?.width ?? 0))).toBeGreaterThanOrEqual(24);
  expect(new Set(boxes.map((box) => box?.y)).size).toBe(1);
});

test("in a browser of five years ago it looks the same; where a strict policy then forbids its styles it stays away", async ({
  page,
  context,
  workspace,
  baseURL,
}) => {
  const site = await newSite(context.request, await workspace("Old browser"), baseURL);
  await openShadows(context);
  host.serve({ html: plainPage(site) });
  await page.goto(host.url);
  const now = await pictureOf(card(page));
  await context.addInitScript(`
    delete HTMLElement.prototype.popover;
    delete HTMLElement.prototype.showPopover;
    delete CSSStyleSheet.prototype.replaceSync;`);
  await page.goto(host.url);
  expect((await pictureOf(card(page))).equals(now)).toBe(true);
  const origin = new URL(site.nines).origin;
  const csp = `script-src 'self' ${origin}; style-src 'self'`;
  host.serve({ html: plainPage(site), csp });
  const said = page.waitForEvent("console", (message) =>
    message.text().includes("lets the widget have no styles"),
  );
  await page.goto(host.url);
  await said;
  await expect(card(page)).toHaveCount(0);
});

test("its insides are closed to the page", async ({ page, context, workspace, baseURL }) => {
  const site = await newSite(context.request, await workspace("Closed"), baseURL);
  host.serve({ html: plainPage(site) });
  await page.goto(host.url);
  await page.locator("[data-nines]").waitFor({ state: "attached" });
  expect(await page.evaluate("document.querySelector('[data-nines]').shadowRoot")).toBeNull();
});

const card = (page: Page): Locator => page.locator("[data-nines] .card");

/** The tests look inside; other pages cannot. */
async function openShadows(context: BrowserContext): Promise<void> {
  await context.addInitScript(`
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function () { return attach.call(this, { mode: "open" }); };`);
}

async function forget(page: Page): Promise<void> {
  await page.evaluate("localStorage.clear()");
}

async function pictureOf(locator: Locator): Promise<Buffer> {
  await locator.waitFor();
  await locator.page().waitForTimeout(400);
  return locator.screenshot();
}

/** A live survey that asks in the widget, in a workspace of its own. */
async function newSite(
  request: APIRequestContext,
  slug: string,
  baseURL: string | undefined,
  rules = now,
): Promise<Site> {
  const nines = baseURL ?? "";
  const headers = { "x-workspace": slug, origin: nines };
  const made = await request.post("/api/v1/surveys", {
    data: { name: "Widget", language: "en", languages: ["de"] },
    headers,
  });
  expect(made.ok(), await made.text()).toBe(true);
  const { id: survey } = (await made.json()) as { id: string };
  const site = { nines, slug, survey };
  await publish(request, site, rules);
  return site;
}

async function publish(
  request: APIRequestContext,
  { nines, slug, survey }: Site,
  widget: typeof now,
): Promise<void> {
  const headers = { "x-workspace": slug, origin: nines };
  const read = await request.get(`/api/v1/surveys/${survey}`, { headers });
  const { name, draft } = (await read.json()) as {
    name: string;
    draft: {
      content: { company: string; drivers: object; languages: Record<string, { drivers: object }> };
      settings: { channels: object };
    };
  };
  const { content, settings } = draft;
  content.company = "Larkfield";
  content.drivers = { detractor: [], passive: ["price", "speed"], promoter: [] };
  content.languages["en"]!.drivers = { price: "Price", speed: "Speed" };
  content.languages["de"]!.drivers = { price: "Preis", speed: "Tempo" };
  const data = {
    name,
    content,
    settings: { ...settings, channels: { ...settings.channels, widget: true }, widget },
  };
  const saved = await request.put(`/api/v1/surveys/${survey}/draft`, { data, headers });
  expect(saved.ok(), await saved.text()).toBe(true);
  const published = await request.post(`/api/v1/surveys/${survey}/publish`, { data: {}, headers });
  expect(published.ok(), await published.text()).toBe(true);
}

async function answers(request: APIRequestContext, { slug, survey }: Site): Promise<object[]> {
  const listed = await request.get(`/api/v1/responses?survey=${survey}`, {
    headers: { "x-workspace": slug },
  });
  return ((await listed.json()) as { items: object[] }).items;
}

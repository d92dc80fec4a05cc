import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "./as-owner.ts";
import { checkAxe } from "./check-axe.ts";
import { type Host, startHost } from "./host-page.ts";

const client = createRequire(import.meta.url).resolve("@segment/analytics-next/dist/umd/index.js");

let host: Host;
test.beforeAll(async () => {
  host = await startHost();
});
test.afterAll(() => host.stop());

/** A page of a shop with analytics.js of Segment on it, unchanged but for the host. */
function shop(nines: string, key: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<script src="/host.js"></script>
<script>
  const analytics = AnalyticsNext.AnalyticsBrowser.load({ writeKey: "${key}", cdnURL: "${nines}" });
  analytics.page("Shop", "Prices");
  analytics.track("Product viewed", { product: "Lamp", price: 25 });
</script></head><body><h1>Shop</h1></body></html>`;
}

test("analytics.js of Segment delivers by a key of the settings, and the page of events shows it", async ({
  page,
  context,
  baseURL,
  workspace,
}) => {
  const slug = await workspace("Shop");
  await page.goto(`/${slug}/events`);
  await expect(page.getByText("No events yet")).toBeVisible();
  await checkAxe(page);
  await page.getByRole("link", { name: "Create a write key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Web shop");
  await dialog.getByRole("radio", { name: /^On a page or in an app/ }).check({ force: true });
  await dialog.getByRole("button", { name: "Create the key" }).click();
  const key = await dialog.locator("code").first().innerText();
  expect(key).toMatch(/^nines_page_/);
  await checkAxe(page);
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(page.getByText("Web shop")).toBeVisible();

  host.serve({ html: shop(baseURL!, key), js: readFileSync(client, "utf8") });
  const visitor = await context.browser()!.newPage();
  await visitor.goto(host.url);
  // Somebody turns out to be a customer: their past joins them.
  await visitor.evaluate(`analytics.identify("ada", { name: "Ada Park", plan: "pro" })`);
  await visitor.evaluate(`analytics.track("Order Completed", { revenue: 25, currency: "EUR" })`);

  await page.goto(`/${slug}/events`);
  const names = page.getByRole("table", { name: "Names" });
  await expect(names.getByRole("row", { name: /Product viewed/ })).toBeVisible({ timeout: 20_000 });
  await expect(names.getByRole("row", { name: /Prices/ })).toBeVisible();
  const arriving = page.getByRole("region", { name: "Arriving now" });
  await expect(arriving.getByText("Ada Park").first()).toBeVisible();
  await expect(arriving.locator("summary")).toHaveCount(3);
  await arriving.getByText("product: Lamp").click();
  await expect(arriving.getByText('"price": 25')).toBeVisible();
  await visitor.close();
});

test("names are decided by keyboard, bad messages show their sentence, in both languages", async ({
  page,
  context,
  baseURL,
  workspace,
}) => {
  const slug = await workspace("Programs");
  const made = await context.request.post("/api/v1/write-keys", {
    data: { name: "Billing", trusted: true },
    headers: { origin: baseURL!, "x-workspace": slug },
  });
  const { key } = (await made.json()) as { key: string };
  const send = (batch: object[]) =>
    context.request.post("/v1/batch", {
      data: { batch, writeKey: key },
    });
  const day = 86_400_000;
  const at = (n: number) => new Date(Date.now() - n * day).toISOString();
  const events = Array.from({ length: 60 }, (_, n) => ({
    type: "track",
    userId: `u${n % 7}`,
    event: ["Report opened", "Mail delivered", "Invoice sent"][n % 3],
    timestamp: at(n % 20),
    properties: { n },
  }));
  expect((await send(events)).status()).toBe(200);
  const bad = await send([
    { type: "track", userId: "u1", event: 42 },
    { type: "identify", userId: "u1", traits: { seats: "many", plan: "pro" } },
  ]);
  expect(await bad.json()).toMatchObject({ success: true, problems: [{ path: "batch.0" }] });

  await page.goto(`/${slug}/events`);
  const row = page.getByRole("row", { name: /Report opened/ });
  await expect(row.getByRole("cell", { name: "20", exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(
    row.getByRole("img", { name: /Report opened in the last 30 days: 0 to 1 a day/ }),
  ).toBeVisible();
  const errors = page.getByRole("region", { name: "Something was wrong" });
  await expect(errors).toContainText("event: is 42; the name of an event is a text.");
  await expect(errors).toContainText(
    'traits.seats: is "many", and must be a number from 0 on; it was left out.',
  );
  await errors.getByText("event: is 42").click();
  await expect(errors.getByText('"event": 42')).toBeVisible();
  await checkAxe(page);

  await row.getByRole("button", { name: /What Report opened says/ }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("Feat");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Report opened: Feature.").first()).toBeVisible();
  await page.reload();
  await expect(row.getByRole("button", { name: /What Report opened says/ })).toContainText("Feature");

  await page.evaluate(() => localStorage.setItem("nines.language", "de"));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ereignisse");
  await expect(page.getByText("event: ist 42; der Name eines Ereignisses ist ein Text.")).toBeVisible();
  await checkAxe(page);
  const wider = await page.evaluate("document.documentElement.scrollWidth > innerWidth");
  expect(wider).toBe(false);
  await page.evaluate(() => localStorage.removeItem("nines.language"));
});

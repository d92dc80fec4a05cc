import { expect, test } from "./as-owner.ts";
import { checkAxe } from "./check-axe.ts";

test.describe("the overview of the sample company", () => {
  test("says the score with its interval, whether its change is real, and how far the passives are", async ({
    page,
  }) => {
    await page.goto("/larkfield/overview");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Good (morning|afternoon|evening), /);
    const hero = page.getByRole("region", { name: "Net Promoter Score" });
    await expect(hero.locator(".hero-num")).toHaveText(/^[+−]\d+$/);
    await expect(hero.getByText(/^−?\d+ to −?\d+/)).toBeVisible();
    await expect(
      hero.getByText(/vs Q\d.*(not distinguishable from noise\.|a real (drop|rise)\.)/),
    ).toBeVisible();
    await expect(hero.getByText(/The true change lies between [+−\d]+ and [+−\d]+\./)).toBeVisible();
    await expect(
      hero.getByText(/\d+ customers are one point short of a nine\. If one passive in five/),
    ).toBeVisible();
    await checkAxe(page);
  });

  test("leads from a segment, a score and a week to the answers behind them", async ({ page }) => {
    await page.goto("/larkfield/overview");
    await page.getByRole("main").getByRole("link", { name: "Passives", exact: true }).click();
    await expect(page).toHaveURL(/\/responses\?category=passive&from=\d{4}-\d\d-\d\d&to=/);
    await page.goBack();
    await page.getByRole("link", { name: /^Answered 8/ }).click();
    await expect(page).toHaveURL(/\/responses\?score=8&from=/);
    await expect(page.getByRole("button", { name: "Score 8" })).toHaveAttribute("aria-pressed", "true");
    await page.goBack();
    await page.getByRole("region", { name: "NPS by week" }).getByText("Show as table").click();
    const week = page.getByRole("table", { name: "NPS by week" }).getByRole("link").last();
    await week.click();
    await expect(page).toHaveURL(/\/responses\?survey=.+&from=\d{4}-\d\d-\d\d&to=/);
  });

  test("shows another wave, and all answers, by the menu and by the address", async ({ page }) => {
    await page.goto("/larkfield/overview");
    await page.getByRole("button", { name: /^Wave: / }).click();
    await page.getByRole("menuitemradio").nth(1).click();
    await expect(page).toHaveURL(/wave=\d{4}-Q\d/);
    await expect(page.getByText(/wave closed on \d+ \w+/)).toBeVisible();
    await page.goto("/larkfield/overview?wave=all");
    await expect(page.getByRole("button", { name: "Wave: All answers" })).toBeVisible();
    await expect(page.getByText(/answers are one point short of a nine/)).toBeVisible();
  });

  test("speaks German", async ({ page }) => {
    await page.addInitScript(() => localStorage.setItem("nines.language", "de"));
    await page.goto("/larkfield/overview");
    await expect(page.getByText(/Die wahre Veränderung liegt zwischen/)).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
  });
});

test("with fewer than 30 answers there is a dash, the answers themselves, and no score", async ({
  page,
  workspace,
  baseURL,
}) => {
  const slug = await workspace("Few answers");
  const answers = [3, 6, 7, 7, 8, 8, 9, 10].map((score) => ({ score }));
  const stored = await page.request.post("/api/v1/responses", {
    data: answers,
    headers: { "x-workspace": slug, origin: baseURL ?? "" },
  });
  expect(stored.status()).toBe(201);
  await page.goto(`/${slug}/overview`);
  await expect(page.locator(".hero-num")).toHaveText("–");
  await expect(page.getByText("NPS shows from 30 answers.")).toBeVisible();
  await expect(page.getByRole("group", { name: "The answers themselves" }).getByRole("img")).toHaveCount(8);
  await checkAxe(page);
});

test("without any answer the overview leads to the import", async ({ page, workspace }) => {
  const slug = await workspace("No answers");
  await page.goto(`/${slug}/overview`);
  await expect(page.getByText("No answers yet", { exact: true })).toBeVisible();
  await checkAxe(page);
  await page.getByRole("link", { name: "Import past answers" }).click();
  await expect(page).toHaveURL(new RegExp(`/${slug}/import$`));
});

test("when the numbers cannot be loaded, the page says so and tries again on demand", async ({ page }) => {
  await page.route("**/api/v1/overview*", (route) =>
    route.fulfill({
      status: 500,
      json: { error: { code: "internal", message: "The database did not answer." } },
    }),
  );
  await page.goto("/larkfield/overview");
  await expect(page.getByRole("alert")).toContainText("The score could not be loaded.");
  await page.unroute("**/api/v1/overview*");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.locator(".hero-num")).toBeVisible();
});

import { expect, test } from "./as-owner.ts";
import { checkAxe } from "./check-axe.ts";

const rows = ".vt-row";

test.describe("the responses of the sample company", () => {
  test("are filtered by category, score, text and day, all of it in the address", async ({ page }) => {
    await page.goto("/larkfield/responses");
    await expect(page.getByText(/^[\d,]+ answers$/)).toBeVisible();
    await page.getByRole("radio", { name: "Passives" }).click();
    await expect(page).toHaveURL(/category=passive$/);
    await expect(page.getByText(/^[\d,]+ answers match$/)).toBeVisible();
    await expect(page.locator(`${rows} .score`).first()).toHaveText(/^[78]$/);
    await page.getByRole("button", { name: "Score 8" }).click();
    await expect(page).toHaveURL(/score=8$/);
    await page.getByLabel("From").fill("2026-01-01");
    await expect(page).toHaveURL(/score=8&from=2026-01-01$/);
    await page.getByRole("searchbox", { name: "Search comments" }).fill("zzzz");
    await expect(page.getByText("No answer matches")).toBeVisible();
    await expect(page).toHaveURL(/text=zzzz/);
    await checkAxe(page);
    await page.getByRole("button", { name: "Clear filters" }).last().click();
    await expect(page).toHaveURL(/\/responses$/);
    await expect(page.getByRole("searchbox")).toHaveValue("");
    await checkAxe(page);
  });

  test("keep their filters over a reload", async ({ page }) => {
    await page.goto("/larkfield/responses?category=detractor&language=de");
    await expect(page.getByRole("radio", { name: "Detractors" })).toBeChecked();
    await expect(page.locator(`${rows} .lang`).first()).toHaveText("de");
    await page.reload();
    await expect(page.getByRole("radio", { name: "Detractors" })).toBeChecked();
    await expect(page.locator(`${rows} .score`).first()).toHaveText(/^[0-6]$/);
  });

  test("open, move on and close by keyboard alone", async ({ page }) => {
    await page.goto("/larkfield/responses");
    await expect(page.locator(rows).first()).toBeVisible();
    await page.keyboard.press("j");
    await expect(page.locator(rows).first()).toBeFocused();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/open=[0-9a-f-]{36}&customer=[0-9a-f-]{36}$/);
    const panel = page.getByRole("complementary", { name: "Response" });
    await expect(panel.getByRole("heading", { level: 2 })).toBeVisible();
    await expect(panel.getByText("Other answers of this customer")).toBeVisible();
    await checkAxe(page);
    const first = page.url();
    await page.keyboard.press("j");
    await expect(page).not.toHaveURL(first);
    await page.keyboard.press("k");
    await expect(page).toHaveURL(first);
    await page.reload();
    await expect(panel.getByRole("heading", { level: 2 })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(panel).toBeHidden();
    await expect(page).toHaveURL(/\/responses$/);
  });

  test("are loaded as far as one scrolls", async ({ page }) => {
    await page.goto("/larkfield/responses");
    await expect(page.locator(rows).first()).toBeVisible();
    await page
      .getByRole("grid")
      .focus()
      .catch(() => {});
    for (let times = 0; times < 12; times++) {
      await page.mouse.wheel(0, 4000);
      await page.waitForTimeout(100);
    }
    await expect
      .poll(async () => Number(await page.locator(rows).last().getAttribute("data-index")))
      .toBeGreaterThan(250);
    // Only what is in sight is drawn.
    expect(await page.locator(rows).count()).toBeLessThan(80);
  });

  test("open over the page on a phone", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/larkfield/responses?category=passive");
    await page.locator(rows).first().click();
    const sheet = page.getByRole("dialog", { name: "Response" });
    await expect(sheet.getByRole("heading", { level: 2 }).nth(1)).toBeVisible();
    await checkAxe(page);
    const first = page.url();
    await sheet.getByRole("button", { name: "Next response" }).click();
    await expect(page).not.toHaveURL(first);
    await page.keyboard.press("Escape");
    await expect(sheet).toBeHidden();
    await page.getByRole("button", { name: "Filters" }).click();
    await page.getByRole("button", { name: "Score 7" }).click();
    await page.getByRole("button", { name: "Show the answers" }).click();
    await expect(page).toHaveURL(/score=7$/);
  });
});

import { readFileSync } from "node:fs";
import { expect, test } from "./as-owner.ts";
import { checkAxe } from "./check-axe.ts";

const heading = { level: 1, name: /^[\d,]+ of [\d,]+ passives moved up$/ } as const;

test.describe("who moved between two waves", () => {
  test("is a finding with its interval, a drawing, a table, and a list of who they are", async ({ page }) => {
    await page.goto("/larkfield/moves");
    await expect(page.getByRole("heading", heading)).toBeVisible();
    await expect(page.getByText(/^[\d.]+% of them answered 9 or 10 in Q\d \d{4}, interval/)).toBeVisible();
    const drawing = page.getByRole("img", { name: /^From Q\d \d{4} to Q\d \d{4}\. Of [\d,]+ passives/ });
    await expect(drawing).toBeVisible();
    await expect(page.getByText("More than chance?")).toBeVisible();
    await expect(page.locator(".vt-row .score").first()).toHaveText(/^[78]$/);
    await checkAxe(page);
    // By pointer on a ribbon, by keyboard on its line.
    const silent = page.locator("button.mv-way", { hasText: "went silent" });
    const count = /^([\d,]+)/.exec((await silent.textContent()) ?? "")?.[1] ?? "?";
    await silent.press("Enter");
    await expect(page).toHaveURL(/before=passive&after=silent/);
    await expect(silent).toHaveAttribute("aria-pressed", "true");
    await expect(page.getByRole("heading", { name: /^Passives in Q\d \d{4}, silent in/ })).toBeVisible();
    await expect(page.getByText(new RegExp(`^${count} customers$`))).toBeVisible();
    const downloaded = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export" }).click();
    const file = readFileSync(await (await downloaded).path(), "utf8");
    expect(file.trim().split("\r\n")).toHaveLength(Number(count.replaceAll(",", "")) + 1);
    expect(file).toContain("passive8,8,silent,,");
  });

  test("has 7s and 8s apart, each cell with its interval, and other waves by choice", async ({ page }) => {
    await page.goto("/larkfield/moves");
    const table = page.getByRole("region", { name: "Every move" });
    await expect(table.getByRole("rowheader", { name: "8s" })).toBeVisible();
    const cell = table.getByRole("button", { name: /^8s to Promoters/ });
    await expect(cell).toContainText(/\d+(\.\d)%.*\d to \d/);
    await cell.click();
    await expect(page).toHaveURL(/before=passive8&after=promoter/);
    await expect(page.getByRole("heading", { name: /^8s in Q\d \d{4}, promoters in/ })).toBeVisible();
    await page.reload();
    await expect(cell).toHaveAttribute("aria-pressed", "true");
    await table.getByRole("radio", { name: "together" }).click();
    await expect(table.getByRole("rowheader", { name: "Passives" })).toBeVisible();
    await page.getByRole("button", { name: /^From: Q/ }).click();
    await page.getByRole("menuitemradio").last().click();
    await expect(page).toHaveURL(/from=\d{4}-Q\d&to=\d{4}-Q\d/);
    await expect(page.getByRole("heading", { level: 1, name: /moved up|too few/ })).toBeVisible();
    await page.getByRole("button", { name: "Show as table" }).click();
    await expect(page.getByRole("button", { name: "Show as chart" })).toBeVisible();
  });

  test("stands on the overview and fits a phone", async ({ page }) => {
    await page.goto("/larkfield/overview");
    const card = page.getByRole("region", { name: /^Who moved since Q\d/ });
    await expect(card.getByRole("img")).toBeVisible();
    await checkAxe(page);
    await card.getByRole("link", { name: "All moves" }).click();
    await expect(page.getByRole("heading", heading)).toBeVisible();
    await page.setViewportSize({ width: 390, height: 844 });
    await expect(page.getByRole("img", { name: /Of [\d,]+ passives/ })).toBeVisible();
    await checkAxe(page);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
  });
});

test("with one wave nobody can have moved, and the page says so", async ({ page, workspace }) => {
  const slug = await workspace("No moves");
  await page.goto(`/${slug}/moves`);
  await expect(page.getByText("Nobody can have moved yet")).toBeVisible();
  await checkAxe(page);
});

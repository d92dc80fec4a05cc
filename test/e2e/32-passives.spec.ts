import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test } from "./as-owner.ts";
import { checkAxe } from "./check-axe.ts";

const cells = ".pa-cell";

/** The page of the sample company, once what its customers did in a year is known. */
async function openPassives(page: Page, search = "") {
  await expect
    .poll(
      async () => {
        const response = await page.request.get("/api/v1/passives", {
          headers: { "x-workspace": "larkfield" },
        });
        const { activityKnown, refreshing } = (await response.json()) as Record<string, boolean>;
        return activityKnown && !refreshing;
      },
      { timeout: 150_000, intervals: [1_000] },
    )
    .toBe(true);
  await page.goto(`/larkfield/passives${search}`);
  await expect(
    page.getByRole("heading", { level: 1, name: /^[\d,]{3,} passives, \d+ of them cooling/ }),
  ).toBeVisible();
}

test.describe.configure({ timeout: 180_000 });

test.describe("the passives of the sample company", () => {
  test("are counted on the map, and a cell shows its customers, by mouse and by keyboard", async ({
    page,
  }) => {
    await openPassives(page);
    await expect(page.getByText(/^[\d.]+% of the [\d,]+ customers who have ever answered/)).toBeVisible();
    await expect(page.getByRole("img", { name: /passives by answer and change of activity/ })).toBeVisible();
    const cell = page.locator(cells).filter({ visible: true }).first();
    const count = /: ([\d,]+) customers?,/.exec((await cell.getAttribute("aria-label")) ?? "")?.[1] ?? "?";
    // On its figures: a dot leads to its customer.
    await cell.click({ position: { x: 20, y: 12 } });
    await expect(page).toHaveURL(/row=8&state=\w+$/);
    await expect(cell).toHaveAttribute("aria-pressed", "true");
    await expect(page.getByText(new RegExp(`^${count} customers?$`))).toBeVisible();
    await expect(page.locator(".vt-row .score").first()).toHaveText("8");
    await checkAxe(page);
    await cell.press("Enter");
    await expect(page).toHaveURL(/\/passives$/);
    await cell.press("Tab");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/row=/);
    await page.reload();
    await expect(page.locator(`${cells}[aria-pressed=true]`)).toHaveCount(1);
    await page.locator(".vt-row").first().press("Enter");
    await expect(page).toHaveURL(/\/larkfield\/customers\/[\da-f-]{36}$/);
    await page.goBack();
    await page.getByRole("radio", { name: "Revenue" }).click();
    await expect(page.locator(`${cells} b`).filter({ hasText: "€" }).first()).toBeVisible();
  });

  test("are filtered and sorted, all of it in the address, and go into a file", async ({ page }) => {
    await openPassives(page, "?row=7");
    await expect(page.locator(".vt-row .score").first()).toHaveText("7");
    await page.getByRole("button", { name: "Cooling 7s and 8s first" }).click();
    await page.getByRole("menuitemradio", { name: "Highest revenue first" }).click();
    await expect(page).toHaveURL(/row=7&sort=revenue$/);
    const name = await page.locator(".vt-row .pa-names b").first().textContent();
    const downloaded = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export" }).click();
    const file = await downloaded;
    expect(file.suggestedFilename()).toMatch(/^passives-\d{4}-\d\d-\d\d\.csv$/);
    const [head, first] = readFileSync(await file.path(), "utf8").split("\r\n");
    expect(head).toMatch(/^customer,name,email,/);
    expect(first).toContain(name ?? "?");
    await page.goto("/larkfield/passives?row=7&status=silent");
    await expect(page.getByText("No customer fits these filters")).toBeVisible();
    await page.getByRole("button", { name: "Clear filters" }).last().click();
    await expect(page.locator(".vt-row").first()).toBeVisible();
  });

  test("follow the rules, which are tried while they are changed", async ({ page }) => {
    await openPassives(page);
    await page.getByRole("button", { name: "Rules" }).click();
    const panel = page.getByRole("dialog", { name: "Rules of behaviour" });
    await expect(panel.getByText(/^finds/).first()).toBeVisible();
    await expect(panel.getByText(/^of [\d,]+ customers/)).toBeVisible();
    await checkAxe(page);
    const rule = panel.getByRole("region", { name: "Scarce answers" });
    await rule.getByRole("switch").press("Space");
    await expect(rule.getByText("off")).toBeVisible();
    const drop = panel.getByRole("textbox", { name: "At least this far below their usual level" });
    await drop.fill("40");
    await drop.press("Tab");
    await panel.getByRole("button", { name: "Save and look at everybody anew" }).click();
    await expect(page.getByText("The rules are saved.").first()).toBeVisible();
    await page.reload();
    await page.getByRole("button", { name: "Rules" }).click();
    await expect(drop).toHaveValue("40");
    await expect(rule.getByRole("switch")).not.toBeChecked();
    await panel.getByRole("button", { name: "As shipped" }).click();
    await expect(drop).toHaveValue("15");
    await panel.getByRole("button", { name: "Save and look at everybody anew" }).click();
    await expect(panel).toBeHidden();
  });

  test("are a table of cells on a phone, and the bar at the bottom fits", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await openPassives(page);
    await expect(page.getByRole("table", { name: "The map" })).toBeVisible();
    await page.locator(`.pa-matrix ${cells}`).first().click();
    await expect(page).toHaveURL(/row=8&state=/);
    await page
      .getByRole("button", { name: "1 filter" })
      .or(page.getByRole("button", { name: "2 filters" }))
      .click();
    await page.getByRole("dialog").getByRole("button", { name: "Clear filters" }).click();
    await page.getByRole("button", { name: "Show the customers" }).click();
    await expect(page).toHaveURL(/\/passives$/);
    await checkAxe(page);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    const bar = page.getByRole("navigation", { name: "Main" });
    await bar.getByRole("button", { name: "Collect" }).click();
    await page.getByRole("menuitem", { name: "Responses" }).click();
    await expect(page).toHaveURL(/\/responses$/);
  });
});

test("a workspace without answers is told what passives are", async ({ page, workspace }) => {
  const slug = await workspace("No passives");
  await page.goto(`/${slug}/passives`);
  await expect(page.getByText("No passives yet")).toBeVisible();
  await checkAxe(page);
});

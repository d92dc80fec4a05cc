import { expect, test } from "@playwright/test";
import { checkAxe } from "./check-axe.ts";

test("axe finds nothing at the two doors of a fresh Nines, nor behind the second", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Turn your sevens and eights into nines.");
  await checkAxe(page);
  await page.getByRole("button", { name: "Start your own" }).click();
  await expect(page.getByLabel("Company")).toBeFocused();
  await checkAxe(page);
});

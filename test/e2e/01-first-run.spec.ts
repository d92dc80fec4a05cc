import { expect, test } from "@playwright/test";

test("a fresh Nines offers the sample company, and one click opens its overview", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Explore Larkfield" }).click();
  await expect(page).toHaveURL(/\/larkfield/);
  await expect(page.getByText("Net Promoter Score").first()).toBeVisible();
});

import { expect, test } from "@playwright/test";
import { rememberOwner } from "./as-owner.ts";

test("a fresh Nines offers the sample company, and one click opens its overview", async ({
  page,
  context,
}) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Explore Larkfield" }).click();
  await expect(page).toHaveURL(/\/larkfield/, { timeout: 30_000 });
  await expect(page.getByText("Net Promoter Score").first()).toBeVisible();
  await rememberOwner(context);
});

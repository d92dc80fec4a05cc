import { expect, test } from "./as-owner.ts";
import { checkAxe } from "./check-axe.ts";

test("a webhook is added, its secret shown once, a private address refused; it is paused, and deleted", async ({
  page,
  workspace,
}) => {
  const slug = await workspace("Hooks");
  await page.goto(`/${slug}/settings/webhooks`);
  await expect(page.getByText("No webhook yet")).toBeVisible();
  await page.getByRole("button", { name: "Add a webhook" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Data warehouse");
  await dialog.getByLabel("Address").fill("http://127.0.0.1:8080/nines");
  await dialog.getByRole("button", { name: "Add it" }).click();
  await expect(dialog.getByText("leads into a private network")).toBeVisible();
  await checkAxe(page);

  await dialog.getByLabel("Address").fill("https://hooks.example.com/nines");
  await dialog.getByRole("button", { name: "Add it" }).click();
  await expect(dialog.locator("code")).toHaveText(/^whsec_/);
  await dialog.getByRole("button", { name: "I have kept it" }).click();

  await page.getByRole("button", { name: "Log of Data warehouse" }).click();
  await expect(page.getByRole("dialog").getByText("Nothing yet.")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "More for Data warehouse" }).click();
  await page.getByRole("menuitem", { name: "Pause" }).click();
  await expect(page.getByText("Paused")).toBeVisible();
  await checkAxe(page);
  await page.getByRole("button", { name: "More for Data warehouse" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("No webhook yet")).toBeVisible();
});

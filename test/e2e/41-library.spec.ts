import { expect, test } from "./as-owner.ts";
import { checkAxe } from "./check-axe.ts";

test("an item is written in two languages; codes are added with duplicates told, run low, and are withdrawn", async ({
  page,
  workspace,
}) => {
  const slug = await workspace("Gifts");
  await page.goto(`/${slug}/library`);
  await expect(page.getByText("Nothing in the library yet")).toBeVisible();
  await page.getByRole("button", { name: "New item" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Exports");
  const english = dialog.getByRole("group", { name: "English" });
  await english.getByLabel("Title").fill("Reports in a minute");
  await english.getByLabel("What it is good for").fill("Export without waiting.");
  await english.getByLabel("Link").fill("example.com");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(english.getByText("is not an address that begins with https://")).toBeVisible();
  await english.getByLabel("Link").fill("https://example.com/exports");
  await dialog.getByRole("button", { name: "Add a language" }).click();
  await page.getByRole("option", { name: "German", exact: false }).first().click();
  const german = dialog.getByRole("group", { name: "German" });
  await german.getByLabel("Title").fill("Berichte in einer Minute");
  await german.getByLabel("What it is good for").fill("Exportieren ohne Warten.");
  await dialog.getByLabel("Products that it is about").fill("EX-1\n/exports");
  await checkAxe(page);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("cell", { name: "Exports Reports in a minute" })).toBeVisible();
  await expect(page.getByRole("cell", { name: "EX-1, /exports" })).toBeVisible();
  await checkAxe(page);

  await page.getByRole("link", { name: "Codes" }).first().click();
  await expect(page.getByText("No codes yet")).toBeVisible();
  await page.getByRole("button", { name: "New pool" }).first().click();
  await dialog.getByLabel("Name").fill("Spring");
  await dialog.getByLabel("What one is worth").fill("20% off");
  await dialog.getByLabel("Warn from").fill("1");
  await checkAxe(page);
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Add codes" }).click();
  await dialog.getByLabel("Codes").fill("code;note\nS-1;a\nS-2;b\ns-1;c");
  await dialog.getByRole("button", { name: "Add them" }).click();
  await expect(dialog.getByText("2 codes are added.")).toBeVisible();
  await expect(dialog.getByText("1 were there already and are passed over: s-1")).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("2 left")).toBeVisible();
  await page.getByRole("button", { name: "Ledger" }).click();
  await expect(dialog.getByText("No code was handed out yet.")).toBeVisible();
  await page.keyboard.press("Escape");
  await checkAxe(page);
  await page.getByRole("button", { name: "More for Spring" }).click();
  await page.getByRole("menuitem", { name: "Withdraw what is left" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Withdraw what is left" }).click();
  await expect(page.getByText("No codes left")).toBeVisible();
});

import { expect, test } from "./as-owner.ts";
import { checkAxe } from "./check-axe.ts";
import { invite } from "./new-member.ts";

test("every page is reached by keyboard, and the list of keys tells how", async ({ page }) => {
  await page.goto("/larkfield/overview");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  for (const keys of ["Control+k", "Meta+k"]) {
    await page.keyboard.press(keys);
    await expect(page.getByRole("dialog", { name: "Command menu" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  }
  await page.keyboard.press("Control+k");
  await page.keyboard.type("members");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/larkfield\/settings\/members$/);
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await expect(page).toHaveURL(/\/larkfield\/import$/);
  await page.keyboard.press("?");
  const shortcuts = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(shortcuts).toBeVisible();
  await checkAxe(page);
  await page.keyboard.press("Escape");
  await expect(shortcuts).toBeHidden();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("New workspace");
  await expect(page.getByRole("menuitem")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "New workspace" }).getByLabel("Company")).toBeFocused();
});

test("theme and language are switched, and stay over a reload", async ({ page }) => {
  await page.goto("/larkfield/overview");
  const html = page.locator("html");
  await page.getByRole("button", { name: "Theme" }).first().click();
  await page.getByRole("menuitem", { name: "Dark" }).click();
  await expect(html).toHaveAttribute("data-theme", "dark");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Deutsch");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(html).toHaveAttribute("lang", "de");
  await page.reload();
  await expect(html).toHaveAttribute("data-theme", "dark");
  await expect(page.getByRole("link", { name: "Überblick" }).first()).toBeVisible();
  await page.goto("/larkfield/settings/appearance");
  await page.getByText("Wie das System", { exact: false }).first().click();
  await expect(html).not.toHaveAttribute("data-theme");
});

test("axe finds nothing in any page of the settings", async ({ page, workspace }) => {
  test.slow();
  const slug = await workspace("Settings");
  await invite(page, slug, "open@settings.example", "Admin");
  const headers = { origin: new URL(page.url()).origin, "x-workspace": slug };
  await page.request.post("/api/v1/api-keys", { data: { name: "Bill", scopes: ["score:read"] }, headers });
  const play = await page.request.post("/api/v1/plays", { data: { name: "Tips" }, headers });
  expect(play.ok()).toBe(true);
  for (const section of [
    "workspace",
    "members",
    "api-keys",
    "outbox",
    "account",
    "appearance",
    "audit-log",
  ]) {
    await page.goto(`/${slug}/settings/${section}`, { waitUntil: "networkidle" });
    await checkAxe(page);
  }
  await expect(page.getByText(/ made the play “Tips”\.$/)).toBeVisible();
  for (const dialog of ["members?do=invite", "api-keys?do=create"]) {
    await page.goto(`/${slug}/settings/${dialog}`);
    await expect(page.getByRole("dialog")).toBeVisible();
    await checkAxe(page);
  }
});

test("axe finds nothing in the pages before signing in", async ({ page, workspace, browser }) => {
  const slug = await workspace("Doors");
  const link = await invite(page, slug, "door@doors.example", "Viewer");
  const guest = await (await browser.newContext()).newPage();
  for (const address of [
    "/sign-in",
    "/reset-password",
    "/reset-password?token=x",
    link,
    "/invitation/none",
  ]) {
    await guest.goto(address, { waitUntil: "networkidle" });
    await expect(guest.getByRole("heading", { level: 1 })).toBeVisible();
    await checkAxe(guest);
  }
  await guest.context().close();
});

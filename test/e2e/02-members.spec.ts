import { expect, test } from "./as-owner.ts";
import { checkAxe } from "./check-axe.ts";
import { invite, join, openAccountMenu, password, signIn } from "./new-member.ts";

test("somebody joins by a link, and what they may do follows their role until they are removed", async ({
  page,
  workspace,
  browser,
}) => {
  const slug = await workspace("Harbour");
  const link = await invite(page, slug, "bo@harbour.example", "Editor");
  const invitations = page.getByRole("region", { name: "Open invitations" });
  await expect(invitations).toContainText("bo@harbour.example");

  const bo = await join(browser, link, "Bo Harbour");
  await bo.goto(`/${slug}/import`);
  await expect(bo.getByRole("button", { name: "Choose a file" })).toBeVisible();

  await page.reload();
  await expect(invitations).toContainText("No open invitations.");
  await page.getByRole("button", { name: /Role of Bo Harbour/ }).click();
  await page.getByRole("option", { name: "Viewer" }).click();
  await expect(page.locator(".toast", { hasText: "Bo Harbour now has the role Viewer." })).toBeVisible();

  await bo.reload();
  await expect(bo.getByText("Viewers cannot import.", { exact: false })).toBeVisible();
  await expect(bo.getByRole("button", { name: "Choose a file" })).toBeHidden();
  await bo.goto(`/${slug}/settings/members`);
  await expect(bo.getByText("Bo Harbour (you)")).toBeVisible();
  await expect(bo.getByRole("button", { name: "Invite a member" })).toBeHidden();
  await expect(bo.getByRole("button", { name: /^(Remove|Role of)/ })).toHaveCount(0);
  await bo.goto(`/${slug}/settings/api-keys`);
  await expect(bo.getByText("Only an owner or admin can change this.", { exact: false })).toBeVisible();
  await bo.goto(`/${slug}/settings/outbox`);
  await expect(bo.getByText("only an owner sees them", { exact: false })).toBeVisible();

  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(link);
  await expect(stranger.getByRole("heading", { level: 1 })).toHaveText("This invitation is not open.");
  await stranger.context().close();

  await page.getByRole("button", { name: "Remove Bo Harbour" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.locator(".toast", { hasText: "Bo Harbour was removed." })).toBeVisible();
  await bo.goto(`/${slug}/overview`);
  await expect(bo).toHaveURL(/\/sign-in/);
  await bo.context().close();
});

test("an API key is shown once, opens what it says, and is refused once revoked", async ({
  page,
  workspace,
  playwright,
  baseURL,
}) => {
  const slug = await workspace("Keys");
  await page.goto(`/${slug}/settings/api-keys`);
  await page.getByRole("button", { name: "Create an API key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Weekly report");
  await dialog.getByText("Read scores").click();
  await dialog.getByRole("button", { name: "Create the key" }).click();
  const key = (await dialog.locator("code").textContent()) ?? "";
  await dialog.getByRole("button", { name: "I have copied it" }).click();

  const headers = { authorization: `Bearer ${key}` };
  const program = await playwright.request.newContext({
    ...(baseURL && { baseURL }),
    extraHTTPHeaders: headers,
  });
  expect((await program.get("/api/v1/score")).status()).toBe(200);
  expect((await program.get("/api/v1/responses")).status()).toBe(403);

  await page.reload();
  await expect(page.getByText("Weekly report")).toBeVisible();
  expect(await page.content()).not.toContain(key);
  await page.getByRole("button", { name: "Revoke Weekly report" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(page.locator(".toast", { hasText: "“Weekly report” was revoked." })).toBeVisible();
  await expect(page.getByText("No API keys yet")).toBeVisible();
  expect((await program.get("/api/v1/score")).status()).toBe(401);
  await program.dispose();
});

test("a forgotten password is replaced by the link in the outbox, which works once", async ({
  page,
  workspace,
  browser,
}) => {
  const slug = await workspace("Forgetful");
  const cy = await join(browser, await invite(page, slug, "cy@forget.example", "Viewer"), "Cy Forget");

  await openAccountMenu(cy);
  await cy.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(cy).toHaveURL(/\/sign-in$/);
  await cy.goto(`/${slug}/responses?score=7`);
  await expect(cy).toHaveURL(/\/sign-in\?to=/);
  await signIn(cy, "cy@forget.example", "not this one");
  await expect(cy.getByRole("alert")).toHaveText("This e-mail and this password do not belong together.");

  await cy.getByRole("link", { name: "Forgot the password?" }).click();
  // Both pages have a field of this name; on a busy machine the next line could still meet the first.
  await expect(cy.getByRole("button", { name: "Send the link" })).toBeVisible();
  await cy.getByLabel("E-mail address").fill("cy@forget.example");
  await cy.getByRole("button", { name: "Send the link" }).click();
  await expect(cy.getByText("a link is on its way", { exact: false })).toBeVisible();

  await expect(async () => {
    await page.goto(`/${slug}/settings/outbox`);
    await page
      .getByRole("button", { name: /password/i })
      .first()
      .click({ timeout: 1_000 });
  }).toPass();
  const mail = page.getByRole("dialog");
  await expect(mail).toContainText("cy@forget.example");
  const link = new URL((await mail.getByRole("link").getAttribute("href")) ?? "");

  await cy.goto(link.pathname + link.search);
  await cy.getByLabel("New password", { exact: true }).fill("another long one");
  await cy.getByRole("button", { name: "Save and sign in" }).click();
  await expect(cy.getByText("The new password is saved. Sign in with it.")).toBeVisible();
  await signIn(cy, "cy@forget.example", password);
  await expect(cy.getByRole("alert")).toHaveText("This e-mail and this password do not belong together.");
  await signIn(cy, "cy@forget.example", "another long one");
  await expect(cy).toHaveURL(new RegExp(`/${slug}/overview$`));

  await cy.goto(link.pathname + link.search);
  await cy.getByLabel("New password", { exact: true }).fill("a third long one");
  await cy.getByRole("button", { name: "Save and sign in" }).click();
  await expect(cy.getByRole("alert")).toContainText("was used, or is older than one hour");
  await expect(cy.getByRole("link", { name: "Ask for a new link" })).toBeVisible();
  await cy.context().close();
});

test("a member changes their password and leaves; the only owner cannot", async ({
  page,
  workspace,
  browser,
}) => {
  const slug = await workspace("Leavers");
  const di = await join(browser, await invite(page, slug, "di@leavers.example", "Admin"), "Di Leavers");
  await openAccountMenu(di);
  await di.getByRole("menuitem", { name: "You" }).click();
  await expect(di).toHaveURL(/\/settings\/account$/);
  await expect(di.getByText("di@leavers.example")).toBeVisible();

  const change = async (current: string) => {
    await di.getByLabel("Current password").fill(current);
    await di.getByLabel("New password").fill("another long one");
    await di.getByRole("button", { name: "Change the password" }).click();
  };

  await change("not this one");
  await expect(di.getByText("The current password is not right.")).toBeVisible();
  await change(password);
  await expect(di.locator(".toast", { hasText: "The new password is saved." })).toBeVisible();
  await expect(di.getByLabel("Current password")).toHaveValue("");

  await di.getByRole("button", { name: "Leave Leavers" }).click();
  const dialog = di.getByRole("alertdialog");
  await expect(dialog).toContainText("Leavers is your only workspace");
  await checkAxe(di);
  await dialog.getByRole("button", { name: "Leave Leavers" }).click();
  await expect(di).toHaveURL(/\/sign-in/);
  await signIn(di, "di@leavers.example", "another long one");
  await expect(di.getByRole("alert")).toBeVisible();
  await di.context().close();

  await page.goto(`/${slug}/settings/account`);
  await expect(page.getByText("You are the only owner of Leavers", { exact: false })).toBeVisible();
  await expect(page.getByRole("button", { name: "Leave Leavers" })).toBeHidden();
});

test("a second workspace is made from the menu, and deleted by typing its name", async ({ page }) => {
  await page.goto("/larkfield/overview");
  await openAccountMenu(page);
  await page.getByRole("menuitem", { name: "New workspace" }).click();
  await page.getByRole("dialog").getByLabel("Company").fill("Second Harbour");
  await page.getByRole("button", { name: "Create the workspace" }).click();
  await expect(page).toHaveURL(/\/second-harbour\/overview$/);

  await page.goto("/second-harbour/settings/workspace");
  await page.getByRole("button", { name: "Delete Second Harbour" }).click();
  const dialog = page.getByRole("alertdialog");
  const remove = dialog.getByRole("button", { name: "Delete Second Harbour" });
  await expect(remove).toBeDisabled();
  await dialog.getByLabel(/^Type the name/).fill("Second Harbour");
  await remove.click();
  await expect(page).toHaveURL(/\/overview$/);
  await expect(page).not.toHaveURL(/second-harbour/);
  await page.goto("/second-harbour/overview");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "You are not a member of “second-harbour”.",
  );
});

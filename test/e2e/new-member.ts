import type { Browser, Page } from "@playwright/test";
import { expect } from "./as-owner.ts";

export const password = "a long password";

/** Invites somebody as the signed-in owner and gives the link. */
export async function invite(owner: Page, slug: string, email: string, role: string): Promise<string> {
  await owner.goto(`/${slug}/settings/members`);
  await owner.getByRole("button", { name: "Invite a member" }).click();
  const dialog = owner.getByRole("dialog");
  await dialog.getByLabel("E-mail address").fill(email);
  await dialog.getByRole("radio", { name: new RegExp(`^${role}`) }).check({ force: true });
  await dialog.getByRole("button", { name: "Create the invitation" }).click();
  const link = await dialog.locator("code").textContent();
  await dialog.getByRole("button", { name: "Done" }).click();
  return new URL(link ?? "").pathname;
}

/** Joins by a link in a browser of its own, as somebody new, and gives that browser's page. */
export async function join(browser: Browser, link: string, name: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(link);
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page).toHaveURL(/\/overview$/);
  return page;
}

/** Signs in by the page that is open. */
export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Opens the menu behind the workspace's name. */
export async function openAccountMenu(page: Page): Promise<void> {
  await page
    .getByRole("button", { name: /Workspace and account$/ })
    .first()
    .click();
}

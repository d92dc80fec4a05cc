import type { Page } from "@playwright/test";
import { expect, test } from "./as-owner.ts";
import { checkAxe } from "./check-axe.ts";
import { invite, join } from "./new-member.ts";

interface Survey {
  id: string;
  name: string;
  draft: {
    at: string;
    content: { languages: Record<string, { wording: { question?: string } }> };
    settings: object;
  };
}

/** Asks the API as the signed-in owner. */
async function ask(page: Page, slug: string, method: string, path: string, data?: object): Promise<unknown> {
  const { origin } = new URL(page.url() === "about:blank" ? (process.env.NINES_URL ?? "") : page.url());
  const headers = { origin, "x-workspace": slug };
  const answer = await page.request.fetch(`/api/v1${path}`, { method, headers, ...(data && { data }) });
  expect(answer.ok(), await answer.text()).toBe(true);
  return answer.json();
}

async function open(page: Page, slug: string, languages = ["de"]): Promise<Survey> {
  const survey = (await ask(page, slug, "POST", "/surveys", { name: "Relationship", languages })) as Survey;
  await page.goto(`/${slug}/surveys/${survey.id}/edit`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Relationship");
  return survey;
}

const question = (page: Page) => page.getByRole("textbox", { name: "The question", exact: true });
const mail = (page: Page) => page.frameLocator("iframe[title='The e-mail']").locator("body");
const saved = (page: Page) => expect(page.locator(".save-line")).toHaveText(/^Saved/);
const read = async (page: Page, slug: string, id: string) =>
  (await ask(page, slug, "GET", `/surveys/${id}`)) as Survey;

test("a question is written in two languages with the mail beside it, and published in versions", async ({
  page,
  workspace,
}) => {
  const slug = await workspace("Writers");
  await open(page, slug);
  await question(page).fill("Would you tell a friend about {{ company }}?");
  await expect(mail(page)).toContainText("Would you tell a friend about Writers?");
  await saved(page);

  await page
    .locator(".langs")
    .getByRole("button", { name: /^Deutsch/ })
    .first()
    .click();
  await expect(question(page)).toHaveValue(/empfehlen/);
  await expect(
    page.getByText("Would you tell a friend about Writers?", { exact: true }).first(),
  ).toBeVisible();
  await expect(mail(page)).toContainText("Guten Tag, Katrin Brandt.");
  await question(page).fill("Würden Sie {{ company }} weiterempfehlen?");
  await expect(mail(page)).toContainText("Würden Sie Writers weiterempfehlen?");
  await page.getByRole("button", { name: "Reset to our text: The question" }).click();
  await expect(question(page)).toHaveValue(/Wie wahrscheinlich/);

  await page.getByRole("button", { name: "Add a language" }).click();
  await page.getByRole("menuitem", { name: /Another language/ }).click();
  await page.getByLabel("Its tag").fill("cy");
  await page.getByRole("button", { name: /^Add (Cymraeg|Welsh)$/ }).click();
  await expect(page.locator(".langs li.on")).toContainText("0 of 5, question and 4 more missing");
  await saved(page);

  await page.keyboard.press("Control+Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("It goes live");
  await expect(dialog).toContainText("has gaps. Nobody is asked in it until they are filled.");
  await checkAxe(page);
  await dialog.getByRole("button", { name: "Publish" }).click();
  await expect(page.locator(".toast", { hasText: "Relationship is live." })).toBeVisible();
  await expect(page.getByText(/^Live\./)).toBeVisible();
  await expect(page.getByRole("button", { name: /^Publish changes/ })).toBeDisabled();

  await page.locator(".canvas").getByRole("radio", { name: "English" }).click();
  await page.getByRole("textbox", { name: "Follow-up for 7 and 8" }).fill("And for a 9?");
  await page.keyboard.press("Control+Enter");
  await expect(dialog.locator("del")).toHaveText("What would have made it a 9?");
  await expect(dialog.locator("ins")).toHaveText("And for a 9?");
  await expect(dialog).toContainText("This begins version 2.");
});

test("a text that Liquid cannot read is told at its field, and stops publishing", async ({
  page,
  workspace,
}) => {
  const slug = await workspace("Liquids");
  await open(page, slug);
  const subject = page.getByRole("textbox", { name: "Subject", exact: true });
  await subject.fill("Hello {{ customer.name");
  await expect(page.locator(".field-error").first()).toBeVisible();
  await page.keyboard.press("Control+Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("This stops it");
  await expect(dialog.getByRole("button", { name: "Publish" })).toBeDisabled();
  await dialog.getByRole("button", { name: /^English: / }).click();
  await expect(dialog).toBeHidden();
  await expect(subject).toBeFocused();
  await subject.fill("Hello ");
  await page.getByRole("button", { name: "Insert a variable: Subject" }).click();
  await page.getByRole("menuitem", { name: /First name/ }).click();
  await expect(subject).toHaveValue("Hello {{ customer.firstName }}");
  await expect(page.locator(".mail-h")).toContainText("Hello Katrin");
});

test("what was typed is never lost: offline, when the page is left, when somebody else saves", async ({
  page,
  workspace,
}) => {
  const slug = await workspace("Keepers");
  const { id } = await open(page, slug);
  await page.context().setOffline(true);
  await question(page).fill("Typed in a tunnel?");
  await expect(page.getByText("Nines cannot be reached", { exact: false })).toBeVisible();
  await expect(page.locator(".save-line")).toHaveText("Not saved, offline");
  await page.context().setOffline(false);
  await saved(page);
  const questionOf = async () => (await read(page, slug, id)).draft.content.languages.en?.wording.question;
  expect(await questionOf()).toBe("Typed in a tunnel?");

  await question(page).fill("Typed and gone?");
  await page.getByRole("link", { name: "Responses" }).first().click();
  await expect(page).toHaveURL(/\/responses$/);
  await expect.poll(questionOf).toBe("Typed and gone?");

  await page.goto(`/${slug}/surveys/${id}/edit`);
  await expect(question(page)).toHaveValue("Typed and gone?");
  const { name, draft } = await read(page, slug, id);
  await ask(page, slug, "PUT", `/surveys/${id}/draft`, { ...draft, name: `${name} of Bo` });
  await question(page).fill("Mine?");
  await expect(page.getByText("Somebody else has changed this survey since you opened it.")).toBeVisible();
  await checkAxe(page);
  expect(await questionOf()).toBe("Typed and gone?");
  await page.getByRole("button", { name: "Keep mine" }).click();
  await saved(page);
  expect(await questionOf()).toBe("Mine?");

  const theirs = await read(page, slug, id);
  await ask(page, slug, "PUT", `/surveys/${id}/draft`, { ...theirs.draft, name: "Renamed by Bo" });
  await question(page).fill("Mine again?");
  await page.getByRole("button", { name: "Take theirs" }).click();
  await expect(page.getByLabel("Name of the survey")).toHaveValue("Renamed by Bo");
  await expect(question(page)).toHaveValue("Mine?");

  // Nor is published unseen what somebody else has made of it.
  await page.getByRole("button", { name: "Publish" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Publish" })).toBeEnabled();
  await ask(page, slug, "PUT", `/surveys/${id}/draft`, { ...theirs.draft, name: "Late by Bo" });
  await dialog.getByRole("button", { name: "Publish" }).click();
  await expect(dialog).toContainText("Somebody else has changed this survey since you last looked.");
  await checkAxe(page);
  await dialog.getByRole("button", { name: "Load what it says now" }).click();
  await dialog.getByRole("button", { name: "Publish" }).click();
  await expect(dialog).toBeHidden();
  expect(await read(page, slug, id)).toMatchObject({ name: "Late by Bo", state: "live" });
});

test("whom, when and how often are set by keyboard, and counted at once", async ({ page }) => {
  await page.goto("/larkfield/surveys");
  await open(page, "larkfield");
  await expect(page.getByText(/^[\d,]+ customers fit\.$/)).toBeVisible();
  const everybody = await page.getByText(/customers fit\.$/).textContent();
  await page.getByRole("radio", { name: "All customers" }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(
    page.getByRole("textbox", { name: "Rule 1, value" }).or(page.getByLabel("Rule 1, value")),
  ).toBeVisible();
  await page.getByRole("button", { name: /Rule 1, what/ }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("plan");
  await page.keyboard.press("Enter");
  await page.getByLabel("Rule 1, value").fill("Team");
  await expect(page.getByText(/^[\d,]+ customers fit\.$/)).not.toHaveText(everybody!);

  await page.getByRole("radio", { name: "Only through the API" }).focus();
  await expect(page.getByText("unless a program invites them", { exact: false })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: "Again and again" })).toBeChecked();
  await expect(
    page.getByText(/^With these settings: [\d,]+ due now, .* asked in the next seven days\./),
  ).toBeVisible();
  await page.getByRole("textbox", { name: "Rest between surveys" }).focus();
  await page.keyboard.press("ArrowUp");
  await saved(page);
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { name: "Throttle" }).click();
  await page.keyboard.press("t");
  await expect(page.locator(".toast", { hasText: "A test is on its way to" })).toBeVisible();
});

test("the accent is measured while it is chosen, and a readable shade is one click away", async ({
  page,
  workspace,
}) => {
  const slug = await workspace("Painters");
  await open(page, slug);
  await page.getByRole("textbox", { name: "Accent, as a number" }).fill("ffcc00");
  await expect(page.getByText(/^White on it is hard to read: contrast 1\.\d/)).toBeVisible();
  await page.getByRole("button", { name: /^Use #/ }).click();
  await expect(page.getByText(/^White on it is readable, contrast 4\.[5-9]/)).toBeVisible();
  await page.locator("input[type=file]").setInputFiles({
    name: "logo.svg",
    mimeType: "image/png",
    buffer: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"),
  });
  await expect(page.getByRole("alert")).toBeVisible();
  const onePixel =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  await page.locator("input[type=file]").setInputFiles({
    name: "logo.png",
    mimeType: "image/png",
    buffer: Buffer.from(onePixel, "base64"),
  });
  await expect(page.getByRole("img", { name: "The logo" })).toBeVisible();
  await expect(page.frameLocator("iframe[title='The e-mail']").locator("img").first()).toHaveJSProperty(
    "naturalWidth",
    1,
  );
});

test("axe finds nothing with everything open, in both languages, on a phone too; a viewer changes nothing", async ({
  page,
  workspace,
  browser,
}) => {
  test.slow();
  const slug = await workspace("Lookers");
  const { id } = await open(page, slug);
  const violations: string[] = [];
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) violations.push(message.text());
  });
  await page.getByText("In-page widget").click();
  await page.getByRole("switch", { name: "In-page widget" }).check({ force: true });
  for (const fold of await page.locator(".fold-b").all()) await fold.click();
  await page.getByLabel("New choice").fill("Price");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("textbox", { name: "Choice: Price" })).toBeVisible();
  await page.locator(".widget").getByRole("button", { name: "8", exact: true }).click();
  await expect(page.locator(".widget")).toContainText("What would have made it a 9?");
  await expect(page.locator(".widget")).toContainText("Price");
  await page.locator(".canvas").getByRole("radio", { name: "Dark" }).click();
  await checkAxe(page);

  await page.setViewportSize({ width: 390, height: 844 });
  await checkAxe(page);
  await page.getByRole("radio", { name: "Preview" }).click();
  await expect(mail(page)).toContainText("Lookers");
  await checkAxe(page);
  await saved(page);
  await page.evaluate(() => localStorage.setItem("nines.language", "de"));
  await page.reload();
  await expect(page.getByText("Entwurf. Niemand wird gefragt", { exact: false })).toBeVisible();
  await checkAxe(page);
  expect(violations).toEqual([]);
  await page.evaluate(() => localStorage.setItem("nines.language", "en"));
  await page.setViewportSize({ width: 1440, height: 900 });

  const viewer = await join(
    browser,
    await invite(page, slug, "looker@lookers.example", "Viewer"),
    "Lo Looker",
  );
  await viewer.goto(`/${slug}/surveys/${id}/edit`);
  await expect(viewer.getByText("You can look, and not change anything.")).toBeVisible();
  await expect(question(viewer)).toBeDisabled();
  await expect(mail(viewer)).toContainText("Lookers");
  await checkAxe(viewer);
  await viewer.context().close();
});

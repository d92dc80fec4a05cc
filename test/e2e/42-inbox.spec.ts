import type { APIRequestContext, Page } from "@playwright/test";
import { expect, test } from "./as-owner.ts";
import { checkAxe } from "./check-axe.ts";

interface Answer {
  name: string;
  score: number;
  comment: string;
  language?: string;
}

/** Low answers as they come in, each of which opens a case. */
async function answer(request: APIRequestContext, slug: string, origin: string, answers: readonly Answer[]) {
  for (const [index, { name, score, comment, language = "en" }] of answers.entries()) {
    const email = `${name.toLowerCase().replaceAll(" ", ".")}@example.com`;
    const sent = await request.post("/api/v1/responses", {
      data: { score, comment, language, customer: { email, name, language } },
      headers: { "x-workspace": slug, origin },
    });
    expect(sent.ok(), await sent.text()).toBe(true);
    // One after the other, for at a weekend all are due at the same time and stand as they came.
    // The sample company may still live through its year beside it.
    await expect
      .poll(
        async () => {
          const read = await request.get("/api/v1/cases", { headers: { "x-workspace": slug } });
          return ((await read.json()) as { items: unknown[] }).items.length;
        },
        { intervals: [200], timeout: 60_000 },
      )
      .toBe(index + 1);
  }
}

const line = (page: Page, name: string) =>
  page.getByRole("region", { name: /^(Who|Put off|Done)/ }).getByRole("link", { name });

test.describe.configure({ timeout: 180_000 });

test("a low answer is replied to by keyboard alone, taken back, sent, put off, passed on and closed", async ({
  page,
  context,
  workspace,
  baseURL,
}) => {
  const slug = await workspace("Inbox by keys");
  await page.goto(`/${slug}/inbox`);
  await expect(page.getByText("Nobody is waiting for an answer").first()).toBeVisible();
  await checkAxe(page);
  await answer(context.request, slug, baseURL ?? "", [
    { name: "Johanna Castell", score: 4, comment: "Die Rechnungsnummer stimmt nicht", language: "de" },
    { name: "Peter Pennard", score: 2, comment: "Charged twice in September" },
    { name: "Vera Vogt", score: 6, comment: "The invoice number was wrong again" },
  ]);
  await page.reload();
  await expect(
    page.getByRole("button", { name: "Open 3" }).or(page.getByRole("radio", { name: "Open 3" })),
  ).toBeVisible();
  await expect(
    page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Inbox/ }),
  ).toContainText("3");
  const field = page.getByRole("textbox", { name: "Your reply" });

  // What is due first is open; its greeting is in the customer's language.
  await expect(page.getByRole("region", { name: "Johanna Castell" })).toBeVisible();
  await expect(page.getByText("„Die Rechnungsnummer stimmt nicht“").first()).toBeVisible();
  await expect(field).toHaveValue(/^(Guten Tag|Hallo)/);
  await expect(page.getByText(/left$/).first()).toBeVisible();
  await page.keyboard.press("j");
  await expect(line(page, "Peter Pennard")).toHaveAttribute("aria-current", "true");
  await page.keyboard.press("k");
  await expect(line(page, "Johanna Castell")).toHaveAttribute("aria-current", "true");
  await page.keyboard.press("r");
  await expect(field).toBeFocused();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+ArrowDown");
  await page.keyboard.insertText(" Das tut mir leid, wir haben es berichtigt. ");
  await page.getByRole("textbox", { name: "Subject" }).fill("Ihre Rechnung");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Goes to Johanna Castell in 8 seconds.").last()).toBeVisible();
  await expect(line(page, "Johanna Castell")).toBeHidden();
  await page.locator("body").press("z");
  await expect(page.getByText("Not sent. What you wrote is kept.").last()).toBeVisible();
  await line(page, "Johanna Castell").press("Enter");
  await expect(field).toHaveValue(/wir haben es berichtigt/);
  // The case is read once more after its line has gone; whoever goes on meanwhile is not called back.
  await page.route(
    /\/api\/v1\/cases\/[\da-f-]{36}$/,
    async (route) => {
      await new Promise((done) => setTimeout(done, 1_000));
      await route.continue();
    },
    { times: 1 },
  );
  await page.getByRole("button", { name: "Send and wait" }).press("Enter");
  await expect(line(page, "Johanna Castell")).toBeHidden();
  await page.getByRole("radio", { name: /^Waiting/ }).press("Enter");
  await expect(line(page, "Johanna Castell")).toBeVisible();
  await expect(page.getByRole("list", { name: "What was written and done" })).toContainText("Ihre Rechnung");
  await checkAxe(page);

  // A note, another owner, later, done, and undone.
  await page.getByRole("radio", { name: /^Open/ }).press("Enter");
  await line(page, "Vera Vogt").press("Enter");
  await expect(page.getByRole("region", { name: "Vera Vogt" })).toBeVisible();
  await page.getByRole("radio", { name: "Note" }).press("Enter");
  const note = page.getByRole("textbox", { name: "Note for the team" });
  await note.fill("Asked billing what happened");
  await note.press("Control+Enter");
  await expect(page.getByRole("list", { name: "What was written and done" })).toContainText("Asked billing");
  await page.getByRole("button", { name: "Pass on" }).press("Enter");
  await page.getByRole("menuitem", { name: "Nobody" }).press("Enter");
  await expect(page.getByText("Nobody owns it now.").last()).toBeVisible();
  await page.getByRole("button", { name: "Read and understood" }).press("Enter");
  await expect(page.getByRole("button", { name: "Read and understood" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await page.getByRole("button", { name: "More for this case" }).press("Enter");
  await page.getByRole("menuitem", { name: "Tomorrow, 9:00" }).press("Enter");
  await expect(line(page, "Vera Vogt")).toBeHidden();
  await page.getByRole("button", { name: "1 put off" }).press("Enter");
  await expect(line(page, "Vera Vogt")).toBeVisible();
  await page.goto(`/${slug}/inbox`);
  await expect(page.getByRole("region", { name: "Peter Pennard" })).toBeVisible();
  await page.locator("body").press("e");
  await expect(page.getByText("Peter Pennard is closed.").last()).toBeVisible();
  await page.locator("body").press("z");
  await expect(line(page, "Peter Pennard")).toBeVisible();
  await page.locator("body").press("e");
  await expect(page.getByText("Nobody is waiting for an answer").first()).toBeVisible();
});

test("on a phone the inbox is a stack: the list, then the case", async ({
  page,
  context,
  workspace,
  baseURL,
}) => {
  const slug = await workspace("Inbox on a phone");
  await answer(context.request, slug, baseURL ?? "", [
    { name: "Ada Adler", score: 1, comment: "Slow on the phone" },
  ]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/${slug}/inbox`);
  await expect(page.getByRole("textbox", { name: "Your reply" })).toBeHidden();
  await line(page, "Ada Adler").click();
  await expect(page.getByRole("textbox", { name: "Your reply" })).toBeVisible();
  await checkAxe(page);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
  await page.getByRole("link", { name: "Inbox, 1 of 1" }).click();
  await expect(line(page, "Ada Adler")).toBeVisible();
});

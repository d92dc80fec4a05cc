import { expect, test } from "./as-owner.ts";
import { checkAxe } from "./check-axe.ts";

test.describe("the surveys", () => {
  test("begin empty, are created by keyboard and undone as drafts", async ({ page, workspace }) => {
    test.slow();
    const slug = await workspace("Asking");
    await page.goto(`/${slug}/surveys`);
    await expect(page.getByText("No survey yet")).toBeVisible();
    await checkAxe(page);
    await page.keyboard.press("n");
    const dialog = page.getByRole("dialog", { name: "New survey" });
    await expect(dialog.getByRole("textbox", { name: "Name" })).toBeFocused();
    await page.keyboard.type("Quarterly");
    await dialog.getByRole("group", { name: "Also in" }).getByText("German", { exact: true }).click();
    await dialog.getByRole("switch", { name: "Anonymous" }).focus();
    await page.keyboard.press("Space");
    await expect(dialog.getByText("Everybody gets the same link", { exact: false })).toBeVisible();
    await checkAxe(page);
    await dialog.getByRole("button", { name: "Create the survey" }).click();
    await expect(page).toHaveURL(/\/surveys\/[0-9a-f-]{36}\/edit$/);
    await expect(page.getByRole("textbox", { name: "The question", exact: true })).toBeVisible();

    await page.goto(`/${slug}/surveys`);
    const row = page.getByRole("row", { name: /Quarterly/ });
    await expect(row.getByText("Draft", { exact: true })).toBeVisible();
    await expect(row.getByText("Anonymous")).toBeVisible();
    await checkAxe(page);
    await page.getByRole("button", { name: "Actions for Quarterly" }).click();
    await page.getByRole("menuitem", { name: "Delete the draft" }).click();
    await expect(page.getByText("No survey yet")).toBeVisible();
    await page.keyboard.press("z");
    await expect(row).toBeVisible();
    await row.getByRole("link", { name: "Quarterly" }).click();
    await expect(page.getByRole("heading", { name: "Quarterly has no answers yet" })).toBeVisible();
    await checkAxe(page);
  });

  test("show what came of one: score, rate, versions, channels, link and widget", async ({ page }) => {
    await page.goto("/larkfield/surveys");
    await page.getByRole("link", { name: "Quarterly relationship survey" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(
      /^[\d,]+ answers to Quarterly relationship/,
    );
    await expect(page.getByRole("table", { name: "Channel" }).getByRole("row")).not.toHaveCount(1);
    await expect(page.getByRole("img", { name: /^QR code that opens http/ })).toBeVisible();
    await expect(page.getByText(/data-survey="[0-9a-f-]{36}"/)).toBeVisible();
    await checkAxe(page);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download SVG" }).click();
    expect((await download).suggestedFilename()).toBe("Quarterly relationship survey.svg");
    await page.getByLabel("From").fill("2000-01-01");
    await page.getByLabel("Until").fill("2000-01-02");
    await expect(page).toHaveURL(/from=2000-01-01&to=2000-01-02$/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/has no answers on these days/);
    await page.getByRole("button", { name: "All days" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^[\d,]+ answers/);
  });

  test("are paused and go on with Z", async ({ page }) => {
    await page.goto("/larkfield/surveys");
    const row = page.getByRole("row", { name: /Quarterly relationship survey/ });
    await row.getByRole("button").click();
    await page.getByRole("menuitem", { name: "Pause" }).click();
    await expect(row.getByText("Paused")).toBeVisible();
    await page.keyboard.press("z");
    await expect(row.getByText("Live")).toBeVisible();
  });
});

test("invitations are read and cancelled, addresses are put on the list and found", async ({
  page,
  workspace,
  baseURL,
}) => {
  test.slow();
  const slug = await workspace("Outbox");
  const headers = { origin: baseURL ?? "", "x-workspace": slug };
  const post = async (path: string, data: unknown) => {
    const answer = await page.request.post(`/api/v1${path}`, { data, headers });
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()) as { id: string };
  };

  await page.goto(`/${slug}/invitations`);
  await expect(page.getByText("Nobody has been invited yet")).toBeVisible();
  await checkAxe(page);

  const { id: surveyId } = await post("/surveys", { name: "By mail" });
  await post(`/surveys/${surveyId}/publish`, {});
  const inTenDays = new Date(Date.now() + 10 * 24 * 3600 * 1000);
  for (const name of ["Ada", "Bo", "Cy"]) {
    await post("/invitations", {
      surveyId,
      channel: "email",
      sendAt: inTenDays.toISOString(),
      customer: { email: `${name.toLowerCase()}@outbox.example`, name },
    });
  }
  await page.reload();
  const rows = page.locator(".vt-row");
  await expect(rows).toHaveCount(3);
  await expect(rows.first()).toContainText(/Queued\s*until \d/);
  await page.keyboard.press("j");
  await expect(rows.first()).toBeFocused();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("complementary", { name: "Invitation" });
  await expect(panel.getByRole("heading", { name: "Cy" })).toBeVisible();
  await page.keyboard.press("j");
  await expect(panel.getByRole("heading", { name: "Bo" })).toBeVisible();
  await checkAxe(page);
  await panel.getByRole("button", { name: "Cancel this invitation" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel this invitation" }).click();
  await expect(panel.getByText("a member called it off").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await page.getByRole("button", { name: /What became of it/ }).click();
  await page.getByRole("option", { name: "Cancelled" }).click();
  await expect(page).toHaveURL(/fate=cancelled$/);
  await expect(rows).toHaveCount(1);

  await page
    .getByRole("navigation", { name: "Surveys and asking" })
    .getByRole("link", { name: "Unsubscribes" })
    .click();
  await expect(page.getByText("Nobody has unsubscribed")).toBeVisible();
  await checkAxe(page);
  await page.keyboard.press("n");
  await page.keyboard.type("ada@outbox.example");
  await checkAxe(page);
  await page.keyboard.press("Enter");
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText("ada@outbox.example");
  await page.getByRole("searchbox", { name: "Search addresses" }).fill("zzz");
  await expect(page.getByText("No address matches")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(rows).toHaveCount(1);
  await checkAxe(page);
  await page.goto(`/${slug}/invitations?fate=cancelled`);
  await expect(rows).toHaveCount(2);
  await expect(page.getByText("the customer unsubscribed")).toBeVisible();
});

test("the pages of asking speak German", async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem("nines.language", "de"));
  await page.goto("/larkfield/surveys");
  await expect(page.getByRole("heading", { level: 1, name: "Umfragen" })).toBeVisible();
  await page.getByRole("link", { name: "Quarterly relationship survey" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/Antworten auf Quarterly/);
  await page.goto("/larkfield/unsubscribes");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Abmeldungen und Unzustellbares");
});

import { expect, test } from "./as-owner.ts";
import { checkAxe } from "./check-axe.ts";

test.describe("the results of the sample company's plays", () => {
  test("say what is ready to be decided; a verdict has its figures, and a decision is kept", async ({
    page,
  }) => {
    await expect
      .poll(
        async () => {
          const headers = { "x-workspace": "larkfield" };
          const { results } = (await (await page.request.get("/api/v1/results", { headers })).json()) as {
            results: { ready: boolean }[];
          };
          return results.filter(({ ready }) => ready).length;
        },
        { timeout: 90_000, intervals: [1_000] },
      )
      .toBeGreaterThan(0);
    await page.goto("/larkfield/results");
    await expect(
      page.getByRole("heading", { level: 1, name: "1 play is ready to be decided" }),
    ).toBeVisible();
    const lines = page.getByRole("main").getByRole("listitem");
    await expect(lines.first()).toContainText("Ready to decide");
    await expect(lines.first()).toContainText(/Keep it\. [\d.]+% became promoters, [\d.]+% without it\./);
    await expect(lines.filter({ hasText: "Somebody calls" })).toContainText("Cannot tell yet");
    await expect(lines.filter({ hasText: "Weekly tips" })).toContainText("Stopped");
    await expect(page.getByText("Webinar: closing the month")).toHaveCount(0);
    await checkAxe(page);

    await page.getByRole("link", { name: "Show me more" }).press("Enter");
    await expect(page.getByRole("heading", { level: 2, name: /^Keep it\./ })).toBeVisible();
    await expect(page.getByRole("img", { name: /^Treated [\d.]+%, holdout/ })).toBeVisible();
    await expect(page.getByText("Cost per extra promoter")).toBeVisible();
    await expect(page.getByText(/Yes: 20\.0% were to be left alone/)).toBeVisible();
    await expect(page.getByRole("heading", { name: "Where it works" })).toBeVisible();
    await checkAxe(page);
    await page.getByRole("button", { name: "Show as table" }).click();
    await expect(page.getByRole("columnheader", { name: "Entered by" })).toBeVisible();

    await page.getByRole("button", { name: "Keep running" }).click();
    await expect(page.getByText(/decided on .* to keep it\./).first()).toBeVisible();
    await page.goto("/larkfield/results");
    await expect(
      page.getByRole("heading", { level: 1, name: "No play is waiting for a decision" }),
    ).toBeVisible();
    await expect(lines.filter({ hasText: "Show me more" })).toContainText("Kept");
  });

  test("with too few say how many are missing, on a phone and in German too", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.addInitScript(`localStorage.setItem("nines.language", "de")`);
    await page.goto("/larkfield/results");
    await page.getByRole("link", { name: "Somebody calls" }).click();
    await expect(
      page.getByRole("heading", { level: 2, name: /^Noch offen: Es fehlen etwa \d+/ }),
    ).toBeVisible();
    await expect(page.getByText("Noch zu wenige Ergebnisse")).toBeVisible();
    await checkAxe(page);
  });

  test("without any play say so", async ({ page, workspace }) => {
    const slug = await workspace("Nothing tried");
    await page.goto(`/${slug}/results`);
    await expect(page.getByText("No play has been published yet")).toBeVisible();
    await checkAxe(page);
  });
});

import type { Page } from "@playwright/test";
import type { Passives } from "../../server/identify/passives/passives.ts";
import type { PlayResult, ResultLine } from "../../server/prove/results/play-result.ts";
import type { TodayItem } from "../../server/prove/today/today.ts";
import { words as german } from "../../web/words/de/all.ts";
import { words as english } from "../../web/words/en/all.ts";
import { expect, test } from "./as-owner.ts";
import { checkAxe } from "./check-axe.ts";

async function get<Body>(page: Page, path: string): Promise<Body> {
  const answer = await page.request.get(`/api/v1${path}`, { headers: { "x-workspace": "larkfield" } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as Body;
}

/** What can be decided, once the sample's plays were measured. */
async function readyPlays(page: Page): Promise<ResultLine[]> {
  const read = async () =>
    (await get<{ results: ResultLine[] }>(page, "/results")).results.filter(({ ready }) => ready);
  await expect.poll(async () => (await read()).length, { timeout: 90_000, intervals: [1_000] }).toBe(1);
  return read();
}

/** The sentences by which a result says how it was found, in both languages. */
const notes = [english, german].map(({ results: { groups, ...words } }) => ({
  groups,
  methods: [words.how.note, words.curve.note, words.stats.note],
}));

test.describe("the results of the sample company's plays", () => {
  test.describe.configure({ timeout: 240_000 });

  test("are on the overview's “today” with all else that is to be done, and each line leads to what it counts", async ({
    page,
  }) => {
    await readyPlays(page);
    // Who began to cool is known once the sample's year has been lived.
    let items: TodayItem[] = [];
    await expect
      .poll(
        async () => {
          const { activityKnown, refreshing } = await get<Passives>(page, "/passives");
          ({ items } = await get<{ items: TodayItem[] }>(page, "/today"));
          return activityKnown && !refreshing ? items.map(({ kind }) => kind) : [];
        },
        { timeout: 180_000, intervals: [1_000] },
      )
      .toEqual(expect.arrayContaining(["reply", "decide", "check"]));
    const lines = page.getByRole("region", { name: "Today" }).getByRole("listitem");
    for (const [index, item] of items.entries()) {
      await page.goto("/larkfield/overview");
      await expect(lines).toHaveCount(items.length);
      const line = lines.nth(index);
      const link = line.getByRole("link");
      if (item.kind === "reply") {
        await expect(line).toContainText(
          new RegExp(`^${item.customers} (detractors are|customers are) waiting for a reply`),
        );
        await expect(line).toContainText(`Most urgent: ${item.longest.name}, waiting since`);
        await link.click();
        await expect(page).toHaveURL(new RegExp(`/inbox\\?case=${item.longest.caseId}$`));
        await expect(page.getByRole("radio", { name: `Open ${item.customers}` })).toBeVisible();
        await expect(page.getByText(item.longest.name!).first()).toBeVisible();
      } else if (item.kind === "review") {
        await expect(line).toContainText(`${item.customers} passive`);
        await link.click();
        await expect(page).toHaveURL(new RegExp(`&stateSince=${item.since}`));
        const customers = page.getByRole("region", { name: "Customers" });
        await expect(customers).toContainText(new RegExp(`Customers${item.customers} customer`));
      } else if (item.kind === "decide") {
        await expect(line).toContainText("“Show me more” works: decide whether to keep it");
        const [difference] = /\+[\d.]+(?= percentage points)/.exec(await line.innerText()) ?? [];
        await link.click();
        await expect(page).toHaveURL(new RegExp(`/plays/${item.play.id}$`));
        await expect(page.getByText(`That is ${difference} points.`)).toBeVisible();
      } else {
        await expect(line).toContainText(`${item.asked} customers will be asked in the next seven days`);
        // By the keyboard.
        for (let step = 0; step <= index; step++) await page.keyboard.press("j");
        await expect(link).toBeFocused();
        await page.keyboard.press("Enter");
        await expect(page).toHaveURL(new RegExp(`/surveys/${item.survey.id}$`));
        await expect(page.getByText(`It asks ${item.asked} customers in the next seven days.`)).toBeVisible();
      }
    }
  });

  test("say what is ready to be decided; a verdict has its figures, and a decision is kept", async ({
    page,
  }) => {
    const [ready] = await readyPlays(page);
    const { groups } = await get<PlayResult>(page, `/plays/${ready!.play.id}/result`);
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
    const differing = groups.filter(({ differ }) => differ).map(({ by }) => english.results.groups.by[by]);
    const [inEnglish, inGerman] = notes;
    await expect(
      page.getByText(
        differing.length > 0
          ? inEnglish!.groups.differ.replace("{{groups}}", differing.join(", "))
          : inEnglish!.groups.alike,
      ),
    ).toBeVisible();
    for (const note of inEnglish!.methods) await expect(page.getByText(note)).toBeVisible();
    // The other warning, and all of it in German.
    await page.route(`**/api/v1/plays/${ready!.play.id}/result`, async (route) => {
      const answer = await route.fetch();
      const result = (await answer.json()) as PlayResult;
      const other = result.groups.map((group) => ({ ...group, differ: differing.length === 0 }));
      await route.fulfill({ response: answer, json: { ...result, groups: other } });
    });
    await page.evaluate(`localStorage.setItem("nines.language", "de")`);
    await page.reload();
    const all = groups.map(({ by }) => german.results.groups.by[by]).join(", ");
    await expect(
      page.getByText(
        differing.length === 0 ? inGerman!.groups.differ.replace("{{groups}}", all) : inGerman!.groups.alike,
      ),
    ).toBeVisible();
    for (const note of inGerman!.methods) await expect(page.getByText(note)).toBeVisible();
    await page.evaluate(`localStorage.setItem("nines.language", "en")`);
    await page.unrouteAll();
    await page.reload();
    await expect(page.getByRole("heading", { level: 2, name: /^Keep it\./ })).toBeVisible();
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

import { readFile } from "node:fs/promises";
import type { APIRequestContext } from "@playwright/test";
import { expect, test } from "./as-owner.ts";
import { checkAxe } from "./check-axe.ts";

const rows = ".vt-row";

/** Stores some customers with answers in an empty workspace; gives their ids by name. */
async function fill(request: APIRequestContext, baseURL: string, workspace: string) {
  const headers = { origin: baseURL, "x-workspace": workspace };
  const send = async (path: string, data: object) => {
    const response = await request.post(`/api/v1${path}`, { headers, data });
    expect(response.ok(), await response.text()).toBe(true);
    return response.json() as Promise<never>;
  };
  const answer = async (score: number, at: string, customer: object): Promise<{ customerId: string }> =>
    send("/responses", { score, at, customer, comment: score < 9 ? "It could be quicker" : undefined });
  const ada = {
    id: "c-1",
    name: "Ada Lovelace",
    email: "ada@example.com",
    traits: { plan: "pro", seats: 6 },
  };
  const { customerId } = await answer(7, "2026-02-02T10:00:00Z", ada);
  await answer(8, "2026-06-02T10:00:00Z", ada);
  await answer(9, "2026-06-03T10:00:00Z", { email: "a.lovelace@example.com" });
  for (const name of ["Grace Hopper", "Alan Turing", "Edsger Dijkstra"])
    await answer(5, "2026-06-04T10:00:00Z", { id: name, name, email: `${name.split(" ")[0]}@example.org` });
  await send("/complaints", { customerId, note: "Nobody called back" });
  return customerId;
}

test.describe("customers", () => {
  test("of an empty workspace are none, and the page says what to do", async ({ page, workspace }) => {
    const slug = await workspace("Nobody yet");
    await page.goto(`/${slug}/customers`);
    await expect(page.getByText("No customers yet")).toBeVisible();
    await checkAxe(page);
  });

  test("are searched, selected by keyboard, exported, merged and erased", async ({
    page,
    workspace,
    baseURL,
  }) => {
    const slug = await workspace("Pioneers");
    await fill(page.request, baseURL ?? "", slug);
    await page.goto(`/${slug}/customers`);
    await expect(page.getByText(/^5 customers$/)).toBeVisible();
    await page.getByRole("searchbox", { name: "Search customers" }).fill("lovelace");
    await expect(page).toHaveURL(/text=lovelace$/);
    await expect(page.getByText("2 customers fit")).toBeVisible();
    await expect(page.getByRole("grid").getByText("Open complaint")).toBeVisible();

    // Both, by the keyboard alone.
    await page.locator(rows).first().focus();
    await page.keyboard.press("x");
    await page.keyboard.press("j");
    await page.keyboard.press("Shift+ ");
    const bar = page.getByRole("region", { name: "Selected customers" });
    await expect(bar.getByText("2 selected")).toBeVisible();
    await checkAxe(page);
    const download = page.waitForEvent("download");
    await bar.getByRole("button", { name: "Export" }).click();
    const csv = await readFile(await (await download).path(), "utf8");
    expect(csv.trimEnd().split("\n")).toHaveLength(3);

    await bar.getByRole("button", { name: "Merge" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Ada Lovelace").click();
    await checkAxe(page);
    await dialog.getByRole("button", { name: "Merge" }).click();
    await expect(page.getByText("1 customer fits")).toBeVisible();

    await page.getByRole("searchbox").fill("");
    await expect(page.getByText(/^4 customers$/)).toBeVisible();
    await page.getByRole("checkbox", { name: "Select Alan Turing" }).click();
    await bar.getByRole("button", { name: "Erase" }).click();
    const sure = page.getByRole("alertdialog");
    await expect(sure.getByRole("button", { name: "Erase for good" })).toBeDisabled();
    await sure.getByText("I understand").click();
    await sure.getByRole("button", { name: "Erase for good" }).click();
    await expect(page.getByText(/^3 customers$/)).toBeVisible();
  });

  test("have a page each, found from anywhere by the command menu", async ({ page, workspace, baseURL }) => {
    const slug = await workspace("Found anywhere");
    const id = await fill(page.request, baseURL ?? "", slug);
    await page.goto(`/${slug}/overview`);
    await page.getByRole("button", { name: /Search or jump/ }).click();
    await page.keyboard.type("ada@example");
    await page.getByRole("menuitem", { name: /Ada Lovelace/ }).click();
    await expect(page).toHaveURL(new RegExp(`/${slug}/customers/${id}$`));
    await expect(page.getByRole("heading", { level: 1, name: "Ada Lovelace" })).toBeVisible();
    await expect(page.getByText("No activity is known")).toBeVisible();
    const timeline = page.getByRole("region", { name: "Timeline" });
    await expect(timeline.getByText("Answered 8")).toBeVisible();
    await expect(timeline.getByText("up from 7")).toBeVisible();
    await expect(timeline.getByText("Nobody called back")).toBeVisible();
    await checkAxe(page);
    await timeline.getByRole("radio", { name: "Answers" }).click();
    await expect(timeline.getByText("Nobody called back")).toBeHidden();
    await expect(page.getByText("seats")).toBeVisible();
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await expect(page.getByRole("status").getByText("1 complaint closed.")).toBeVisible();

    // The only survey there came with the first answer and sends no mail: the dialog says so.
    await page.getByRole("button", { name: "Ask", exact: true }).click();
    await page.getByRole("button", { name: "Send invitation" }).click();
    await expect(page.getByRole("dialog").getByText("Not now")).toBeVisible();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();

    // Another one is found and becomes part of this one.
    await page.getByRole("button", { name: "More for this customer" }).click();
    await page.getByRole("menuitem", { name: "Merge with another" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("searchbox").fill("a.lovelace");
    await dialog.getByText("a.lovelace@example.com").first().click();
    await dialog.getByRole("button", { name: "Merge" }).click();
    await timeline.getByRole("radio", { name: "All" }).click();
    await expect(timeline.getByText("Merged with another customer")).toBeVisible();
    await expect(timeline.getByText("Answered 9")).toBeVisible();
    await page.goto(`/${slug}/customers/00000000-0000-7000-8000-000000000000`);
    await expect(page.getByText("This customer is not here")).toBeVisible();
  });

  test("of the sample company say what they did, on a phone too", async ({ page }) => {
    await page.goto("/larkfield/customers?sort=active&status=stated,both");
    await page.locator(rows).first().press("Enter");
    await expect(page.getByRole("heading", { name: "Timeline" })).toBeVisible();
    await expect(page.getByRole("img", { name: /Events a week from/ })).toBeVisible();
    await checkAxe(page);
    await page.getByRole("button", { name: "Show as table" }).click();
    await expect(page.getByRole("table", { name: "Events a week" })).toBeVisible();
    await page.setViewportSize({ width: 390, height: 844 });
    await checkAxe(page);
    const wide = await page.evaluate("document.documentElement.scrollWidth");
    expect(wide).toBeLessThanOrEqual(390);
  });
});

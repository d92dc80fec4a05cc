import { expect, test } from "./as-owner.ts";
import { checkAxe } from "./check-axe.ts";

test("a segment is written by keyboard, counted while it is, saved, used by a survey and kept from deletion", async ({
  page,
  workspace,
  baseURL,
}) => {
  test.slow();
  const slug = await workspace("Sorting");
  const headers = { origin: baseURL ?? "", "x-workspace": slug };
  const post = async (path: string, data: unknown) => {
    const answer = await page.request.post(`/api/v1${path}`, { data, headers });
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()) as { id: string };
  };
  await post("/customers", {
    customers: Array.from({ length: 30 }, (_, n) => ({
      id: `c-${n}`,
      email: `c-${n}@x.example`,
      name: `Customer ${n}`,
      traits: { plan: n % 3 === 0 ? "Pro" : "Basic", seats: n },
    })),
  });

  await page.goto(`/${slug}/segments`);
  await expect(page.getByText("No segment yet")).toBeVisible();
  await checkAxe(page);
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/\/segments\/new$/);
  const name = page.getByRole("textbox", { name: "Name of the segment" });
  await expect(name).toBeFocused();
  await page.keyboard.type("Small and Pro");
  const size = page.getByRole("status").filter({ hasText: "fit" });
  await expect(size).toHaveText(/^0 customers fit/);

  // The first condition becomes one about a trait, found by typing in the list.
  await page.getByRole("button", { name: "Condition 1, what" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("searchbox", { name: "Search the list" }).fill("pla");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Condition 1, name")).toHaveValue("plan");
  await expect(page.getByText("A condition still lacks something.")).toBeVisible();
  await page.getByLabel("Condition 1, value").fill("Pro");
  await expect(size).toHaveText("10 customers fit33.3% of all 30");
  await page.getByRole("button", { name: "Add a condition" }).press("Enter");
  await expect(page.getByRole("button", { name: "Condition 2, what" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.getByRole("searchbox", { name: "Search the list" }).fill("seats");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Condition 2, how" }).click();
  await page.getByRole("option", { name: "is below" }).click();
  await page.getByLabel("Condition 2, value").fill("10");
  await expect(size).toHaveText(/^4 customers fit/);
  await expect(page.getByText("Customer 9", { exact: true })).toBeVisible();
  await checkAxe(page);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("“Small and Pro” is saved.").last()).toBeVisible();
  await expect(page).toHaveURL(/\/segments\/[0-9a-f-]{36}$/);

  // A group that takes some out; leaving without saving is asked about.
  await page.getByRole("button", { name: "Add a group" }).click();
  await page.getByRole("button", { name: "How the conditions join" }).last().click();
  await page.getByRole("option", { name: "none of these holds" }).click();
  await page.getByRole("button", { name: "Condition 3.1, what" }).click();
  await page.getByRole("searchbox", { name: "Search the list" }).fill("e-mail addr");
  await page.getByRole("option", { name: "e-mail address" }).click();
  await page.getByRole("button", { name: "Condition 3.1, how" }).click();
  await page.getByRole("option", { name: "contains" }).click();
  await page.getByLabel("Condition 3.1, value").fill("c-9@");
  await expect(size).toHaveText(/^3 customers fit/);
  await checkAxe(page);
  await page.getByRole("link", { name: "Segments" }).first().click();
  await expect(page.getByRole("alertdialog")).toContainText("Leave without saving?");
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("All saved")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: "How the conditions join" }).last()).toHaveText(
    /none of these holds/,
  );
  await expect(size).toHaveText(/^3 customers fit/);

  // A survey asks it, and so it stays.
  const { id: surveyId } = await post("/surveys", { name: "Only some" });
  await page.goto(`/${slug}/surveys/${surveyId}/edit`);
  await page.getByText("Those in a segment").click();
  await expect(page.getByText("3 customers fit.")).toBeVisible();
  await expect(page.getByText("Saved", { exact: false }).first()).toBeVisible();
  await page.goto(`/${slug}/segments`);
  const row = page.getByRole("row", { name: /Small and Pro/ });
  await expect(row).toContainText(
    "trait plan is Pro and trait seats is below 10 and none of: e-mail address contains c-9@",
  );
  await expect(row.getByRole("cell").nth(1)).toHaveText("3");
  await expect(row.getByRole("link", { name: "Only some" })).toBeVisible();
  await checkAxe(page);
  await page.getByRole("button", { name: "Actions for Small and Pro" }).click();
  await expect(page.getByRole("menuitem", { name: /Delete/ })).toHaveAttribute("aria-disabled", "true");
  await page.getByRole("menuitem", { name: "Start a copy" }).click();
  await name.fill("A copy");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("“A copy” is saved.").last()).toBeVisible();
  await page.getByRole("button", { name: "Actions for A copy" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(page).toHaveURL(/\/segments$/);
  await expect(page.getByRole("row", { name: /A copy/ })).toBeHidden();
  await page.keyboard.press("z");
  await expect(page.getByRole("row", { name: /A copy/ })).toBeVisible();
});

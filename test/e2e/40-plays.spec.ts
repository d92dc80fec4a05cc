import { expect, test } from "./as-owner.ts";
import { checkAxe } from "./check-axe.ts";

test("a play is written by keyboard, tried, published, met by its customers and paused", async ({
  page,
  workspace,
  baseURL,
}) => {
  test.slow();
  const slug = await workspace("Acting");
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
      name: n === 0 ? "Ada Lovelace" : `Customer ${n}`,
      language: n % 2 === 0 ? "en" : "de",
      traits: { plan: n % 3 === 0 ? "Pro" : "Basic" },
    })),
  });
  await post("/segments", {
    name: "On Pro",
    filter: { kind: "all", of: [{ kind: "trait", trait: "plan", is: "equal", value: "Pro" }] },
  });

  // Else some of them are drawn into it, by a salt that is new each time.
  const nobody = { permanentHoldout: 0 };
  expect((await page.request.put("/api/v1/act-settings", { data: nobody, headers })).ok()).toBe(true);

  await page.goto(`/${slug}/plays`);
  await expect(page.getByText("No plays yet")).toBeVisible();
  await checkAxe(page);
  await page.keyboard.press("n");
  const templates = page.getByRole("dialog", { name: "New play" });
  await expect(templates.getByRole("heading", { name: "Passives" })).toBeVisible();
  await checkAxe(page);
  await templates.getByRole("button", { name: "Begin empty" }).press("Enter");
  await expect(page).toHaveURL(/\/plays\/[0-9a-f-]{36}\/edit$/);

  // What is missing stands where it is missing.
  await page.getByRole("textbox", { name: "Name of the play" }).fill("Hello Pro");
  await expect(page.getByText("For nobody yet. Say for whom it is.")).toBeVisible();
  await page.getByRole("radio", { name: /A segment/, disabled: false }).check({ force: true });
  await page.getByRole("button", { name: "Add a step at the beginning" }).press("Enter");
  await page.getByRole("menuitem", { name: "E-mail" }).press("Enter");
  const subject = page.getByRole("textbox", { name: "Subject", exact: true });
  await expect(page.getByRole("button", { name: /E-mail.*Day 0/ })).toHaveAttribute("aria-expanded", "true");
  await expect(page.getByText("Something is missing here.").first()).toBeVisible();
  await subject.fill("For you");
  await page.getByRole("textbox", { name: "Text", exact: true }).fill("Hello, thanks for being on Pro.");
  await page.getByRole("button", { name: "Insert a variable: Text" }).press("Enter");
  await page.getByRole("menuitem", { name: /First name/ }).press("Enter");
  await expect(page.getByRole("textbox", { name: "Text", exact: true })).toHaveValue(
    /\{\{ customer\.firstName \}\}/,
  );
  await expect(page.getByText("10 customers would enter now.")).toBeVisible();
  await expect(page.getByText(/No result can be promised: to see a gain of 5 points/).first()).toBeVisible();

  // What Ada would get, with her name in it.
  await page.getByRole("radio", { name: "What would they get?" }).click();
  await page.getByRole("combobox", { name: "Customer" }).fill("Ada");
  await page.getByRole("option", { name: /Ada Lovelace/ }).click();
  const mail = page.frameLocator("iframe[title='The e-mail']");
  await expect(mail.getByRole("article").getByText("Hello, thanks for being on Pro.Ada")).toBeVisible();
  await checkAxe(page);
  await page.getByRole("radio", { name: "Who would enter" }).click();

  // A wait behind it, then moved before it and back.
  await page.getByRole("button", { name: "Add a step after 1" }).press("Enter");
  await page.getByRole("menuitem", { name: "Wait" }).press("Enter");
  const steps = page.locator(".pl-card-t > b");
  await expect(steps).toHaveText(["1 E-mail: For you", "2 Wait 7 days"]);
  await page.getByRole("button", { name: "Move up: Wait 7 days" }).press("Enter");
  await expect(steps).toHaveText(["1 Wait 7 days", "2 E-mail: For you"]);
  await page.getByRole("button", { name: "Move down: Wait 7 days" }).press("Enter");
  await expect(steps).toHaveText(["1 E-mail: For you", "2 Wait 7 days"]);
  // Not on what would take it away.
  await expect(page.getByRole("button", { name: "Move up: Wait 7 days" })).toBeFocused();
  await page.getByRole("button", { name: "Add a step after 2" }).press("Enter");
  await page.getByRole("menuitem", { name: "Branch" }).press("Enter");
  await expect(page.getByText("Otherwise", { exact: true }).first()).toBeVisible();
  await checkAxe(page);
  await page.getByRole("button", { name: "Remove: If they answered" }).press("Enter");
  await expect(steps).toHaveCount(2);
  await expect(page.getByRole("button", { name: /^2 Wait 7 days/ })).toBeFocused();
  await page.keyboard.press("z");
  await expect(steps).toHaveCount(3);
  await page.getByRole("button", { name: "Remove: If they answered" }).press("Enter");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();

  // Nobody left alone needs a reason, and the dialog leads to it.
  const holdout = page.getByRole("slider", { name: "Left alone" });
  await holdout.focus();
  await page.keyboard.press("Home");
  await expect(page.getByRole("textbox", { name: "Why nobody is left alone" })).toBeVisible();
  await page.keyboard.press("Control+Enter");
  const dialog = page.getByRole("dialog", { name: "Publish this play?" });
  await expect(dialog.getByRole("button", { name: "Publish" })).toBeDisabled();
  await checkAxe(page);
  await dialog
    .getByRole("button", { name: /Nobody is left alone/ })
    .first()
    .press("Enter");
  await expect(page.getByRole("textbox", { name: "Why nobody is left alone" })).toBeFocused();
  await holdout.focus();
  await page.keyboard.press("End");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();

  // What somebody else saved meanwhile is not lost.
  const [play] = (
    (await (await page.request.get("/api/v1/plays", { headers })).json()) as {
      plays: { id: string }[];
    }
  ).plays;
  const { draft } = (await (await page.request.get(`/api/v1/plays/${play?.id}`, { headers })).json()) as {
    draft: unknown;
  };
  const saved = await page.request.put(`/api/v1/plays/${play?.id}/draft`, {
    data: { name: "Theirs", definition: draft },
    headers,
  });
  expect(saved.ok()).toBe(true);
  await page.getByRole("textbox", { name: "Name of the play" }).fill("Mine");
  await expect(page.getByText("Somebody else has changed this play since you opened it.")).toBeVisible();
  await page.getByRole("button", { name: "Keep mine" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();

  await page.keyboard.press("Control+Enter");
  await dialog.getByRole("button", { name: "Publish" }).press("Enter");
  await expect(page.getByText("Mine is live.").last()).toBeVisible();
  await page.goto(`/${slug}/plays`);
  await page.getByRole("link", { name: "Mine" }).click();
  await expect(page.getByText("Live. Customers enter as soon as they fit.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Customers in it" })).toBeVisible();
  await checkAxe(page);
  await page.getByRole("button", { name: "Pause" }).press("Enter");
  await expect(page.getByText("Paused. Nobody enters, and nobody moves on.")).toBeVisible();
  await page.keyboard.press("z");
  await expect(page.getByText("Live. Customers enter as soon as they fit.")).toBeVisible();

  // One that is written out says what only its author can choose.
  await page.goto(`/${slug}/plays?new=1`);
  await templates.getByRole("radio").first().focus();
  await page.keyboard.press("Space");
  await templates.getByRole("button", { name: "Begin with this" }).press("Enter");
  await expect(page).toHaveURL(/\/plays\/[0-9a-f-]{36}\/edit$/);
  await expect(steps.nth(1)).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(dialog.getByText("This stops it")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 390, height: 800 });
  await page.reload();
  await expect(steps.first()).toBeVisible();
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
  await checkAxe(page);
});

import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startNines } from "../start-nines.ts";
import { expect, test } from "./as-owner.ts";
import { checkAxe } from "./check-axe.ts";
import { ownWorkspace } from "./own-workspace.ts";

test("a webhook is added, its secret shown once, a private address refused; it is paused, and deleted", async ({
  page,
  workspace,
}) => {
  const slug = await workspace("Hooks");
  await page.goto(`/${slug}/settings/webhooks`);
  await expect(page.getByText("No webhook yet")).toBeVisible();
  await page.getByRole("button", { name: "Add a webhook" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Data warehouse");
  await dialog.getByLabel("Address").fill("http://127.0.0.1:8080/nines");
  await dialog.getByRole("button", { name: "Add it" }).click();
  await expect(dialog.getByText("leads into a private network")).toBeVisible();
  await checkAxe(page);

  await dialog.getByLabel("Address").fill("https://hooks.example.com/nines");
  await dialog.getByRole("button", { name: "Add it" }).click();
  await expect(dialog.locator("code")).toHaveText(/^whsec_/);
  await dialog.getByRole("button", { name: "I have kept it" }).click();

  await page.getByRole("button", { name: "Log of Data warehouse" }).click();
  await expect(page.getByRole("dialog").getByText("Nothing yet.")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "More for Data warehouse" }).click();
  await page.getByRole("menuitem", { name: "Pause" }).click();
  await expect(page.getByText("Paused")).toBeVisible();
  await checkAxe(page);
  await page.getByRole("button", { name: "More for Data warehouse" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("No webhook yet")).toBeVisible();
});

test("what a webhook did not take is sent again from the log, once the webhook works", async ({
  browser,
}) => {
  const told: (string | undefined)[] = [];
  let status = 410;
  const receiver = createServer((request, response) => {
    told.push(request.headers["webhook-id"]?.toString());
    request.resume().on("end", () => response.writeHead(status).end());
  }).listen(0, "127.0.0.1");
  const folder = await mkdtemp(join(tmpdir(), "nines-hooks-"));
  // A server of its own: the others may not ask an address inside.
  const outgoing = { OUTGOING_PRIVATE: "true", OUTGOING_PORTS: "any" };
  const level = process.env.TEST_LOG_LEVEL ?? "error";
  const nines = await startNines({ ...outgoing, DATA_DIR: folder, PORT: "0", LOG_LEVEL: level });
  const context = await browser.newContext();
  try {
    const ask = await ownWorkspace(context, nines);
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/crm`;
    await ask("POST", "/webhooks", { name: "CRM", url, events: ["response.recorded"] });
    const page = await context.newPage();
    await page.goto(`${nines.url}/acme/settings/webhooks`);
    const choose = async (line: string) => {
      await page.getByRole("button", { name: "More for CRM" }).click();
      await page.getByRole("menuitem", { name: line }).click();
    };
    const log = page.getByRole("dialog");
    await choose("Send a test");
    await expect(log.getByText("Failed", { exact: true })).toBeVisible();
    await expect(log.getByText("answered 410")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByText("The receiver answered 410.")).toBeVisible();

    status = 200;
    await choose("Activate");
    await expect(page.getByText("The receiver answered 410.")).toBeHidden();
    await page.getByRole("button", { name: "Log of CRM" }).click();
    await log.getByRole("button", { name: "Send again" }).click();
    await expect(log.getByText("Delivered", { exact: true })).toBeVisible();
    await expect(log.getByText("answered 200")).toBeVisible();
    expect(told).toEqual([expect.any(String), told[0]]);
    await checkAxe(page);
  } finally {
    await context.close();
    await nines.stop();
    receiver.close();
    await rm(folder, { recursive: true, force: true });
  }
});

import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { dkimVerify } from "mailauth/lib/dkim/verify.js";
import PostalMime, { type Email } from "postal-mime";
import { type Nines, startNines } from "../start-nines.ts";
import { type MailServer, startMailServer } from "./mail-server.ts";
import { ownWorkspace } from "./own-workspace.ts";

const languages = ["en", "de", "fr", "ja"] as const;
const questions = {
  en: "How likely are you to recommend Acme",
  de: "Wie wahrscheinlich ist es, dass Sie Acme",
  fr: "Acme",
  ja: "Acme",
};
const invited = 300;
const answering = 30;

type Ask = Awaited<ReturnType<typeof ownWorkspace>>;

interface Edition {
  content: Record<string, unknown>;
  settings: Record<string, unknown>;
}

/** Publishes a survey that asks everybody at once, in four languages. */
async function publishWave(ask: Ask): Promise<string> {
  const survey = await ask<{ id: string; draft: Edition }>("POST", "/surveys", {
    name: "Spring",
    language: "en",
    languages: languages.slice(1),
  });
  const { content, settings } = survey.draft;
  await ask("PUT", `/surveys/${survey.id}/draft`, {
    name: "Spring",
    content: { ...content, company: "Acme" },
    settings: {
      ...settings,
      rhythm: { kind: "once", at: null },
      hours: { from: "00:00", to: "00:00", weekends: true },
    },
  });
  await ask("POST", `/surveys/${survey.id}/publish`, {});
  return survey.id;
}

const scoreLinks = (text: string, url: string) =>
  [...text.matchAll(/https?:\/\/[^\s"<>]+\/r\/[\w-]+\/(\d+)/g)].filter(([link]) => link.startsWith(url));

function checkMessage(mail: Email, url: string, language: keyof typeof questions): void {
  for (const part of [mail.html, mail.text])
    expect(scoreLinks(part ?? "", url).map((match) => Number(match[1]))).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
  expect(mail.html).toContain(`<html lang="${language}"`);
  expect(mail.text).toContain(questions[language]);
  const headers = new Map(mail.headers.map(({ key, value }) => [key, value]));
  expect(headers.get("list-unsubscribe")).toMatch(/^<https?:\/\/[^>]+\/u\/[\w-]+>/);
  expect(headers.get("list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
}

/** Opens the mail, clicks its own link for the score, and moves as people do. */
async function answer(page: Page, mail: Email, score: number, url: string): Promise<void> {
  await page.goto("about:blank");
  await page.setContent(mail.html!);
  await page.locator("td.score a").nth(score).click();
  await page.waitForURL((address) => address.href.startsWith(`${url}/r/`));
  await expect(page.getByRole("radio", { name: String(score), exact: true })).toBeChecked();
  const counted = page.waitForResponse(
    (response) => response.request().method() === "POST" && response.url().startsWith(`${url}/r/`),
  );
  await page.mouse.move(200 + score, 300);
  await page.mouse.move(240, 320, { steps: 4 });
  expect(await (await counted).json()).toMatchObject({ outcome: "recorded" });
}

let nines: Nines;
let mailServer: MailServer;
let folder: string;
const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nines-wave-"));
  mailServer = await startMailServer();
  nines = await startNines({
    DATA_DIR: folder,
    PORT: "0",
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? "error",
    SMTP_URL: mailServer.url,
    MAIL_FROM: "Acme <ask@acme.example>",
    DKIM_DOMAIN: "acme.example",
    DKIM_SELECTOR: "nines",
    DKIM_PRIVATE_KEY: String(privateKey.export({ type: "pkcs8", format: "pem" })),
  });
});

test.afterAll(async () => {
  await nines?.stop();
  mailServer?.close();
  await rm(folder, { recursive: true, force: true });
});

test("a wave of 300 invitations in four languages is mailed, answered by the mails' own links, and on the overview", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const { url } = nines;
  const owner = await browser.newContext();
  const ask = await ownWorkspace(owner, nines);
  const customers = Array.from({ length: invited }, (_, i) => ({
    email: `customer-${i}@example.com`,
    name: `Customer ${i}`,
    language: languages[i % languages.length],
    timeZone: "Europe/Berlin",
  }));
  await ask("POST", "/customers", { customers });
  const surveyId = await publishWave(ask);
  await expect.poll(() => mailServer.received.length, { timeout: 120_000 }).toBe(invited);

  const mails = await Promise.all(mailServer.received.map((raw) => PostalMime.parse(raw)));
  const byAddress = new Map(mails.map((mail) => [mail.to?.[0]?.address, mail]));
  expect(byAddress.size).toBe(invited);
  for (const [i, { email }] of customers.entries())
    checkMessage(byAddress.get(email)!, url, languages[i % languages.length]!);
  const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: "spki", format: "der" }).toString("base64")}`;
  for (const raw of mailServer.received.filter((_, i) => i % 30 === 0)) {
    const { results } = await dkimVerify(raw, { resolver: async () => [[record]] });
    expect(results.map(({ status }) => status.result)).toEqual(["pass"]);
  }

  // A browser without a head says so in its name, and is taken for the machine that it is.
  const userAgent = `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/${browser.version()} Safari/537.36`;
  await new Promise((done) => setTimeout(done, 6_000)); // Whoever answers a mail sooner is a machine.
  const respondent = await (await browser.newContext({ userAgent })).newPage();
  const counts = Array.from({ length: 11 }, () => 0);
  for (let i = 0; i < answering; i++) {
    const score = (i * 7) % 11;
    await answer(respondent, byAddress.get(customers[i * 7]!.email)!, score, url);
    counts[score]! += 1;
  }
  const score = await ask<{ n: number; scores: number[] }>("GET", `/score?survey=${surveyId}`);
  expect(score).toMatchObject({ n: answering, scores: counts });

  const overview = await owner.newPage();
  await overview.goto(`${url}/acme/overview?survey=${surveyId}`);
  const hero = overview.getByRole("region", { name: "Net Promoter Score" });
  await expect(
    hero
      .getByText(`n ${answering}`)
      .or(hero.getByText(`${answering} answers`))
      .first(),
  ).toBeVisible();
  await overview.goto(`${url}/acme/surveys`);
  await expect(overview.getByText("Spring").first()).toBeVisible();
  await expect(overview.getByText("10.0", { exact: false }).first()).toBeVisible();
});

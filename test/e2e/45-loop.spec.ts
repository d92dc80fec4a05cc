import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import type { Email } from "postal-mime";
import { type EmbeddedPostgres, startEmbedded } from "../../server/platform/database/embedded.ts";
import { type OpenDatabase, openDatabase } from "../../server/platform/database/open.ts";
import { send } from "../../server/platform/jobs/send.ts";
import { type Nines, startNines } from "../start-nines.ts";
import { type MailServer, startMailServer } from "./mail-server.ts";
import { ownWorkspace } from "./own-workspace.ts";
import { agent } from "./respondent.ts";

const promoters = 32;
const passives = 16;
const weeks = 20;
const features = ["Report sent", "Export made", "Invoice paid"] as const;

type Ask = Awaited<ReturnType<typeof ownWorkspace>>;

/** What passive number `i` does not use yet. */
const missing = (i: number) => features[1 + (i % 2)]!;

let folder: string | undefined;
let postgres: EmbeddedPostgres;
let database: OpenDatabase;
let nines: Nines;
let mail: MailServer;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nines-loop-"));
  postgres = await startEmbedded(folder);
  database = openDatabase(postgres.url);
  mail = await startMailServer();
  nines = await startNines({
    DATABASE_URL: postgres.url,
    PORT: "0",
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? "error",
    SMTP_URL: mail.url,
    MAIL_FROM: "Acme <ask@acme.example>",
  });
});

test.afterAll(async () => {
  await nines?.stop();
  mail?.close();
  await database?.close();
  await postgres?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** What customers did in the last weeks: promoters use everything, each passive leaves out one feature. */
async function sendEvents(ask: Ask): Promise<void> {
  const { key } = await ask<{ key: string }>("POST", "/write-keys", { name: "Product", trusted: true });
  const send = async (batch: object[]) => {
    const answer = await fetch(`${nines.url}/v1/batch`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa(`${key}:`)}`, "content-type": "application/json" },
      body: JSON.stringify({ batch }),
    });
    expect(answer.status, await answer.text()).toBe(200);
  };
  const now = Date.now();
  const did = (userId: string, event: string, at: number) => ({
    type: "track",
    messageId: crypto.randomUUID(),
    userId,
    event,
    timestamp: new Date(at).toISOString(),
  });
  const people = [
    ...Array.from({ length: promoters }, (_, i) => ({ id: `promoter-${i}`, uses: features.slice() })),
    ...Array.from({ length: passives }, (_, i) => ({
      id: `passive-${i}`,
      uses: features.filter((feature) => feature !== missing(i)),
    })),
  ];
  for (let week = 0; week < weeks; week++)
    await send(
      people.flatMap(({ id, uses }) =>
        uses.flatMap((event, n) =>
          [1, 3].map((day) => did(id, event, now - (week * 7 + day) * 86_400_000 - n * 3_600_000)),
        ),
      ),
    );
  for (const feature of features)
    await ask("PATCH", `/event-names/${encodeURIComponent(feature)}`, { countsAs: "feature" });
}

/** The answers of a hundred days ago, as another tool has exported them. */
async function importAnswers(ask: Ask): Promise<void> {
  const date = new Date(Date.now() - 100 * 86_400_000).toISOString();
  const row = (id: string, score: number) =>
    `${id},${id}@example.com,${id.replace("-", " ")},${score},${date},Pro`;
  const csv = [
    "customer id,email,name,score,date,plan",
    ...Array.from({ length: promoters }, (_, i) => row(`promoter-${i}`, 9 + (i % 2))),
    ...Array.from({ length: passives }, (_, i) => row(`passive-${i}`, 7 + (i % 2))),
    row("dora-1", 8),
  ].join("\n");
  const uploaded = await ask<{ id: string; preview: { guess: object } }>(
    "POST",
    "/imports?name=answers.csv",
    csv,
  );
  await ask("POST", `/imports/${uploaded.id}/start`, { mapping: uploaded.preview.guess });
  await expect
    .poll(async () => (await ask<{ state: string }>("GET", `/imports/${uploaded.id}`)).state, {
      timeout: 30_000,
    })
    .toBe("done");
}

async function publishSurvey(ask: Ask, name: string, rhythm: object): Promise<string> {
  const survey = await ask<{ id: string; draft: { content: object; settings: object } }>("POST", "/surveys", {
    name,
    language: "en",
  });
  const { content, settings } = survey.draft;
  await ask("PUT", `/surveys/${survey.id}/draft`, {
    name,
    content: { ...content, company: "Acme" },
    settings: {
      ...settings,
      rhythm,
      restDays: 0,
      hours: { from: "00:00", to: "00:00", weekends: true },
    },
  });
  await ask("POST", `/surveys/${survey.id}/publish`, {});
  return survey.id;
}

/** Opens the mail, clicks its own link for the score, writes why and sends it, as people do. */
async function answer(
  page: Page,
  message: Email,
  score: number,
  { comment, onCounted }: { comment?: string; onCounted?: () => void } = {},
): Promise<void> {
  await page.goto("about:blank");
  await page.setContent(message.html!);
  await page.locator("td.score a").nth(score).click();
  await page.waitForURL((address) => address.href.startsWith(`${nines.url}/r/`));
  const counted = page.waitForResponse(
    (response) => response.request().method() === "POST" && response.url().startsWith(`${nines.url}/r/`),
  );
  await page.mouse.move(200 + score, 300);
  await page.mouse.move(240, 320, { steps: 4 });
  expect(await (await counted).json()).toMatchObject({ outcome: "recorded" });
  onCounted?.();
  if (!comment) return;
  await page.getByRole("textbox").first().fill(comment);
  await page.getByRole("checkbox", { name: "You may write back to me" }).check();
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText(/Thank you/i).first()).toBeVisible();
}

/** What promoters use is known once states were found, which waits a minute for more events. */
async function knowPromoters(): Promise<void> {
  await expect
    .poll(
      async () => {
        await database.pool.query(
          "update pgboss.job set start_after = now() where name = 'evaluate-engagement' and state = 'created'",
        );
        const { rows } = await database.pool.query<{ n: number }>(
          "select (figures ->> 'promoters')::int as n from passive_norms where plan = ''",
        );
        return rows[0]?.n ?? 0;
      },
      { timeout: 90_000 },
    )
    .toBe(promoters);
}

/** Lets what a play plans for days ahead be due now. */
async function letDaysPass(kind: string): Promise<void> {
  await database.pool.query("update step_runs set due_at = now() where state = 'due' and kind = $1", [kind]);
}

test("the whole loop: asked, answered, replied to, shown a feature, asked again, and counted against those left alone", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const owner = await browser.newContext({ baseURL: nines.url });
  const ask = await ownWorkspace(owner, nines);
  const person = await personOf(browser);

  await sendEvents(ask);
  await importAnswers(ask);
  await ask("PUT", "/act-settings", { permanentHoldout: 0 });
  await ask("POST", "/receivers", {
    kind: "email",
    name: "Care team",
    address: "care@acme.example",
    events: ["response.detractor"],
  });

  // Collect: everybody is asked, and one who was passive has become a detractor.
  await publishSurvey(ask, "Autumn", { kind: "once", at: null });
  await expect
    .poll(() => mail.to(/@example\.com$/).length, { timeout: 90_000 })
    .toBe(promoters + passives + 1);
  await new Promise((done) => setTimeout(done, 6_000)); // Whoever answers a mail sooner is a machine.
  const [toDora] = await mail.messages("dora-1@example.com");
  let countedAt = Infinity;
  const click = answer(person, toDora!, 2, {
    comment: "The invoices are wrong, and nobody calls back.",
    onCounted: () => (countedAt = Date.now()),
  });
  await expect
    .poll(() => mail.to(/^care@acme\.example$/).length, { timeout: 20_000, intervals: [50] })
    .toBeGreaterThan(0);
  console.log(`alert ${Date.now() - countedAt} ms after the answer was acknowledged`);
  await click;
  // At once, with the score alone: why, they are still writing.
  const [alert] = await mail.messages("care@acme.example");
  expect(alert!.text).toContain("dora 1 answered 2");

  await replyToDora(owner.newPage(), ask);
  await knowPromoters();
  await showFeatures(ask, person);
  await person.context().close();
});

async function personOf(browser: Browser): Promise<Page> {
  return (await browser.newContext({ userAgent: agent, locale: "en-GB" })).newPage();
}

interface CaseItem {
  id: string;
  state: string;
  recovered: boolean | null;
  customer: { id: string; email: string };
}

/** Act on a detractor: a member replies from the inbox, the customer writes back, and answers better the next time. */
async function replyToDora(opening: Promise<Page>, ask: Ask): Promise<void> {
  const page = await opening;
  const cases = async (state: string) =>
    (await ask<{ items: CaseItem[] }>("GET", `/cases?state=${state}`)).items.filter(
      ({ customer }) => customer.email === "dora-1@example.com",
    );
  await page.goto("/acme/inbox");
  await expect(page.getByText("The invoices are wrong").first()).toBeVisible();
  const [opened] = await cases("open");
  await page
    .getByRole("textbox", { name: "Your reply" })
    .fill("Dear Dora, we have corrected all three invoices.");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect
    .poll(async () => (await mail.messages("dora-1@example.com")).length, { timeout: 30_000 })
    .toBe(2);
  const [, reply] = await mail.messages("dora-1@example.com");
  expect(reply!.text).toContain("corrected all three invoices");
  await expect.poll(async () => (await cases("waiting")).length).toBe(1);

  await ask("POST", "/responses", { id: "dora-later", score: 9, customer: { id: "dora-1" }, channel: "api" });
  await expect
    .poll(async () => (await ask<{ case: CaseItem }>("GET", `/cases/${opened!.id}`)).case.recovered)
    .toBe(true);
  await page.close();
}

interface Enrolment {
  customer: { id: string; email: string };
  arm: "treated" | "holdout";
  state: string;
}

/** Act on passives and prove it: each is shown what they do not use, those left alone are only asked. */
async function showFeatures(ask: Ask, person: Page): Promise<void> {
  const survey = await publishSurvey(ask, "After the play", { kind: "manual" });
  const play = await ask<{
    id: string;
    draft: Record<string, unknown> & { steps: object[] };
    basedOn: string;
  }>("POST", "/plays", { template: "passive_unused_feature", language: "en" });
  const definition = {
    ...play.draft,
    holdout: { share: 0.5, reason: null },
    restDays: 0,
    hours: { from: "00:00", to: "00:00", weekends: true },
    steps: play.draft.steps.map((step) => ("survey" in step ? { ...step, survey } : step)),
  };
  await ask("PUT", `/plays/${play.id}/draft`, { name: "Show me more", definition });
  const dry = await ask<{ eligible: number }>("POST", `/plays/${play.id}/dry-run`, {});
  expect(dry.eligible).toBe(passives);
  await ask("POST", `/plays/${play.id}/publish`, {});

  const enrolments = async () =>
    (await ask<{ items: Enrolment[] }>("GET", `/plays/${play.id}/enrolments?limit=100`)).items;
  await expect.poll(async () => (await enrolments()).length, { timeout: 60_000 }).toBe(passives);
  const arms = new Map((await enrolments()).map(({ customer, arm }) => [customer.email, arm]));
  const treated = [...arms].filter(([, arm]) => arm === "treated").map(([email]) => email);
  expect(treated.length).toBeGreaterThan(0);
  expect(treated.length).toBeLessThan(passives);

  // One mail more than the survey's for who gets the play, with what they do not use; none for those left alone.
  const numberOf = (email: string) => Number(/passive-(\d+)@/.exec(email)![1]);
  await expect
    .poll(
      async () =>
        (await Promise.all(treated.map((email) => mail.messages(email)))).every((all) => all.length === 2),
      {
        timeout: 60_000,
      },
    )
    .toBe(true);
  for (const email of treated) {
    const [, shown] = await mail.messages(email);
    expect(shown!.text).toContain(missing(numberOf(email)));
    expect(shown!.headers.some(({ key }) => key === "list-unsubscribe-post")).toBe(true);
  }

  await letDaysPass("ask");
  const everybody = [...arms.keys()];
  const asks = async (email: string) =>
    (await mail.messages(email)).filter(({ html }) => html?.includes("/r/")).at(1);
  await expect
    .poll(async () => (await Promise.all(everybody.map(asks))).every(Boolean), { timeout: 90_000 })
    .toBe(true);
  for (const email of everybody)
    if (arms.get(email) === "holdout") expect(await mail.messages(email)).toHaveLength(2);
  const subjects = new Set((await Promise.all(everybody.map(asks))).map((message) => message!.subject));
  expect(subjects.size).toBe(1);

  await new Promise((done) => setTimeout(done, 6_000));
  for (const email of everybody)
    await answer(person, (await asks(email))!, arms.get(email) === "treated" ? 9 : 8);
  await database.pool.query("update enrolments set result_due = now()");
  await send(database.db, "enter-plays", {});
  const settled = async () =>
    (await database.pool.query("select from enrolments where settled_at is not null")).rowCount;
  await expect.poll(settled, { timeout: 60_000 }).toBe(passives);
  await send(database.db, "measure-plays", {});
  const result = async () =>
    ask<{
      arms: Record<"treated" | "holdout", { results: number; reached: number }>;
      verdict: { decision: string; reason: string };
    }>("GET", `/plays/${play.id}/result`);
  await expect
    .poll(async () => (await result()).arms.treated.reached, { timeout: 90_000 })
    .toBe(treated.length);
  expect(await result()).toMatchObject({
    arms: {
      treated: { results: treated.length },
      holdout: { results: passives - treated.length, reached: 0 },
    },
    // However clear it looks: a play is not judged by so few.
    verdict: { decision: "cannot tell", reason: "too few results" },
  });
}

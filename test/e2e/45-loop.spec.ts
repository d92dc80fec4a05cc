import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import type { Email } from "postal-mime";
import { type EmbeddedPostgres, startEmbedded } from "../../server/platform/database/embedded.ts";
import { type OpenDatabase, openDatabase } from "../../server/platform/database/open.ts";
import { send } from "../../server/platform/jobs/send.ts";
import { seededRandom } from "../../server/statistics/seeded-random.ts";
import { type Nines, startNines } from "../start-nines.ts";
import { type MailServer, startMailServer } from "./mail-server.ts";
import { ownWorkspace } from "./own-workspace.ts";
import { agent } from "./respondent.ts";

const promoters = 32;
const passives = 96;
/** The first of the passives began to use less six weeks ago. */
const cooling = 16;
const weeks = 20;
const coolWeeks = 7;
/** What is true of the play: so many of those who are shown a feature become promoters, so many of those left alone. */
const truth = { treated: 0.75, holdout: 0.25 };
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

interface Event {
  userId: string;
  event: string;
  at: number;
}

/** Sends what customers do, as a product does. */
async function newProduct(ask: Ask) {
  const { key } = await ask<{ key: string }>("POST", "/write-keys", { name: "Product", trusted: true });
  return async (events: readonly Event[]) => {
    const answer = await fetch(`${nines.url}/v1/batch`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa(`${key}:`)}`, "content-type": "application/json" },
      body: JSON.stringify({
        batch: events.map(({ userId, event, at }) => ({
          type: "track",
          messageId: crypto.randomUUID(),
          userId,
          event,
          timestamp: new Date(at).toISOString(),
        })),
      }),
    });
    expect(answer.status, await answer.text()).toBe(200);
  };
}

/** What customers did: promoters use everything, each passive leaves out one feature, and some do less and less. */
async function sendEvents(ask: Ask, product: Awaited<ReturnType<typeof newProduct>>): Promise<void> {
  const now = Date.now();
  const people = [
    ...Array.from({ length: promoters }, (_, i) => ({
      id: `promoter-${i}`,
      uses: features.slice(),
      cools: false,
    })),
    ...Array.from({ length: passives }, (_, i) => ({
      id: `passive-${i}`,
      uses: features.filter((feature) => feature !== missing(i)),
      cools: i < cooling,
    })),
  ];
  for (let week = 0; week < weeks; week++)
    await product(
      people.flatMap(({ id, uses, cools }) => {
        const less = cools && week < coolWeeks;
        return (less ? [uses[week % uses.length]!] : uses).flatMap((event, n) =>
          (less ? [3] : [1, 3, 5]).map((day) => ({
            userId: id,
            event,
            at: now - (week * 7 + day) * 86_400_000 - n * 3_600_000,
          })),
        );
      }),
    );
  for (const feature of features)
    await ask("PATCH", `/event-names/${encodeURIComponent(feature)}`, { countsAs: "feature" });
}

/** The answers of a hundred days ago, as another tool has exported them. */
async function importAnswers(ask: Ask): Promise<void> {
  const date = new Date(Date.now() - 100 * 86_400_000).toISOString();
  const row = (id: string, score: number, plan = "Team") =>
    `${id},${id}@example.com,${id.replace("-", " ")},${score},${date},${plan}`;
  const csv = [
    "customer id,email,name,score,date,plan",
    ...Array.from({ length: promoters }, (_, i) => row(`promoter-${i}`, 9 + (i % 2))),
    ...Array.from({ length: passives }, (_, i) => row(`passive-${i}`, 7 + (i % 2), "Pro")),
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

async function publishSurvey(ask: Ask, name: string, chosen: object): Promise<string> {
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
      ...chosen,
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

/** Answers as `answer` does, without drawing the page: what the page sends when somebody presses its button. */
async function answerQuickly(message: Email, score: number): Promise<void> {
  const [link] = new RegExp(`${nines.url}/r/[\\w-]+/${score}(?!\\d)`).exec(message.html!) ?? [];
  const headers = { "user-agent": agent };
  const page = await (await fetch(link!, { headers })).text();
  const [, nonce] = /name="nonce" value="([^"]+)"/.exec(page) ?? [];
  await wait(500); // Nobody is quicker.
  const sent = await fetch(link!.replace(/\/\d+$/, ""), {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ nonce, score, state: "confirmed", sign: "input", lang: "en" }),
  });
  expect(await sent.json()).toMatchObject({ outcome: "recorded" });
}

/** What promoters use and who cools is known once states were found, which waits a minute for more events. */
async function knowStates(ask: Ask): Promise<void> {
  await expect
    .poll(
      async () => {
        await database.pool.query(
          "update pgboss.job set start_after = now() where name = 'evaluate-engagement' and state = 'created'",
        );
        const { rows } = await database.pool.query<{ n: number }>(
          "select (figures ->> 'promoters')::int as n from passive_norms where plan = ''",
        );
        const { total } = await ask<{ total: number }>(
          "GET",
          "/passives/customers?row=answered&state=cooling&limit=1",
        );
        return [rows[0]?.n, total];
      },
      { timeout: 90_000 },
    )
    .toEqual([promoters, cooling]);
  const { items } = await ask<{ items: { externalId: string }[] }>(
    "GET",
    "/passives/customers?state=cooling&limit=100",
  );
  expect(new Set(items.map(({ externalId }) => externalId))).toEqual(
    new Set(Array.from({ length: cooling }, (_, i) => `passive-${i}`)),
  );
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

  const product = await newProduct(ask);
  await sendEvents(ask, product);
  await importAnswers(ask);
  await ask("PUT", "/act-settings", { permanentHoldout: 0 });
  await ask("POST", "/receivers", {
    kind: "email",
    name: "Care team",
    address: "care@acme.example",
    events: ["response.detractor"],
  });

  // Collect: a team is asked, and one who was passive has become a detractor.
  const audience = { match: "all", rules: [{ field: "plan", is: "equal", value: "Team" }] };
  await publishSurvey(ask, "Autumn", { rhythm: { kind: "once", at: null }, audience });
  await send(database.db, "ask-customers", {});
  await expect.poll(() => mail.to(/@example\.com$/).length, { timeout: 90_000 }).toBe(promoters + 1);
  // Whoever answers a mail sooner is a machine; meanwhile states are found.
  await Promise.all([wait(6_000), knowStates(ask)]);
  const [toDora] = await mail.messages("dora-1@example.com");
  let countedAt = Infinity;
  const click = answer(person, toDora!, 2, {
    comment: "The invoices are wrong, and nobody calls back.",
    onCounted: () => (countedAt = Date.now()),
  });
  await expect
    .poll(() => mail.to(/^care@acme\.example$/).length, { timeout: 20_000, intervals: [50] })
    .toBeGreaterThan(0);
  // Two seconds are measured where nothing else runs; beside a browser it may take some more.
  expect(Date.now() - countedAt, "milliseconds from counting to the alert").toBeLessThan(10_000);
  await click;
  // At once, with the score alone: why, they are still writing.
  const [alert] = await mail.messages("care@acme.example");
  expect(alert!.text).toContain("dora 1 answered 2");

  const page = await owner.newPage();
  const hasRecovered = await replyToDora(page, ask);
  const { play, names } = await showFeatures(ask, product, { person, hasRecovered });
  await readResults(page, play, names);
  await person.context().close();
});

const wait = async (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));

async function personOf(browser: Browser): Promise<Page> {
  return (await browser.newContext({ userAgent: agent, locale: "en-GB" })).newPage();
}

interface CaseItem {
  id: string;
  state: string;
  recovered: boolean | null;
  customer: { id: string; email: string };
}

/** Act on a detractor: a member replies from the inbox; gives how it ends, once they have answered again. */
async function replyToDora(page: Page, ask: Ask): Promise<() => Promise<boolean | null>> {
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
  return async () => (await ask<{ case: CaseItem }>("GET", `/cases/${opened!.id}`)).case.recovered;
}

interface Enrolment {
  customer: { id: string; email: string };
  arm: "treated" | "holdout";
  state: string;
}

/** Who is drawn to become a promoter: as many of an arm as is true of it, by a seed. */
function drawPromoters(arms: ReadonlyMap<string, Enrolment["arm"]>): Set<string> {
  const random = seededRandom(45);
  return new Set(
    (["treated", "holdout"] as const).flatMap((arm) => {
      const all = [...arms.keys()].filter((email) => arms.get(email) === arm);
      return random.shuffle(all).slice(0, Math.round(truth[arm] * all.length));
    }),
  );
}

/** Act on passives and prove it: each is shown what they do not use, those left alone are only asked. */
async function showFeatures(
  ask: Ask,
  product: Awaited<ReturnType<typeof newProduct>>,
  { person, hasRecovered }: { person: Page; hasRecovered: () => Promise<boolean | null> },
) {
  const survey = await publishSurvey(ask, "After the play", { rhythm: { kind: "manual" } });
  const play = await ask<{
    id: string;
    draft: Record<string, unknown> & { steps: object[] };
    basedOn: string;
  }>("POST", "/plays", { template: "passive_unused_feature", language: "en" });
  const definition = {
    ...play.draft,
    holdout: { share: 0.5, reason: null },
    // With a difference as large as this, so few are enough to judge by.
    worth: 0.3,
    restDays: 0,
    hours: { from: "00:00", to: "00:00", weekends: true },
    steps: play.draft.steps.map((step) => ("survey" in step ? { ...step, survey } : step)),
  };
  await ask("PUT", `/plays/${play.id}/draft`, { name: "Show me more", definition });
  const dry = await ask<{ eligible: number }>("POST", `/plays/${play.id}/dry-run`, {});
  expect(dry.eligible).toBe(passives);
  await ask("POST", `/plays/${play.id}/publish`, {});
  await send(database.db, "enter-plays", {});

  const enrolments = async () =>
    (await ask<{ items: Enrolment[] }>("GET", `/plays/${play.id}/enrolments?limit=100`)).items;
  await expect.poll(async () => (await enrolments()).length, { timeout: 60_000 }).toBe(passives);
  const enrolled = await enrolments();
  const arms = new Map(enrolled.map(({ customer, arm }) => [customer.email, arm] as const));
  const everybody = [...arms.keys()];
  const treated = everybody.filter((email) => arms.get(email) === "treated");
  expect(Math.min(treated.length, passives - treated.length)).toBeGreaterThan(29);
  const { rowCount: entered } = await database.pool.query(
    "select from enrolments where state_before = 'cooling'",
  );
  expect(entered).toBe(cooling);

  // One mail with what they do not use for who gets the play; none for those left alone.
  const numberOf = (email: string) => Number(/passive-(\d+)@/.exec(email)![1]);
  await expect.poll(() => new Set(mail.to(/^passive-/)).size, { timeout: 60_000 }).toBe(treated.length);
  for (const email of treated) {
    const [shown, ...others] = await mail.messages(email);
    expect(others).toEqual([]);
    expect(shown!.text).toContain(missing(numberOf(email)));
    expect(shown!.headers.some(({ key }) => key === "list-unsubscribe-post")).toBe(true);
  }
  // They try it.
  await product(
    treated.map((email) => ({
      userId: email.split("@")[0]!,
      event: missing(numberOf(email)),
      at: Date.now(),
    })),
  );

  // Both arms are asked again in the same words, and the detractor whose invoices were corrected is, too.
  await ask("POST", "/invitations", { surveyId: survey, channel: "email", customer: { id: "dora-1" } });
  await letDaysPass("ask");
  await send(database.db, "run-steps", {});
  const asks = async (email: string) =>
    (await mail.messages(email)).findLast(({ html }) => html?.includes("/r/"));
  await expect.poll(() => mail.to(/^passive-/).length, { timeout: 90_000 }).toBe(treated.length + passives);
  const asked = new Map(
    await Promise.all(everybody.map(async (email) => [email, (await asks(email))!] as const)),
  );
  for (const email of everybody)
    if (arms.get(email) === "holdout") expect(await mail.messages(email)).toHaveLength(1);
  expect(new Set([...asked.values()].map(({ subject }) => subject)).size).toBe(1);
  await expect.poll(async () => (await mail.messages("dora-1@example.com")).length).toBe(3);

  await wait(6_000);
  await answer(person, (await asks("dora-1@example.com"))!, 9);
  await expect.poll(hasRecovered).toBe(true);
  const won = drawPromoters(arms);
  const scoreOf = (email: string) => (won.has(email) ? 9 : 7) + (numberOf(email) % 2);
  // One of them with the page before us.
  const shown = treated.find((email) => won.has(email) && numberOf(email) < cooling)!;
  await answer(person, asked.get(shown)!, scoreOf(shown));
  const others = everybody.filter((email) => email !== shown);
  while (others.length > 0)
    await Promise.all(
      others.splice(0, 12).map(async (email) => answerQuickly(asked.get(email)!, scoreOf(email))),
    );

  await database.pool.query("update enrolments set result_due = now()");
  await send(database.db, "enter-plays", {});
  const settled = async () =>
    (await database.pool.query("select from enrolments where settled_at is not null")).rowCount;
  await expect.poll(settled, { timeout: 60_000 }).toBe(passives);
  await send(database.db, "measure-plays", {});
  const counted = (arm: Enrolment["arm"]) => {
    const all = everybody.filter((email) => arms.get(email) === arm);
    return { results: all.length, reached: all.filter((email) => won.has(email)).length };
  };
  await expect
    .poll(async () => (await ask<{ looks: object[] }>("GET", `/plays/${play.id}/result`)).looks.length, {
      timeout: 90_000,
    })
    .toBeGreaterThan(0);
  expect(await ask("GET", `/plays/${play.id}/result`)).toMatchObject({
    arms: { treated: counted("treated"), holdout: counted("holdout") },
    sampleRatio: { alarm: false },
    verdict: { decision: "keep", reason: "works", horizon: "at" },
  });
  const { customer } = enrolled.find(({ customer: { email } }) => email === shown)!;
  const names = { customer: customer.id, feature: missing(numberOf(shown)), score: scoreOf(shown) };
  return { play: play.id, names: { ...names, treated: counted("treated"), holdout: counted("holdout") } };
}

interface Shown extends Record<Enrolment["arm"], { results: number; reached: number }> {
  customer: string;
  feature: string;
  score: number;
}

/** Prove: the pages say what is true of the play, and of one customer whom it won. */
async function readResults(page: Page, play: string, { customer, feature, score, ...arms }: Shown) {
  await page.goto("/acme/results");
  await expect(page.getByRole("heading", { level: 1, name: "1 play is ready to be decided" })).toBeVisible();
  await page.getByRole("link", { name: "Show me more" }).click();
  await expect(page).toHaveURL(new RegExp(`/plays/${play}$`));
  const share = ({ reached, results }: Shown["treated"]) => `${((100 * reached) / results).toFixed(1)}%`;
  await expect(
    page.getByRole("heading", {
      level: 2,
      name: `Keep it. ${share(arms.treated)} became promoters, ${share(arms.holdout)} without it.`,
    }),
  ).toBeVisible();
  const verdict = await page
    .getByText(/The true difference lies between/)
    .first()
    .innerText();
  const [, low, high] = /lies between ([+−\d.]+) and ([+−\d.]+)/.exec(verdict)!;
  const points = (written: string) => Number(written.replace("−", "-"));
  const difference = 100 * (truth.treated - truth.holdout);
  expect(points(low!)).toBeLessThan(difference);
  expect(points(high!)).toBeGreaterThan(difference);

  await page.goto(`/acme/customers/${customer}`);
  const timeline = page.getByRole("region", { name: "Timeline" });
  for (const said of [
    /Answered (9|10)\b/,
    `${feature} for the first time`,
    "Got a mail:",
    "Entered the play",
    "Cooling",
  ])
    await expect(timeline.getByText(said).first()).toBeVisible();
  await expect(timeline).toContainText(`Answered ${score}`);
}

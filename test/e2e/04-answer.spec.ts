import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "@playwright/test";
import { expect, test } from "./as-owner.ts";
import { agent, newAskingSurvey, newPerson } from "./respondent.ts";

const scores = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const pictures = "test-results/respond";

/** One way that machines come to links. */
type Behaviour = (link: string, tools: { url: string; browser: Browser }) => Promise<unknown>;

const as = (userAgent: string, more: RequestInit = {}): RequestInit => ({
  headers: { "user-agent": userAgent },
  ...more,
});
const eleven = async (url: string, link: string, init: RequestInit) =>
  Promise.all(scores.map(async (score) => fetch(`${url}${link}/${score}`, init)));

async function nonceOf(url: string, link: string, userAgent = agent) {
  const page = await (await fetch(`${url}${link}/8`, as(userAgent))).text();
  return /name="nonce" value="([^"]+)"/.exec(page)?.[1] ?? "";
}

const post = async (url: string, link: string, body: object, userAgent = agent) =>
  fetch(url + link, {
    method: "POST",
    headers: { "user-agent": userAgent, "content-type": "application/json" },
    body: JSON.stringify(body),
  });

const submit = async (url: string, link: string, fields: Record<string, string>) =>
  fetch(url + link, { ...as(agent), method: "POST", body: new URLSearchParams(fields) });

/** Opens links in a browser with JavaScript, all at once, and stays a while. */
async function load(
  browser: Browser,
  url: string,
  links: string[],
  options: { agent?: string; stay?: number; script?: string },
) {
  const context = await browser.newContext({
    baseURL: url,
    ...(options.agent && { userAgent: options.agent }),
  });
  await Promise.all(
    links.map(async (link) => {
      const page = await context.newPage();
      await page.goto(link);
      if (options.script) await page.evaluate(options.script);
      await page.waitForTimeout(options.stay ?? 0);
    }),
  );
  await context.close();
}

const all = (link: string) => scores.map((score) => `${link}/${score}`);
const untrusted = `
  for (const type of ["pointerdown", "pointermove", "keydown", "touchstart"])
    document.body.dispatchEvent(new Event(type, { bubbles: true }));
  document.querySelector("[name=score][value='8']").click();`;

const behaviours: Record<string, Behaviour> = {
  "all eleven links by GET in a second": (link, { url }) => eleven(url, link, as(agent)),
  "all eleven links by HEAD in a second": (link, { url }) => eleven(url, link, as(agent, { method: "HEAD" })),
  "a HEAD, then a GET of one link": async (link, { url }) => {
    await fetch(`${url}${link}/8`, as(agent, { method: "HEAD" }));
    await fetch(`${url}${link}/8`, as(agent));
  },
  "one link only, by GET": (link, { url }) => fetch(`${url}${link}/10`, as(agent)),
  "a prefetch that says what it is": (link, { url }) =>
    fetch(`${url}${link}/8`, { headers: { "user-agent": agent, "sec-purpose": "prefetch" } }),
  "a rewriter that looks at the moment of the click": (link, { url }) =>
    fetch(`${url}${link}/8`, as("Mozilla/5.0 (compatible; SafeLinks/1.0; +https://safelinks.example)")),
  "links one after the other, slowly": async (link, { url }) => {
    for (const score of scores) {
      await fetch(`${url}${link}/${score}`, as(agent));
      await new Promise((done) => setTimeout(done, 300));
    }
  },
  "all links and the hidden one": async (link, { url }) => {
    await fetch(`${url}${link}/more`, as(agent));
    await eleven(url, link, as(agent));
  },
  "a program without a name": (link, { url }) => eleven(url, link, as("")),
  "a post without a page": (link, { url }) =>
    post(url, link, { score: 9, state: "confirmed", sign: "input" }),
  "a form without a page": (link, { url }) => submit(url, link, { score: "9", comment: "Nice site" }),
  "a form sent at once": async (link, { url }) =>
    submit(url, link, { nonce: await nonceOf(url, link), score: "9", comment: "Nice site" }),
  "a form with every field filled in": async (link, { url }) => {
    const nonce = await nonceOf(url, link);
    await new Promise((done) => setTimeout(done, 1_500));
    return submit(url, link, { nonce, score: "9", comment: "Nice site", website: "https://spam.example" });
  },
  "a preview that plays the page's script": async (link, { url }) => {
    const preview = "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)";
    const nonce = await nonceOf(url, link, preview);
    await new Promise((done) => setTimeout(done, 1_000));
    return post(url, link, { nonce, score: 8, state: "provisional", sign: "input" }, preview);
  },
  "another page's nonce": async (link, { url }) =>
    post(url, link, {
      nonce: `A${(await nonceOf(url, link)).slice(1)}`,
      score: 8,
      state: "confirmed",
      sign: "input",
    }),
  "a browser that loads and leaves": (link, { url, browser }) =>
    load(browser, url, [`${link}/8`], { agent, stay: 1_500 }),
  "a browser without a screen that stays": (link, { url, browser }) =>
    load(browser, url, [`${link}/8`], { stay: 6_000 }),
  "a browser that loads all links and stays": (link, { url, browser }) =>
    load(browser, url, all(link), { agent, stay: 6_500 }),
  "a browser that loads all links and leaves": (link, { url, browser }) =>
    load(browser, url, all(link), { agent }),
  "a browser that stays after a probe by HEAD": async (link, { url, browser }) => {
    await fetch(`${url}${link}/8`, as(agent, { method: "HEAD" }));
    await load(browser, url, [`${link}/8`], { agent, stay: 6_000 });
  },
  "a script that makes events up": (link, { url, browser }) =>
    load(browser, url, [`${link}/8`], { agent, stay: 2_500, script: untrusted }),
  "all links with JavaScript switched off": async (link, { url, browser }) => {
    const context = await browser.newContext({ baseURL: url, userAgent: agent, javaScriptEnabled: false });
    const page = await context.newPage();
    for (const each of all(link)) await page.goto(each);
    await context.close();
  },
};

test("no scanner's visit counts; after each of them one person is exactly one answer", async ({
  context,
  workspace,
  browser,
  baseURL,
}) => {
  test.setTimeout(300_000);
  const url = baseURL ?? "";
  const survey = await newAskingSurvey(context.request, await workspace("Scanners"), url);
  const names = Object.keys(behaviours);
  expect(names.length).toBeGreaterThanOrEqual(20);
  const links = new Map<string, string>();
  for (const name of names) links.set(name, await survey.invite());

  // Those with a browser one at a time: two processors have enough to do with eleven pages.
  for (const name of names) await behaviours[name]!(links.get(name)!, { url, browser });
  expect((await survey.answers()).items).toEqual([]);
  expect(await survey.suppressed()).toBe(0);
  const asides = await survey.asides();
  expect(new Set(asides.map(({ reason }) => reason))).toEqual(
    new Set(["no_page", "too_fast", "trap", "known_scanner", "many_scores", "no_sign"]),
  );

  const person = await newPerson(browser, url);
  const answerOnce = async (name: string) => {
    const page = await person.newPage();
    await page.goto(`${links.get(name)}/8`);
    await page.waitForTimeout(600); // Nobody answers sooner.
    await page.getByRole("button", { name: "Send" }).click();
    await expect(page.getByRole("heading", { name: "Thank you" }), name).toBeVisible();
    await page.close();
  };
  for (let i = 0; i < names.length; i += 4) {
    const some = names.slice(i, i + 4);
    await Promise.all(some.map(answerOnce));
    expect((await survey.answers()).total, some.join(", ")).toBe(i + some.length);
  }
  expect((await survey.asides()).every(({ overriddenAt }) => overriddenAt)).toBe(true);
  await person.close();
});

test("a click in the mail and a moved pointer are an answer; a sentence and a choice complete it; it can be changed", async ({
  context,
  workspace,
  browser,
  baseURL,
}) => {
  const survey = await newAskingSurvey(context.request, await workspace("One person"), baseURL);
  const link = await survey.invite("katrin@brandt-soehne.example");
  const person = await newPerson(browser, baseURL);
  const page = await person.newPage();
  const complaints = listen(page);
  await page.goto(`${link}/8`);
  await expect(page.getByRole("radio", { name: "8", exact: true })).toBeChecked();
  await expect(page.getByLabel("What would have made it a 9?")).toBeVisible();
  expect((await survey.answers()).total).toBe(0);
  await page.mouse.move(300, 300);
  await page.mouse.move(320, 310);
  await expect(page.getByText("Your 8 is already counted. You can close this page.")).toBeVisible();
  expect((await survey.answers()).items).toMatchObject([{ score: 8, comment: null }]);

  await page.getByRole("checkbox", { name: "Faster answers" }).check();
  await page.getByLabel("What would have made it a 9?").fill("Show me the recipes");
  await expect(page.getByText("katrin@brandt-soehne.example")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: /write back/ })).not.toBeChecked();
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("heading", { name: "Thank you" })).toBeVisible();
  expect((await survey.answers()).items).toMatchObject([{ score: 8, comment: "Show me the recipes" }]);

  await page.goto(link);
  // No person is quicker.
  await page.waitForTimeout(500);
  await expect(page.getByRole("radio", { name: "8", exact: true })).toBeChecked();
  await page.getByRole("radio", { name: "8", exact: true }).focus();
  await page.keyboard.press("x");
  await expect(page.getByLabel("What should we never change?")).toBeVisible();
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("link", { name: "Read more" })).toHaveAttribute(
    "href",
    "https://larkfield.example/thanks",
  );
  expect((await survey.answers()).items).toMatchObject([{ score: 10 }]);
  expect(complaints).toEqual([]);
  await person.close();
});

test("somebody who only reads is an answer after a while; offline it is kept and sent later", async ({
  context,
  workspace,
  browser,
  baseURL,
}) => {
  const survey = await newAskingSurvey(context.request, await workspace("Quiet"), baseURL);
  const person = await newPerson(browser, baseURL);
  const page = await person.newPage();
  await page.goto(`${await survey.invite()}/9`);
  await expect(page.getByText("Your 9 is already counted")).toBeVisible({ timeout: 15_000 });
  expect((await survey.answers()).total).toBe(1);

  await page.goto(`${await survey.invite()}/6`);
  await page.waitForTimeout(500);
  await person.setOffline(true);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("Not sent yet")).toBeVisible();
  await person.setOffline(false);
  await expect(page.getByRole("heading", { name: "Thank you" })).toBeVisible();
  expect((await survey.answers()).total).toBe(2);
  await person.close();
});

test("what could not be sent at first does not come back over what was sent after it", async ({
  context,
  workspace,
  browser,
  baseURL,
}) => {
  const survey = await newAskingSurvey(context.request, await workspace("Later"), baseURL);
  const person = await newPerson(browser, baseURL);
  const page = await person.newPage();
  await page.goto(`${await survey.invite()}/6`);
  await page.waitForTimeout(500);
  let isBusy = true;
  await page.route("**/r/*", async (route) =>
    isBusy && route.request().method() === "POST" ? route.fulfill({ status: 503 }) : route.continue(),
  );
  await page.getByRole("textbox").fill("First");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("That did not work")).toBeVisible();
  isBusy = false;
  await page.getByRole("textbox").fill("Second");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("heading", { name: "Thank you" })).toBeVisible();
  await page.reload();
  await page.waitForTimeout(1_000);
  expect((await survey.answers()).items).toMatchObject([{ score: 6, comment: "Second" }]);
  await person.close();
});

test("nobody is thanked for an answer that came too late", async ({
  context,
  workspace,
  browser,
  baseURL,
}) => {
  const survey = await newAskingSurvey(context.request, await workspace("Too late"), baseURL);
  const person = await newPerson(browser, baseURL);
  const page = await person.newPage();
  let answer: { status: number; json?: object } = { status: 503 };
  await page.route("**/r/*", async (route) =>
    route.request().method() === "POST" ? route.fulfill(answer) : route.continue(),
  );
  await page.goto(`${await survey.invite()}/6`);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("That did not work")).toBeVisible();
  answer = { status: 200, json: { outcome: "closed" } };
  await page.reload();
  await page.waitForTimeout(500);
  await expect(page.getByRole("heading", { name: "Thank you" })).toBeHidden();
  await expect(page.getByText("already counted")).toBeHidden();
  await person.close();
});

test("by keyboard alone, and without JavaScript", async ({ context, workspace, browser, baseURL }) => {
  const survey = await newAskingSurvey(context.request, await workspace("Keys"), baseURL);
  const person = await newPerson(browser, baseURL);
  const page = await person.newPage();
  await page.goto(await survey.invite());
  await page.keyboard.press("Tab");
  for (let tabs = 0; tabs < 5 && !(await page.evaluate("document.activeElement.name === 'score'")); tabs++)
    await page.keyboard.press("Tab");
  await page.keyboard.press("7");
  await expect(page.getByRole("radio", { name: "7", exact: true })).toBeChecked();
  await page.keyboard.press("Tab");
  await page.keyboard.type("More 7 8 x", { delay: 100 }); // Nobody answers within a second.
  await expect(page.getByRole("radio", { name: "7", exact: true })).toBeChecked();
  for (let tabs = 0; tabs < 12 && !(await page.evaluate("document.activeElement.id === 'send'")); tabs++)
    await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Thank you" })).toBeVisible();
  expect((await survey.answers()).items).toMatchObject([{ score: 7, comment: "More 7 8 x" }]);

  const plain = await newPerson(browser, baseURL, { javaScriptEnabled: false });
  const still = await plain.newPage();
  await still.goto(await survey.invite());
  await still.getByRole("radio", { name: "3", exact: true }).check();
  await still.waitForTimeout(1_200);
  await still.locator("#send").click();
  await still.getByRole("textbox").fill("Zu teuer");
  await still.locator("#send").click();
  await expect(still.getByRole("heading")).toContainText("Thank you");
  expect((await survey.answers()).total).toBe(2);
  await Promise.all([person.close(), plain.close()]);
});

test("the page is light, holds at every width in both themes, and axe finds nothing", async ({
  context,
  workspace,
  browser,
  baseURL,
}) => {
  test.setTimeout(300_000);
  const survey = await newAskingSurvey(context.request, await workspace("Looks"), baseURL);
  const link = await survey.invite("katrin@brandt-soehne.example");
  for (const [width, height] of [
    [320, 640],
    [390, 864],
    [1440, 1000],
  ] as const) {
    for (const colorScheme of ["light", "dark"] as const) {
      const person = await newPerson(browser, baseURL, { colorScheme, viewport: { width, height } });
      const page = await person.newPage();
      for (const [name, path] of [
        ["asked", `/s/${survey.id}`],
        ["picked", `${link}/8?lang=en`],
        ["german", `${link}/8?lang=de`],
        ["gone", "/r/nothing"],
      ] as const) {
        await page.goto(path);
        await page.waitForLoadState("networkidle");
        await page.screenshot({ path: `${pictures}/${name}-${width}-${colorScheme}.png`, fullPage: true });
        const axe = new AxeBuilder({ page });
        // Between the themes only colours differ.
        if (colorScheme === "dark") axe.withRules(["color-contrast"]);
        else axe.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]);
        const { violations } = await axe.analyze();
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`),
          name,
        ).toEqual([]);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      }
      const tops = await page
        .goto(`${link}/8`)
        .then(async () =>
          page.evaluate(
            "[...document.querySelectorAll('.row span')].map((each) => each.getBoundingClientRect().top)",
          ),
        );
      expect(new Set(tops as number[]).size).toBe(1);
      await person.close();
    }
  }
  const weigh = async (path: string) =>
    (await (await fetch(`${baseURL}${path}`, as(agent))).arrayBuffer()).byteLength;
  const [page, css, js] = [await weigh(`${link}/8`), await weigh("/r.css"), await weigh("/r.js")];
  console.log(`respondent's page: ${page} bytes of HTML, ${css} of CSS, ${js} of JavaScript, uncompressed`);
  expect(page + css + js).toBeLessThan(30_000);
});

function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return complaints;
}

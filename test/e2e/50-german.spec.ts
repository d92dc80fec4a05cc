import type { Page } from "@playwright/test";
import { words as german } from "../../web/words/de/all.ts";
import { words as english } from "../../web/words/en/all.ts";
import { expect, test } from "./as-owner.ts";
import { checkAxe } from "./check-axe.ts";

interface Tree {
  readonly [key: string]: string | Tree;
}

function flat(tree: Tree): string[] {
  return Object.values(tree).flatMap((value) => (typeof value === "string" ? [value] : flat(value)));
}

const escaped = (text: string) => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);

const partsOf = (text: string) => text.trim().split(/\{\{[^}]*\}\}/);

/** These words as a pattern, with this in their gaps. */
function said(text: string, gap = ".+"): string {
  return partsOf(text)
    .map((part) => escaped(part.replaceAll(/\s+/g, " ")))
    .join(gap);
}

/**
 * A line that says these words. A sentence is found between others, too. A word or two might be a customer's own: they are
 * looked for as a whole line, with figures in their gaps ("School of Music" is a name, "3 of 14" is English).
 */
function sayingOf(text: string): RegExp {
  const isSentence = partsOf(text).some((part) => part.trim().split(/\s+/).length >= 3);
  return new RegExp(isSentence ? said(text) : `^${said(text, String.raw`.*\d.*`)}$`, "m");
}

const longestPart = (text: string) =>
  partsOf(text).reduce((longest, part) => (part.length > longest.length ? part : longest), "");

/** “Do” is a day of the week in German; between two gaps, “to” is English. */
const canBeTold = (text: string) => /\p{L}{3}|\} ?\p{L}{2}/u.test(text.replaceAll(/\{\{[^}]*\}\}/g, "}"));
const inGerman = new Set(flat(german));
const germanTitles = [...inGerman].filter(canBeTold).map((text) => new RegExp(`^${said(text)}`));
const englishSayings = [...new Set(flat(english))]
  .filter((text) => canBeTold(text) && !inGerman.has(text))
  .map((text) => ({ text, part: longestPart(text).replaceAll(/\s+/g, " "), saying: sayingOf(text) }));

/** What the page says itself, a line each: its texts, and the names that only screen readers tell. */
async function readTexts(page: Page): Promise<string> {
  return page.evaluate<string>(`(() => {
    const texts = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Element)
        for (const name of ["aria-label", "title", "placeholder", "alt"]) texts.push(node.getAttribute(name) ?? "");
      else if (!node.parentElement.closest("script, style, noscript, [lang]:not(html), [translate=no]")) texts.push(node.textContent);
    }
    const lines = texts.map((text) => text.trim().replaceAll(/\\s+/g, " ")).filter(Boolean);
    return [...new Set(lines)].join("\\n");
  })()`);
}

async function settled(page: Page): Promise<void> {
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1 })).not.toBeEmpty();
}

/** Wider than the screen, if anything is. */
async function overflowing(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const { scrollWidth } = document.documentElement;
    if (scrollWidth <= innerWidth && document.body.scrollWidth <= innerWidth) return [];
    return [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .slice(0, 5)
      .map((element) => element.tagName + "." + element.className + " " + scrollWidth);
  })()`);
}

/** Cells of tables that the edge of their card cuts off. */
async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const right = (element) => element.getBoundingClientRect().right;
    return [...document.querySelectorAll("td, th, [role=gridcell], [role=columnheader]")]
      .filter((cell) => !cell.closest(".mv-scroll, .chart-table") && right(cell) > right(cell.closest(".card, .vt, main")) + 1)
      .slice(0, 3)
      .map((cell) => cell.textContent);
  })()`);
}

test("a member who reads German finds every page in German, in dark colours and on a phone", async ({
  page,
}) => {
  test.slow();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`${page.url()}: ${message.text()}`);
  });
  await page.goto("/larkfield/settings/appearance");
  await page.getByText("Deutsch", { exact: true }).click();
  await page.getByText(german.shell.theme.dark, { exact: true }).click();

  const linksOf = async (name: string) =>
    page
      .getByRole("navigation", { name })
      .getByRole("link")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  const look = async (address: string) => {
    await page.goto(address);
    await settled(page);
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    const title = await page.getByRole("heading", { level: 1 }).innerText();
    if (!germanTitles.some((german) => german.test(title))) faults.push(`${address}: heading “${title}”`);
    await checkAxe(page, ["dark"]);
    await lookAtWords();
    await page.setViewportSize({ width: 390, height: 844 });
    await settled(page);
    await lookAtWords();
    faults.push(...(await overflowing(page)).map((wide) => `${address} at 390: ${wide}`));
    // A tablet, where there are tables and not much room for them.
    await page.setViewportSize({ width: 768, height: 1024 });
    await settled(page);
    const wide = [...(await overflowing(page)), ...(await cutOff(page))];
    faults.push(...wide.map((what) => `${address} at 768: ${what}`));
    await page.setViewportSize({ width: 1440, height: 900 });
  };
  const lookAtWords = async () => {
    await settled(page);
    const texts = await readTexts(page);
    const found = englishSayings.filter(({ part, saying }) => texts.includes(part) && saying.test(texts));
    faults.push(
      ...found.map(({ text, saying }) => `${page.url()}: “${text}” in “${saying.exec(texts)![0]}”`),
    );
  };
  const addresses = new Set([
    ...(await linksOf(german.shell.main)),
    ...(await linksOf(german.settings.sections)),
    "/larkfield/invitations",
    "/larkfield/unsubscribes",
  ]);
  addresses.delete("/larkfield/settings");
  expect(addresses.size).toBeGreaterThan(25);
  for (const address of addresses) await look(address);
  // One of those that lists lead to: its heading is its name, or a finding about it.
  for (const [list, link] of [
    ["results", "Show me more"],
    ["surveys", "Quarterly relationship survey"],
  ] as const) {
    await page.goto(`/larkfield/${list}`);
    await page.getByRole("main").getByRole("link", { name: link }).first().click();
    await expect(page).toHaveURL(/[\da-f-]{36}$/);
    await lookAtWords();
  }
  await page.goto("/larkfield/customers");
  await page.getByRole("main").getByRole("row").nth(1).click();
  await expect(page).toHaveURL(/[\da-f-]{36}$/);
  await lookAtWords();
  expect(faults).toEqual([]);
});

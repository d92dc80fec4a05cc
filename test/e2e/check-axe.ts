import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./as-owner.ts";

type Theme = "light" | "dark";

/** axe finds nothing on the page as it stands, in these themes; in the dark one at its colours. */
export async function checkAxe(page: Page, themes: readonly Theme[] = ["light", "dark"]): Promise<void> {
  // A page that has only begun to load has no heading yet.
  await page.locator("h1").first().waitFor({ state: "attached" });
  for (const theme of themes) {
    await page.evaluate(`document.documentElement.dataset.theme = "${theme}"`);
    // Colours fade to the other theme; in between, contrast is nobody's.
    // A transition of something hidden never ends.
    await page.evaluate(
      `Promise.race([
        new Promise((done) => setTimeout(done, 500)),
        Promise.allSettled(document.getAnimations().filter((a) => a instanceof CSSTransition).map((a) => a.finished)),
      ]).then(() => undefined)`,
    );
    // React Aria announces with a labelled, empty picture that it takes away after seven seconds.
    // In the frame of a mail no script runs, axe's neither.
    const axe = new AxeBuilder({ page }).exclude("[data-live-announcer]").exclude("iframe[sandbox]");
    // Between the themes only colours differ.
    if (theme === "dark") axe.withRules(["color-contrast"]);
    const { violations } = await axe.analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`);
    expect(found, `axe in the ${theme} theme at ${page.url()}`).toEqual([]);
  }
}

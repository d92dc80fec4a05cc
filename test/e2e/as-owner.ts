import { mkdirSync, existsSync } from "node:fs";
import { type BrowserContext, expect, test as base } from "@playwright/test";

// Each half of the run has a server of its own.
const kept = `test-results/owner-${process.env.E2E_HALF ?? "all"}.json`;

/** Keeps the signed-in state of the sample company's owner for the stories that follow. */
export async function rememberOwner(context: BrowserContext): Promise<void> {
  mkdirSync("test-results", { recursive: true });
  await context.storageState({ path: kept });
}

/** Stories told by the sample company's owner. The first run has signed them in, or they do it themselves. */
export const test = base.extend<{ workspace: (name: string) => Promise<string> }>({
  context: async ({ browser, baseURL, contextOptions }, use) => {
    const options = { ...contextOptions, ...(baseURL && { baseURL }) };
    const context = await browser.newContext({ ...options, ...(existsSync(kept) && { storageState: kept }) });
    const session = await context.request.get("/api/v1/session");
    const { person } = (await session.json()) as { person: unknown };
    if (!person) {
      const made = await context.request.post("/api/v1/first-run/sample", {
        data: {},
        headers: { origin: baseURL ?? "" },
      });
      expect(made.ok(), "no owner was remembered and the first run is over: run 01-first-run first").toBe(
        true,
      );
      await rememberOwner(context);
    }
    await use(context);
    await context.close();
  },
  /** Makes an empty workspace of its own and gives its slug. */
  workspace: async ({ context, baseURL }, use) => {
    await use(async (name) => {
      const headers = { origin: baseURL ?? "" };
      const made = await context.request.post("/api/v1/workspaces", { data: { name }, headers });
      expect(made.ok(), await made.text()).toBe(true);
      return ((await made.json()) as { slug: string }).slug;
    });
  },
});

export { expect };

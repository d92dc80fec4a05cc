import { defineConfig } from "@playwright/test";

const chromium = process.env.CHROMIUM;

export default defineConfig({
  testDir: "test/e2e",
  globalSetup: "./test/e2e/start-server.ts",
  outputDir: "test-results/e2e",
  // One server and one first run for all stories, in the order of their files.
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: [["list"]],
  use: {
    // `start-server.ts` finds a free port before the first test.
    ...(process.env.NINES_URL && { baseURL: process.env.NINES_URL }),
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    // Recording each step takes about a quarter of the time: asked for, when a failure is not understood without.
    trace: process.env.TRACE ? "retain-on-failure" : "off",
    launchOptions: {
      ...(chromium && { executablePath: chromium }),
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
});

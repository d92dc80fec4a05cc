import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { ensureSurvey } from "../../server/collect/ensure-survey.ts";
import { startServer } from "../../server/main.ts";
import { createOwnerAndWorkspace } from "../../server/platform/accounts/create-owner-and-workspace.ts";
import { readConfig } from "../../server/platform/config.ts";
import { spread, table } from "./figures.ts";

const rounds = Number(process.env.ROUNDS ?? 7);
const kilobit = 1_000 / 8;
/** As the development tools of Chromium name them; the processor is slowed down four times in both. */
const networks = {
  "slow 4G": { latency: 150, downloadThroughput: 1_600 * kilobit, uploadThroughput: 750 * kilobit },
  "slow 3G": { latency: 400, downloadThroughput: 400 * kilobit, uploadThroughput: 400 * kilobit },
};

/** How long a respondent on a slow phone waits for the page, with nothing of it in the browser's cache. */
export async function benchPageLoad(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "nines-bench-"));
  const server = await startServer(readConfig({ DATA_DIR: folder, PORT: "0", LOG_LEVEL: "warn" }));
  const { url, resources } = server;
  const { db } = resources.database;
  const owner = { name: "Bench", email: "bench@example.com", password: "only for this run" };
  const made = await createOwnerAndWorkspace(db, resources.clock, { ...owner, workspaceName: "Bench" });
  const page = `${url}/s/${await ensureSurvey(db, resources.clock, made.workspaceId)}/8`;
  const executablePath = process.env.CHROMIUM;
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
  });
  try {
    const rows = [];
    for (const [name, network] of Object.entries(networks)) {
      const loads: Awaited<ReturnType<typeof loadOnce>>[] = [];
      for (let round = 0; round < rounds; round++) loads.push(await loadOnce(browser, page, network));
      const column = (key: keyof (typeof loads)[number]) => spread(loads.map((load) => load[key]));
      rows.push([name, column("bytes"), column("painted"), column("usable")]);
    }
    const head = ["network", "bytes on the wire, with the font", "first paint, ms", "usable, ms"];
    return `${rounds} loads each, processor slowed down 4 times, empty cache; median (least–most). Usable: the scale can be pressed and the script listens.\n\n${table(head, rows)}`;
  } finally {
    await browser.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function loadOnce(
  browser: Awaited<ReturnType<typeof chromium.launch>>,
  address: string,
  network: (typeof networks)["slow 4G"],
) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  let bytes = 0;
  devtools.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", { offline: false, ...network });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.goto(address, { waitUntil: "networkidle" });
  const { painted, usable } = await page.evaluate<{ painted: number; usable: number }>(`({
    painted: performance.getEntriesByName("first-contentful-paint")[0].startTime,
    // The script is deferred: it has run when this event is over.
    usable: performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd,
  })`);
  await context.close();
  return { bytes, painted, usable };
}

// A worker that takes customers through plays, as a process of its own: for tests that kill it.
import { setTimeout as wait } from "node:timers/promises";
import { createHandlers } from "../server/jobs.ts";
import { ManualClock } from "../server/platform/clock.ts";
import { readConfig } from "../server/platform/config.ts";
import { openDatabase } from "../server/platform/database/open.ts";
import { openLog } from "../server/platform/log.ts";

const { DATABASE_URL = "", NOW = "", ...env } = process.env;
const log = openLog("silent");
const database = openDatabase(DATABASE_URL, { log });
const clock = new ManualClock(NOW);
const handlers = createHandlers({ config: readConfig(env), database, clock, log });
const { signal } = new AbortController();

/** Until it is killed. What failed is done again, as by the queue. */
async function repeat(
  name: "enter-plays" | "run-steps" | "send-messages" | "deliver-webhooks" | "ask-customers",
  pause = 10,
): Promise<never> {
  for (;;) {
    await handlers[name].run([{}], signal).catch(() => {});
    await wait(pause);
  }
}

// Whoever started it has ended, and nobody is left to kill it.
process.on("disconnect", () => process.exit());
// Its clock goes with that of the others.
process.on("message", (now: string) => {
  clock.set(now);
  process.send?.("set");
});
process.send?.("ready");
await Promise.all([
  repeat("enter-plays"),
  repeat("run-steps"),
  repeat("send-messages"),
  repeat("deliver-webhooks"),
  repeat("ask-customers", 100),
]);

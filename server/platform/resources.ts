import type { Logger } from "pino";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { OpenDatabase } from "./database/open.ts";

/** What a running Nines holds open; `createApp` and the job handlers are given it, nothing reaches for it. */
export interface Resources {
  config: Config;
  database: OpenDatabase;
  clock: Clock;
  log: Logger;
}

// A worker that sends invitations, as a process of its own: for tests that kill it.
import { createHandlers } from "../server/jobs.ts";
import { ManualClock } from "../server/platform/clock.ts";
import { readConfig } from "../server/platform/config.ts";
import { openDatabase } from "../server/platform/database/open.ts";
import type { Jobs } from "../server/platform/jobs/send.ts";
import { openLog } from "../server/platform/log.ts";

const { DATABASE_URL = "", NOW = "", SMTP_URL = "", MAIL_FROM = "", BASE_URL = "" } = process.env;
const log = openLog("silent");
const database = openDatabase(DATABASE_URL, { log });
const config = readConfig({ SMTP_URL, MAIL_FROM, BASE_URL });
const handlers = createHandlers({ config, database, clock: new ManualClock(NOW), log });

process.on("message", (job: Jobs["send-invitations"]) => {
  void handlers["send-invitations"]
    .run([job], new AbortController().signal)
    .then(() => process.send?.("done"));
});
process.send?.("ready");

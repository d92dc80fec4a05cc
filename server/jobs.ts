import { foldScoreDays } from "./collect/fold-score-days.ts";
import type { Handlers } from "./platform/jobs/work.ts";
import type { Resources } from "./platform/resources.ts";

/** Who does which job. News travels forward through the loop by these names. */
export function createHandlers(resources: Resources): Handlers {
  const { log } = resources;
  return {
    "response-recorded": { batch: 500, run: () => foldScoreDays(resources.database.db) },
    "run-import": { seconds: 4 * 3600, run: async () => {} },
    "undo-import": { seconds: 4 * 3600, run: async () => {} },
    "send-mail": {
      batch: 10,
      run: async (jobs) => log.info({ mails: jobs.length }, "mail is not set up yet"),
    },
  };
}

import { askCustomers } from "./collect/asking/ask-customers.ts";
import { queueDueInvitations } from "./collect/email/queue-due-invitations.ts";
import { openInvitationDelivery } from "./collect/email/send-invitations.ts";
import { foldScoreDays } from "./collect/fold-score-days.ts";
import { runImport } from "./collect/imports/run-import.ts";
import { undoImport } from "./collect/imports/undo-import.ts";
import type { Handlers } from "./platform/jobs/work.ts";
import { openMailDelivery } from "./platform/mail/deliver-mail.ts";
import type { Resources } from "./platform/resources.ts";

/** Who does which job. News travels forward through the loop by these names. */
export function createHandlers(resources: Resources): Handlers {
  return {
    "response-recorded": { batch: 500, run: () => foldScoreDays(resources.database.db) },
    "run-import": {
      concurrency: 2,
      retries: 100,
      seconds: 24 * 3600,
      run: async (imports, signal) => {
        for (const each of imports) await runImport(resources, each, signal);
      },
    },
    "undo-import": {
      retries: 100,
      seconds: 24 * 3600,
      run: async (imports, signal) => {
        for (const each of imports) await undoImport(resources, each, signal);
      },
    },
    // Without tries of its own: the next half minute brings another.
    "ask-customers": {
      retries: 0,
      seconds: 600,
      onlyOneWaits: true,
      run: async () => {
        await askCustomers(resources);
        await queueDueInvitations(resources);
      },
    },
    // Each invitation keeps its own tries; the job itself fails only when the database or the process does.
    "send-invitations": {
      concurrency: 2,
      retries: 100,
      seconds: 3600,
      run: openInvitationDelivery(resources),
    },
    // About a day of tries. One mail a run, or a failure would send the others of its batch again.
    "send-mail": { concurrency: 3, retries: 150, seconds: 1800, run: openMailDelivery(resources) },
  };
}

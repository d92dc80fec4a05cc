import { existingWorkspaces } from "./platform/accounts/workspace-exists.ts";
import { alertDetractors } from "./act/alerts/alert-detractors.ts";
import { enrolCustomers, enterPlays } from "./act/enrolments/enrol-customers.ts";
import { followCustomers } from "./act/enrolments/follow-customers.ts";
import { runSteps } from "./act/enrolments/run-steps.ts";
import { settleEnrolments } from "./act/enrolments/settle-enrolments.ts";
import { stopEndedPlays } from "./act/enrolments/stop-ended-plays.ts";
import { newEventWatch } from "./act/enrolments/wake-waiting.ts";
import { sendDigests } from "./act/digest/send-digests.ts";
import { followAnswers } from "./act/inbox/follow-answers.ts";
import { newCoolingWatch } from "./act/inbox/open-cooling-cases.ts";
import { wakeCases } from "./act/inbox/wake-cases.ts";
import { noteUnsubscribed } from "./act/content/note-unsubscribed.ts";
import { checkCodePools } from "./act/incentives/check-code-pools.ts";
import { redeemByPurchases } from "./act/incentives/redeem-by-purchases.ts";
import { openMessageDelivery } from "./act/messages/send-messages.ts";
import { announcePassives } from "./act/webhooks/announce-passives.ts";
import { announceResponses } from "./act/webhooks/announce-responses.ts";
import { openWebhookDelivery } from "./act/webhooks/deliver-webhooks.ts";
import { askCustomers } from "./collect/asking/ask-customers.ts";
import { mergeCustomers } from "./collect/customers/merge-customers.ts";
import { foldInvitationDays } from "./collect/asking/invitation-days.ts";
import { askAfterEvent } from "./collect/asking/trigger-surveys.ts";
import { queueDueInvitations } from "./collect/email/queue-due-invitations.ts";
import { openInvitationDelivery } from "./collect/email/send-invitations.ts";
import { foldScoreDays } from "./collect/fold-score-days.ts";
import { runImport } from "./collect/imports/run-import.ts";
import { undoImport } from "./collect/imports/undo-import.ts";
import { evaluateDue } from "./identify/engagement/evaluate-due.ts";
import { evaluateEngagement } from "./identify/engagement/evaluate-engagement.ts";
import { purgeEvents } from "./identify/events/purge-events.ts";
import { foldEvents } from "./identify/engagement/fold-events.ts";
import { newEventRecorder } from "./identify/events/record-events.ts";
import { audienceSegments } from "./identify/segments/audience-segments.ts";
import { compareSegments } from "./identify/segments/compare-segments.ts";
import { letEventsGather } from "./identify/engagement/let-events-gather.ts";
import { mergeEngagement } from "./identify/engagement/merge-engagement.ts";
import { rebuildEngagement } from "./identify/engagement/rebuild-engagement.ts";
import { refreshChanged } from "./identify/passives/refresh-changed.ts";
import { refreshDue } from "./identify/passives/refresh-due.ts";
import { refreshStandings } from "./identify/passives/refresh-standings.ts";
import { type Jobs, send } from "./platform/jobs/send.ts";
import type { Handlers } from "./platform/jobs/work.ts";
import type { Database } from "./platform/database/open.ts";
import { openBulkMail } from "./platform/mail/open-bulk-mail.ts";
import { openMailDelivery } from "./platform/mail/deliver-mail.ts";
import type { Resources } from "./platform/resources.ts";
import { countWaiting } from "./prove/moves/count-moves.ts";
import { readHoldout } from "./prove/moves/read-moves.ts";
import { recordOutcomes } from "./prove/results/record-outcomes.ts";
import { takeLooks } from "./prove/results/take-looks.ts";
import { liveThroughYear } from "./simulate/live-through-year.ts";

/** Who does which job. News travels forward through the loop by these names. */
export function createHandlers(resources: Resources): Handlers {
  const { database, clock } = resources;
  const { db } = database;
  const bulk = openBulkMail(resources.config);
  const deliver = openInvitationDelivery(resources, bulk);
  const deliverMessages = openMessageDelivery(resources, bulk);
  const watchEvents = newEventWatch(resources);
  const deliverWebhooks = openWebhookDelivery(resources);
  const watchCooling = newCoolingWatch(resources);
  return {
    "response-recorded": {
      batch: 500,
      run: async (jobs) => {
        await foldScoreDays(db);
        await sendChanged(
          db,
          jobs.map(({ workspaceId, responses }) => ({ workspaceId, customers: responses })),
        );
        // One may have been deleted, or be in the making; who makes it tells what it missed.
        const existing = await existingWorkspaces(
          db,
          jobs.map(({ workspaceId }) => workspaceId),
        );
        for (const job of jobs.filter(({ workspaceId }) => existing.has(workspaceId))) {
          await followAnswers(resources, job);
          await alertDetractors(resources, job);
          await announceResponses(resources, job);
        }
      },
    },
    // Without tries of its own: the next one comes in seconds, and each delivery keeps its own tries.
    "deliver-webhooks": {
      retries: 0,
      seconds: 600,
      onlyOneWaits: true,
      ...deliverWebhooks,
    },
    "events-recorded": {
      batch: 500,
      everySeconds: 2,
      run: async (jobs) => {
        for (const workspaceId of new Set(jobs.map((job) => job.workspaceId))) {
          await letEventsGather(db, workspaceId);
          await foldEvents(resources, workspaceId);
        }
      },
    },
    "evaluate-engagement": {
      retries: 20,
      seconds: 3600,
      onlyOneWaits: true,
      run: async (jobs, signal) => {
        for (const { workspaceId } of jobs) {
          if (workspaceId === undefined) await evaluateDue(db, clock.now());
          else await evaluateEngagement(resources, workspaceId, signal);
        }
      },
    },
    "rebuild-engagement": {
      retries: 20,
      seconds: 24 * 3600,
      onlyOneWaits: true,
      run: async (jobs, signal) => {
        for (const { workspaceId } of jobs) await rebuildEngagement(resources, workspaceId, signal);
      },
    },
    "ask-after-events": {
      run: async (jobs) => {
        for (const { workspaceId, events } of jobs)
          for (const { at, ...event } of events)
            await askAfterEvent(resources, audienceSegments, workspaceId, { ...event, at: new Date(at) });
      },
    },
    "purge-events": { retries: 0, seconds: 3600, onlyOneWaits: true, run: () => purgeEvents(resources) },
    "merge-customers": {
      run: async (jobs) => {
        for (const { workspaceId, merges } of jobs) {
          const outcomes = [];
          for (const merge of merges)
            outcomes.push(await mergeCustomers(resources, { workspaceId, ...merge }, { mergeEngagement }));
          await sendChanged(db, [{ workspaceId, customers: outcomes.filter(({ merged }) => merged) }]);
        }
      },
    },
    "run-import": {
      concurrency: 2,
      retries: 100,
      seconds: 24 * 3600,
      run: async (imports, signal) => {
        for (const each of imports) {
          await runImport(resources, each, signal);
          await send(db, "refresh-standings", { workspaceId: each.workspaceId }, { key: each.workspaceId });
        }
      },
    },
    "undo-import": {
      retries: 100,
      seconds: 24 * 3600,
      run: async (imports, signal) => {
        for (const each of imports) {
          await undoImport(resources, each, signal);
          await send(db, "refresh-standings", { workspaceId: each.workspaceId }, { key: each.workspaceId });
        }
      },
    },
    // Without tries of its own: the next half minute brings another.
    "ask-customers": {
      retries: 0,
      seconds: 600,
      onlyOneWaits: true,
      run: async () => {
        await askCustomers(resources, audienceSegments);
        await foldInvitationDays(db);
        await queueDueInvitations(resources);
      },
    },
    // Each invitation keeps its own tries; the job itself fails only when the database or the process does.
    "send-invitations": {
      concurrency: 2,
      retries: 100,
      seconds: 3600,
      run: async (jobs, signal) => {
        await deliver(jobs, signal);
        await sendChanged(
          db,
          jobs.map(({ workspaceId, invitations }) => ({ workspaceId, customers: invitations })),
        );
      },
    },
    // Without tries of their own: the next ones come in seconds.
    "enter-plays": {
      retries: 0,
      seconds: 3600,
      onlyOneWaits: true,
      run: async (_, signal) => {
        await stopEndedPlays(resources);
        await enterPlays(resources, signal);
        await settleEnrolments(resources, signal);
        await watchEvents();
      },
    },
    "run-steps": {
      retries: 0,
      seconds: 3600,
      onlyOneWaits: true,
      run: (_, signal) => runSteps(resources, signal),
    },
    "message-received": {
      batch: 100,
      run: async (jobs) => {
        const heard = jobs.map(({ workspaceId, customerId }) => ({ workspaceId, customers: [customerId] }));
        for (const [workspaceId, customers] of byWorkspace(heard))
          await followCustomers(resources, workspaceId, customers);
      },
    },
    "segment-moved": {
      batch: 100,
      run: async (jobs) => {
        for (const { workspaceId, entered } of jobs) await enrolCustomers(resources, workspaceId, entered);
      },
    },
    // Without tries of its own: the next one comes in seconds, and each mail keeps its own tries.
    "send-messages": {
      retries: 0,
      seconds: 3600,
      onlyOneWaits: true,
      run: (_, signal) => deliverMessages(signal),
    },
    "customers-changed": {
      batch: 500,
      run: async (jobs, signal) => {
        const changed = byWorkspace(jobs);
        await refreshChanged(db, clock, changed, signal);
        for (const [workspaceId, customers] of changed) {
          await redeemByPurchases(db, workspaceId, customers);
          await watchCooling(workspaceId, customers);
          await announcePassives(resources, workspaceId, customers);
          await followCustomers(resources, workspaceId, customers);
        }
      },
    },
    "refresh-standings": {
      retries: 100,
      seconds: 3600,
      onlyOneWaits: true,
      run: async (jobs, signal) => {
        for (const { workspaceId } of jobs) {
          if (workspaceId === undefined) await refreshDue(db, clock);
          else {
            await refreshStandings(db, clock, workspaceId, undefined, signal);
            await watchCooling(workspaceId);
            await announcePassives(resources, workspaceId);
          }
        }
      },
    },
    "send-digests": { retries: 0, seconds: 1800, onlyOneWaits: true, run: () => sendDigests(resources) },
    "wake-cases": { retries: 0, onlyOneWaits: true, run: () => wakeCases(resources) },
    // Without tries of its own: the next minute brings another.
    "check-code-pools": {
      retries: 0,
      seconds: 600,
      onlyOneWaits: true,
      run: () => checkCodePools(resources),
    },
    "message-unsubscribed": {
      batch: 100,
      run: async (jobs) => {
        for (const job of jobs) await noteUnsubscribed(resources, job);
      },
    },
    // Without tries of its own: the next minute brings another.
    "compare-segments": {
      retries: 0,
      seconds: 3600,
      onlyOneWaits: true,
      run: (_, signal) => compareSegments(resources, signal),
    },
    // Without tries of its own: the next minute brings another.
    "measure-plays": {
      retries: 0,
      seconds: 3600,
      onlyOneWaits: true,
      run: async (_, signal) => {
        const now = clock.now();
        await recordOutcomes(db, now, signal);
        await takeLooks(db, now, signal);
      },
    },
    "count-moves": {
      retries: 3,
      seconds: 3600,
      onlyOneWaits: true,
      run: async (spans) => {
        for (const span of spans)
          await countWaiting(resources, span, await readHoldout(db, span.workspaceId, span.to));
      },
    },
    "live-through-year": {
      retries: 100,
      seconds: 3600,
      run: async (samples, signal) => {
        for (const each of samples)
          await liveThroughYear(resources, newEventRecorder(resources), each, signal);
      },
    },
    // About a day of tries. One mail a run, or a failure would send the others of its batch again.
    "send-mail": { concurrency: 3, retries: 150, seconds: 1800, run: openMailDelivery(resources) },
  };
}

/** Tells, for each workspace, which customers something happened to. */
async function sendChanged(
  db: Database,
  news: readonly { workspaceId: string; customers: readonly { customerId: string }[] }[],
): Promise<void> {
  const changed = byWorkspace(
    news.map(({ workspaceId, customers }) => ({
      workspaceId,
      customers: customers.map(({ customerId }) => customerId),
    })),
  );
  for (const [workspaceId, customers] of changed)
    if (customers.size > 0) await send(db, "customers-changed", { workspaceId, customers: [...customers] });
}

function byWorkspace(news: readonly Jobs["customers-changed"][]): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>();
  for (const { workspaceId, customers } of news) {
    const known = all.get(workspaceId) ?? new Set();
    for (const customer of customers) known.add(customer);
    all.set(workspaceId, known);
  }
  return all;
}

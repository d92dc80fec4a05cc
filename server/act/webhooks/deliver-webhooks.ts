import { setTimeout as wait } from "node:timers/promises";
import type { Resources } from "../../platform/resources.ts";
import { attemptDelivery } from "./attempt-delivery.ts";
import { claimDeliveries, findDueReceivers } from "./claim-deliveries.ts";
import { forgetDeliveries } from "./forget-deliveries.ts";

// The job ends while slow receivers are still being waited for, so that the next one finds the others' news.
const patience = 250;
const forgetEvery = 3_600_000;
/** A process that stops waits so long for receivers that have not answered. */
const finishWithin = 5_000;

/**
 * What does the job `deliver-webhooks`: starts one course for each receiver that something is due for. Courses know nothing of
 * each other, so that none waits for another's receiver; what a killed process had in hand is free again after a minute.
 * `finish` begins nothing more and waits for what is in hand, or the next process would tell it again.
 */
export function openWebhookDelivery(resources: Resources): { run(): Promise<void>; finish(): Promise<void> } {
  const { database, clock, log } = resources;
  const { db } = database;
  const courses = new Map<string, Promise<void>>();
  const hasNews = new Set<string>();
  let forgottenAt = 0;
  let isFinishing = false;

  async function runCourse(receiverId: string): Promise<void> {
    do {
      hasNews.delete(receiverId);
      for (;;) {
        const claimed = isFinishing ? [] : await claimDeliveries(db, receiverId, clock.now());
        if (claimed.length === 0) break;
        await Promise.all(claimed.map((delivery) => attemptDelivery(resources, delivery)));
      }
    } while (hasNews.has(receiverId));
  }

  function start(receiverId: string): void {
    hasNews.add(receiverId);
    if (courses.has(receiverId)) return;
    const course = runCourse(receiverId)
      .catch((error: unknown) =>
        log.error({ err: error, receiver: receiverId }, "webhooks were not delivered"),
      )
      .finally(() => courses.delete(receiverId));
    courses.set(receiverId, course);
  }

  async function settleWithin(milliseconds: number): Promise<void> {
    const patient = new AbortController();
    await Promise.race([
      Promise.all(courses.values()),
      wait(milliseconds, undefined, { signal: patient.signal }).catch(() => {}),
    ]);
    patient.abort();
  }

  return {
    async run() {
      const now = clock.now();
      if (now.getTime() - forgottenAt >= forgetEvery) {
        forgottenAt = now.getTime();
        await forgetDeliveries(db, now);
      }
      for (const receiverId of await findDueReceivers(db, now)) start(receiverId);
      await settleWithin(patience);
    },
    async finish() {
      isFinishing = true;
      await settleWithin(finishWithin);
    },
  };
}

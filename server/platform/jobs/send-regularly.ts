import type { Logger } from "pino";
import type { Database } from "../database/open.ts";
import { type JobName, type Jobs, send } from "./send.ts";

/**
 * Sends a job now and every so many seconds, until it is stopped. Every process does; with `onlyOneWaits` of the handler
 * they wake one worker, not one each.
 */
export function sendRegularly<Name extends JobName>(
  { db, log }: { db: Database; log: Logger },
  name: Name,
  data: Jobs[Name],
  seconds: number,
): { stop(): Promise<void> } {
  let sending: Promise<void> = Promise.resolve();
  const tick = () => {
    sending = send(db, name, data).catch((error: unknown) => {
      // The database may be away for a moment; the next tick comes.
      log.warn({ err: error, job: name }, "a regular job could not be sent");
    });
  };
  tick();
  const timer = setInterval(tick, seconds * 1000);
  return {
    async stop() {
      clearInterval(timer);
      await sending;
    },
  };
}

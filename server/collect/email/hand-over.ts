import { setTimeout as wait } from "node:timers/promises";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import { workspaceExists } from "../../platform/accounts/workspace-exists.ts";
import type { MailTransport } from "../../platform/mail/open-transport.ts";
import type { Resources } from "../../platform/resources.ts";
import { nextForCustomer } from "../asking/hours.ts";
import { giveUpMessages } from "../asking/give-up-messages.ts";
import { suppressAddress } from "../asking/suppress-address.ts";
import type { ClaimedInvitation } from "./claim-invitations.ts";
import { invitationMessage } from "./invitation-message.ts";
import { sentMessage } from "./keep-in-outbox.ts";
import { markSent, postpone, putBack, type SentMessage } from "./settle-invitations.ts";
import { type Failure, pauseAfter, sortFailure } from "./sort-failure.ts";
import type { ReadyMessage } from "./write-invitations.ts";

const smallestChunk = 10;
const largestChunk = 200;
const shortestPause = 15_000;
const longestPause = 300_000;
const betweenNotes = 50;
/** A quarter of an hour, at one a second. */
const mostTries = 900;

/** Told of each message. */
interface Progress {
  /** It is on its way; whether it arrives is not known before the mail server has answered. */
  began: (invitation: ClaimedInvitation) => void;
  /** What became of it is written down. */
  settled: (invitation: ClaimedInvitation) => void;
}

/**
 * Hands messages to the mail server, and writes down what became of each. When the server as a whole cannot be reached
 * everything pauses, and no message is charged with a try.
 */
export function newHandOver(resources: Resources, transport: MailTransport, connections: number) {
  const { config, clock, log } = resources;
  let chunk = smallestChunk;
  let outages = 0;
  let pausedUntil = new Date(0);

  const pause = (detail: string) => {
    const length = Math.min(shortestPause * 2 ** outages, longestPause);
    outages++;
    pausedUntil = new Date(clock.now().getTime() + length);
    log.error(
      { detail, seconds: length / 1000 },
      "the mail server does not take mail; it is tried again later",
    );
  };

  const sendOne = async (message: ReadyMessage): Promise<Failure | undefined> => {
    const { invitation, survey, recipient, mail, unsubscribeLink } = message;
    const { customerId, id, reminders: number } = invitation;
    try {
      await transport.sendMail(
        invitationMessage(config, survey, {
          message: { customerId, id, number },
          recipient,
          mail,
          unsubscribeLink,
        }),
      );
      return undefined;
    } catch (error) {
      return sortFailure(error);
    }
  };

  const send = async (
    messages: readonly ReadyMessage[],
    signal: AbortSignal,
    { began, settled }: Progress,
  ): Promise<void> => {
    const started = performance.now();
    const books = newBooks(resources, settled);
    const waiting = messages.values();
    let stopped: string | undefined;
    const isThere = newPresence(resources);
    const lane = async () => {
      for (const message of waiting) {
        const now = clock.now();
        // Others went out before it, perhaps slowly.
        const opens = nextForCustomer(message.survey, message.timeZone, now);
        if (stopped !== undefined || signal.aborted || opens > now) books.release(message, opens);
        else if (!(await isThere(message.survey.workspaceId))) books.release(message, now);
        else {
          began(message.invitation);
          const failure = await sendOne(message);
          if (failure?.kind === "unreachable") {
            stopped = failure.detail;
            books.release(message, now);
          } else {
            if (!failure) outages = 0;
            books.note(message, failure);
          }
        }
      }
    };
    // Twice as many as connections, so that the next message is written while one is on its way.
    await Promise.all(Array.from({ length: 2 * connections }, lane));
    await books.close();
    if (stopped !== undefined) pause(stopped);
    const seconds = (performance.now() - started) / 1000;
    // Few at a time to a slow server: they are looked at again right before they go.
    if (seconds < 1) chunk = Math.min(chunk * 2, largestChunk);
    else if (seconds > 5) chunk = Math.max(Math.floor(chunk / 2), smallestChunk);
  };

  return { send, chunk: () => chunk, isPaused: () => clock.now() < pausedUntil };
}

/** Whether a workspace is there, asked at most once a second: what is deleted meanwhile is not mailed. */
function newPresence({ database }: Resources): (workspaceId: string) => Promise<boolean> {
  const lookAgainAfter = 1_000;
  const asked = new Map<string, { at: number; answer: Promise<boolean> }>();
  return (workspaceId) => {
    const at = performance.now();
    const before = asked.get(workspaceId);
    if (before && at - before.at < lookAgainAfter) return before.answer;
    // While the database is away nobody deletes anything either.
    const answer = workspaceExists(database.db, workspaceId).catch(() => true);
    asked.set(workspaceId, { at, answer });
    return answer;
  };
}

/**
 * Writes down what became of messages. Those that went out within a moment share a note: it is never far behind the mail
 * server, and costs little.
 */
function newBooks(resources: Resources, settled: (invitation: ClaimedInvitation) => void) {
  const { database, clock, log } = resources;
  const { db } = database;
  let sent: { message: ReadyMessage; sent: SentMessage }[] = [];
  let released: { message: ReadyMessage; sendAfter: Date }[] = [];
  let writing = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const failures: Promise<void>[] = [];

  const write = async () => {
    const batch = sent;
    sent = [];
    if (batch.length === 0) return;
    const rows = batch.map((each) => each.sent);
    await insist(() => inTransaction(db, (db) => markSent(db, rows)));
    for (const { message } of batch) settled(message.invitation);
  };
  const writeNow = () => {
    const step = writing.then(write);
    // One that failed must not keep the next from being written; `close` throws it.
    writing = step.catch(() => {});
    failures.push(step);
  };
  const writeSoon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      writeNow();
    }, betweenNotes);
  };

  const settleFailure = async (message: ReadyMessage, failure: Exclude<Failure, { kind: "unreachable" }>) => {
    const { invitation } = message;
    const pause = failure.kind === "later" ? pauseAfter(invitation.attempts) : undefined;
    if (pause !== undefined) {
      await putBack(db, [invitation], { sendAfter: new Date(clock.now().getTime() + pause), counted: true });
    } else {
      const reason = failure.kind === "refused" ? failure.reason : "gave_up";
      await giveUpMessages(db, [invitation], { state: "failed", reason, claim: invitation.claim });
      if (reason === "no_such_address") await suppress(message, failure.detail);
      log.info({ invitation: invitation.id, reason }, "an invitation could not be delivered");
    }
    settled(invitation);
  };

  const suppress = ({ invitation, survey, recipient }: ReadyMessage, detail: string) =>
    suppressAddress(db, clock, {
      workspaceId: survey.workspaceId,
      email: recipient,
      reason: "bounced",
      source: "smtp",
      detail,
      surveyId: survey.id,
      customerId: invitation.customerId,
      invitationId: invitation.id,
    });

  return {
    note(message: ReadyMessage, failure: Exclude<Failure, { kind: "unreachable" }> | undefined) {
      if (failure) {
        const settling = settleFailure(message, failure);
        settling.catch(() => {}); // `close` throws it.
        failures.push(settling);
      } else {
        sent.push({ message, sent: sentMessage(message, clock.now()) });
        writeSoon();
      }
    },
    /** Not sent, and not its fault. */
    release(message: ReadyMessage, sendAfter: Date) {
      released.push({ message, sendAfter });
    },
    /** Waits until everything is written down. */
    async close() {
      clearTimeout(timer);
      writeNow();
      const results = await Promise.allSettled(failures);
      const now = clock.now().getTime();
      const byTime = Map.groupBy(released, ({ sendAfter }) => Math.max(sendAfter.getTime(), now));
      for (const [time, some] of byTime) {
        const invitations = some.map(({ message }) => message.invitation);
        await postpone(db, invitations, new Date(time));
        invitations.forEach(settled);
      }
      released = [];
      const failed = results.find((result) => result.status === "rejected");
      if (failed) throw failed.reason;
    },
  };
}

/** What is sent must be noted, or it is sent again: a database that is restarting is waited for. */
async function insist(write: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await write();
    } catch (error) {
      if (tries === mostTries) throw error;
      await wait(1_000);
    }
  }
}

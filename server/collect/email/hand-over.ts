import { setTimeout as wait } from "node:timers/promises";
import type { SendMailOptions } from "nodemailer";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { workspaceExists } from "../../platform/accounts/workspace-exists.ts";
import type { MailTransport } from "../../platform/mail/open-transport.ts";
import type { Resources } from "../../platform/resources.ts";
import { type Failure, pauseAfter, sortFailure } from "./sort-failure.ts";

const smallestChunk = 10;
const largestChunk = 200;
const shortestPause = 15_000;
const longestPause = 300_000;
const betweenNotes = 50;
/** A quarter of an hour, at one a second. */
const mostTries = 900;

/** One kind of mail: how it is written, and where it is written down what became of it. */
export interface MailKind<Message> {
  /** What it is called in the log. */
  name: string;
  describe(message: Message): { id: string; workspaceId: string; attempts: number };
  /** As the mail server gets it. */
  write(message: Message): SendMailOptions;
  /** The first moment from `at` on when it may go out. */
  opens(message: Message, at: Date): Date;
  /** They went out. In the caller's transaction. */
  markSent(db: Database, sent: readonly { message: Message; at: Date }[]): Promise<void>;
  /** It is tried again. */
  putBack(message: Message, sendAfter: Date): Promise<void>;
  /** They were not tried, and are later. */
  postpone(messages: readonly Message[], sendAfter: Date): Promise<void>;
  /** It is not tried again. */
  giveUp(message: Message, reason: string): Promise<void>;
  /** There is no such address. */
  suppress(message: Message, detail: string): Promise<void>;
}

/** Told of each message. */
export interface Progress<Message> {
  /** It is on its way; whether it arrives is not known before the mail server has answered. */
  began: (message: Message) => void;
  /** What became of it is written down. */
  settled: (message: Message) => void;
}

/**
 * Hands messages to the mail server, and writes down what became of each. When the server as a whole cannot be reached
 * everything pauses, and no message is charged with a try.
 */
export function newHandOver<Message>(
  resources: Resources,
  transport: MailTransport,
  { connections, kind }: { connections: number; kind: MailKind<Message> },
) {
  const { clock, log } = resources;
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

  const sendOne = async (message: Message): Promise<Failure | undefined> => {
    try {
      await transport.sendMail(kind.write(message));
      return undefined;
    } catch (error) {
      return sortFailure(error);
    }
  };

  const send = async (
    messages: readonly Message[],
    signal: AbortSignal,
    { began, settled }: Progress<Message>,
  ): Promise<void> => {
    const started = performance.now();
    const books = newBooks(resources, kind, settled);
    const waiting = messages.values();
    let stopped: string | undefined;
    const isThere = newPresence(resources);
    const lane = async () => {
      for (const message of waiting) {
        const now = clock.now();
        // Others went out before it, perhaps slowly.
        const opens = kind.opens(message, now);
        if (stopped !== undefined || signal.aborted || opens > now) books.release(message, opens);
        else if (!(await isThere(kind.describe(message).workspaceId))) books.release(message, now);
        else {
          began(message);
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
function newBooks<Message>(
  { database, clock, log }: Resources,
  kind: MailKind<Message>,
  settled: (message: Message) => void,
) {
  const { db } = database;
  let sent: { message: Message; at: Date }[] = [];
  let released: { message: Message; sendAfter: Date }[] = [];
  let writing = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const failures: Promise<void>[] = [];

  const write = async () => {
    const batch = sent;
    sent = [];
    if (batch.length === 0) return;
    await insist(() => inTransaction(db, (db) => kind.markSent(db, batch)));
    for (const { message } of batch) settled(message);
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

  const settleFailure = async (message: Message, failure: Exclude<Failure, { kind: "unreachable" }>) => {
    const { id, attempts } = kind.describe(message);
    const pause = failure.kind === "later" ? pauseAfter(attempts) : undefined;
    if (pause !== undefined) await kind.putBack(message, new Date(clock.now().getTime() + pause));
    else {
      const reason = failure.kind === "refused" ? failure.reason : "gave_up";
      await kind.giveUp(message, reason);
      if (reason === "no_such_address") await kind.suppress(message, failure.detail);
      log.info({ [kind.name]: id, reason }, "a mail could not be delivered");
    }
    settled(message);
  };

  return {
    note(message: Message, failure: Exclude<Failure, { kind: "unreachable" }> | undefined) {
      if (failure) {
        const settling = settleFailure(message, failure);
        settling.catch(() => {}); // `close` throws it.
        failures.push(settling);
      } else {
        sent.push({ message, at: clock.now() });
        writeSoon();
      }
    },
    /** Not sent, and not its fault. */
    release(message: Message, sendAfter: Date) {
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
        const messages = some.map(({ message }) => message);
        await kind.postpone(messages, new Date(time));
        messages.forEach(settled);
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

import type pg from "pg";
import { Refusal } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import type { Resources } from "../platform/resources.ts";
import { responseIdOf } from "./customer.ts";
import { newSurveyFinder } from "./find-survey.ts";
import { newGroupCommit } from "./group-commit.ts";
import {
  customerKeysOf,
  type GivenDetails,
  keysOf,
  type KeyRow,
  planRecording,
  type ReadyAnswer,
  type ResponseRow,
  responsePrefix,
} from "./recording-plan.ts";
import {
  openTransaction,
  requireKeys,
  rowMissing,
  selectKeys,
  selectResponses,
  writePlan,
} from "./recording-sql.ts";
import { newRememberedKeys } from "./remembered-keys.ts";
import type { NewResponse, Recorded } from "./response.ts";
import { sendTogether } from "./send-together.ts";

/** Stores answers; those that are recorded at the same time share a transaction. */
export interface ResponseRecorder {
  /**
   * Resolves when the answers are committed, all of them or none. The same `id` twice is stored once and says so.
   * @param options.inTheMaking the workspace's row comes after its answers; by default it must be there
   * @throws Refusal when the workspace or a survey is not there, a time lies ahead, or too much is waiting
   */
  record(
    workspaceId: string,
    answers: readonly NewResponse[],
    options?: { inTheMaking?: boolean },
  ): Promise<Recorded[]>;

  /**
   * The same for one answer that was given on a page of ours. Its id names it: a second one with the same id changes
   * nothing and says `known`; `keepAnswer` then changes the first.
   * @throws Refusal `not_found` when its workspace, or the invitation and its customer, are not there any more
   */
  recordGiven(answer: GivenAnswer): Promise<Recorded>;
}

/** An answer to one of our own questions. */
export type GivenAnswer = Omit<ReadyAnswer, "inTheMaking" | "repeatable" | "given"> & { given: GivenDetails };

const dayInMilliseconds = 24 * 3600 * 1000;
const mostRaces = 10;
const keysRemembered = 200_000;

/** Makes the recorder of one process; it may be shared by all requests. */
export function newResponseRecorder({
  database,
  clock,
}: Pick<Resources, "database" | "clock">): ResponseRecorder {
  const findSurvey = newSurveyFinder(database.db, clock);
  const remembered = newRememberedKeys(keysRemembered);
  const group = newGroupCommit<ReadyAnswer[], Recorded[]>({
    commit: commitTogether,
    sizeOf: (answers) => answers.length,
    concurrency: 3,
    batchSize: 500,
    worthAnother: 16,
    mostWaiting: 10_000,
  });

  async function commitTogether(requests: ReadyAnswer[][]): Promise<PromiseSettledResult<Recorded[]>[]> {
    try {
      const results = await store(requests.flat());
      let start = 0;
      return requests.map(({ length }) => fulfilled(results.slice(start, (start += length))));
    } catch (error) {
      if (requests.length === 1 || !blamesARow(error)) {
        const reason = sqlStateOf(error) === rowMissing ? workspaceDeleted() : error;
        return requests.map(() => rejected(reason));
      }
    }
    // Something is wrong with one of them: by halves it ends up alone, and fails alone.
    const middle = Math.ceil(requests.length / 2);
    const first = await commitTogether(requests.slice(0, middle));
    return [...first, ...(await commitTogether(requests.slice(middle)))];
  }

  /** Plans from what is remembered and commits; when it was otherwise, or another was quicker, looks first. */
  async function store(answers: ReadyAnswer[]): Promise<Recorded[]> {
    for (let races = 0; ; races++) {
      try {
        return await attempt(answers, races > 0);
      } catch (error) {
        const wasOtherwise = races === 0 && sqlStateOf(error) === rowMissing;
        if (wasOtherwise) remembered.forget(answers.flatMap(customerKeysOf));
        else if (!isRace(error) || races === mostRaces) throw unconfirmed(error);
      }
    }
  }

  async function attempt(answers: ReadyAnswer[], careful: boolean): Promise<Recorded[]> {
    const client = await database.pipelined.connect();
    let broken: Error | undefined;
    try {
      return await (careful ? lookingFirst(client, answers) : fromMemory(client, answers));
    } catch (error) {
      // Only the last trip ends the transaction, and it may not have come to that.
      if (isConnectionLost(error)) broken = error as Error;
      else await client.query("rollback").catch((lost: Error) => (broken = lost));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /**
   * One round trip where all customers are remembered, or anonymous; the transaction fails where memory is wrong. Two
   * where they are looked up. That an answer's own id is new is taken for granted: the database refuses it otherwise.
   */
  async function fromMemory(client: pg.PoolClient, answers: ReadyAnswer[]): Promise<Recorded[]> {
    const opening = openTransaction(answers);
    const wanted = answers.flatMap(customerKeysOf);
    const kept = remembered.find(wanted);
    const keys = kept ?? (await lookUp(client, opening, wanted));
    const plan = planRecording(answers, { keys, responses: [] }, clock);
    const rows = [...writePlan(plan, clock.now()), "commit"];
    const first = kept ? [...opening, ...(kept.length > 0 ? [requireKeys(kept)] : [])] : [];
    await sendTogether(client, [...first, ...rows]);
    if (!kept) remembered.add(keys);
    remembered.add(plan.keys.filter(({ key }) => !key.startsWith(responsePrefix)));
    return plan.results;
  }

  /** Plans from what is stored, read under the lock: customers, and answers with the same ids. */
  async function lookingFirst(client: pg.PoolClient, answers: ReadyAnswer[]): Promise<Recorded[]> {
    const keys = await lookUp(client, openTransaction(answers), answers.flatMap(keysOf));
    let plan = planRecording(answers, { keys, responses: [] }, clock);
    const named = plan.responses.filter(({ sourceId, given }) => sourceId !== null || given);
    if (named.length > 0) {
      const { rows: responses } = await client.query<ResponseRow>(selectResponses(named));
      if (responses.length > 0) plan = planRecording(answers, { keys, responses }, clock);
    }
    await sendTogether(client, [...writePlan(plan, clock.now()), "commit"]);
    return plan.results;
  }

  function readyAt(at: Date | null | undefined, index: number): Date {
    const now = clock.now();
    if (!at) return now;
    // Clocks of senders may be ahead, but not by more than a day.
    if (at.getTime() <= now.getTime() + dayInMilliseconds) return at;
    throw new Refusal(
      "bad_input",
      `at: ${at.toISOString()} lies in the future; send when the answer was given.`,
      {
        reason: "date_in_future",
        values: { index },
      },
    );
  }

  return {
    async recordGiven(answer) {
      const [recorded] = await group.add([{ ...answer, repeatable: true }]);
      return recorded!;
    },
    async record(workspaceId, answers, { inTheMaking = false } = {}) {
      const ready = await Promise.all(
        answers.map(async (answer, index): Promise<ReadyAnswer> => {
          const at = readyAt(answer.at, index);
          const surveyId = await findSurvey(workspaceId, answer.surveyId ?? undefined);
          return {
            workspaceId,
            id: answer.id ? responseIdOf(workspaceId, answer.id) : newId(clock),
            surveyId,
            at,
            answer,
            inTheMaking,
          };
        }),
      );
      return group.add(ready);
    },
  };
}

async function lookUp(
  client: pg.PoolClient,
  opening: ReturnType<typeof openTransaction>,
  keys: readonly KeyRow[],
): Promise<KeyRow[]> {
  return (await sendTogether(client, [...opening, selectKeys(keys)])).at(-1)!.rows as KeyRow[];
}

const fulfilled = <Value>(value: Value): PromiseSettledResult<Value> => ({ status: "fulfilled", value });
const rejected = (reason: unknown): PromiseRejectedResult => ({ status: "rejected", reason });

function sqlStateOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? code : "";
}

/** A row that another transaction has just written, or a wait in a circle. */
function isRace(error: unknown): boolean {
  return ["23505", "40P01", "40001"].includes(sqlStateOf(error));
}

/** The values of a row, and not the state of the database, are at fault. */
function blamesARow(error: unknown): boolean {
  return /^(22|23|40)...$/.test(sqlStateOf(error));
}

function isConnectionLost(error: unknown): boolean {
  return (
    ["ECONNRESET", "EPIPE", "57P01", "57P02", "25P03"].includes(sqlStateOf(error)) ||
    (error instanceof Error &&
      /^(Connection terminated|Client has encountered|Client was closed|Query read timeout|timeout expired)/.test(
        error.message,
      ))
  );
}

function workspaceDeleted(): Refusal {
  return new Refusal("not_found", "This workspace was deleted, so the answers were not stored.", {
    reason: "no_such_workspace",
  });
}

/** When the connection breaks during the commit, nobody knows whether it went through. */
function unconfirmed(error: unknown): unknown {
  if (!isConnectionLost(error)) return error;
  return new Refusal(
    "busy",
    "The database went away before it confirmed, so these answers may or may not be stored. Send them again with the same ids: they are stored once.",
    { reason: "unconfirmed", retryAfterSeconds: 1 },
  );
}

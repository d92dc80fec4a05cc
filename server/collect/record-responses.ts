import type pg from "pg";
import { Refusal } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import type { Resources } from "../platform/resources.ts";
import { responseIdOf } from "./customer.ts";
import { newSurveyFinder } from "./find-survey.ts";
import { commitByHalves } from "./commit-by-halves.ts";
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
import { attemptTransaction, isRace, sqlStateOf, unconfirmed } from "./attempt-transaction.ts";
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
    commit: (requests) => commitByHalves(requests, storeRequests, asRefusal),
    what: "answers",
    sizeOf: (answers) => answers.length,
    concurrency: 3,
    batchSize: 500,
    worthAnother: 16,
    mostWaiting: 10_000,
  });

  async function storeRequests(requests: ReadyAnswer[][]): Promise<Recorded[][]> {
    const results = await store(requests.flat());
    let start = 0;
    return requests.map(({ length }) => results.slice(start, (start += length)));
  }

  /** Plans from what is remembered and commits; when it was otherwise, or another was quicker, looks first. */
  async function store(answers: ReadyAnswer[]): Promise<Recorded[]> {
    for (let races = 0; ; races++) {
      try {
        return await attempt(answers, races > 0);
      } catch (error) {
        const wasOtherwise = races === 0 && sqlStateOf(error) === rowMissing;
        if (wasOtherwise) remembered.forget(answers.flatMap(customerKeysOf));
        else if (!isRace(error) || races === mostRaces) throw unconfirmed(error, "answers");
      }
    }
  }

  function attempt(answers: ReadyAnswer[], careful: boolean): Promise<Recorded[]> {
    return attemptTransaction(database.pipelined, (client) =>
      careful ? lookingFirst(client, answers) : fromMemory(client, answers),
    );
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
    const plan = planRecording(answers, { keys, responses: [], lookedUp: !kept }, clock);
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
    let plan = planRecording(answers, { keys, responses: [], lookedUp: true }, clock);
    const named = plan.responses.filter(({ sourceId, given }) => sourceId !== null || given);
    if (named.length > 0) {
      const { rows: responses } = await client.query<ResponseRow>(selectResponses(named));
      if (responses.length > 0) plan = planRecording(answers, { keys, responses, lookedUp: true }, clock);
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

/** What a caller is told of an error of the database that is not a bug. */
function asRefusal(error: unknown): unknown {
  if (sqlStateOf(error) !== rowMissing) return error;
  return new Refusal("not_found", "This workspace was deleted, so the answers were not stored.", {
    reason: "no_such_workspace",
  });
}

import type pg from "pg";
import { Refusal } from "../../platform/errors.ts";
import type { Resources } from "../../platform/resources.ts";
import { attemptTransaction, isRace, sqlStateOf, unconfirmed } from "../../collect/attempt-transaction.ts";
import { commitByHalves } from "../../collect/commit-by-halves.ts";
import { newGroupCommit } from "../../collect/group-commit.ts";
import type { KeyRow } from "../../collect/recording-plan.ts";
import { sendTogether } from "../../collect/send-together.ts";
import { newProblemCollector } from "./collect-problems.ts";
import { newPartitionKeeper } from "./ensure-partitions.ts";
import type { EventSource, TrackingMessage } from "./event.ts";
import type { FoundProblem } from "./event-problem.ts";
import { type KeysVersion, newKeyMemory } from "./key-memory.ts";
import { newKnownNames } from "./known-names.ts";
import {
  findOwners,
  type NotedRow,
  openMessages,
  otherwise,
  selectAccounts,
  selectPersons,
  writeMessages,
} from "./messages-sql.ts";
import type { StoredAccount, StoredPerson } from "./person-state.ts";
import { type Known, type MessagePlan, type Outcome, planMessages } from "./plan-messages.ts";
import { type ReadyMessage, readyMessage } from "./ready-message.ts";

/** Stores what customers did and who they are; what is recorded at the same time shares a transaction. */
export interface EventRecorder {
  /**
   * Resolves when the messages are committed, all of them or none, but for those that something is wrong with: their
   * outcome says what, and it is written down for the page of events. The same `messageId` twice is stored once.
   * @param refused what was wrong with other messages of the request
   * @returns what became of each message
   * @throws Refusal when the workspace is not there, or too much is waiting
   */
  record(
    workspaceId: string,
    messages: readonly TrackingMessage[],
    source: EventSource,
    refused?: readonly FoundProblem[],
  ): Promise<Outcome[]>;
}

interface Request {
  workspaceId: string;
  inTheMaking: boolean;
  writeKeyId: string | null;
  messages: ReadyMessage[];
  refused: FoundProblem[];
}

const mostRaces = 10;
const keysRemembered = 200_000;

/** Makes the recorder of one process; it may be shared by all requests. */
export function newEventRecorder({ database, clock }: Pick<Resources, "database" | "clock">): EventRecorder {
  const ensurePartitions = newPartitionKeeper(database.pool);
  const names = newKnownNames(database.db, clock);
  const collectProblems = newProblemCollector();
  const sources = newSources();
  const memory = newKeyMemory(keysRemembered);
  const group = newGroupCommit<Request, Outcome[]>({
    commit: (requests) => commitByHalves(requests, storeRequests, asRefusal),
    what: "events",
    sizeOf: ({ messages }) => Math.max(1, messages.length),
    concurrency: 2,
    batchSize: 2_000,
    worthAnother: 200,
    mostWaiting: 20_000,
  });

  async function storeRequests(requests: Request[]): Promise<Outcome[][]> {
    const messages = requests.flatMap((request) => request.messages);
    await ensurePartitions(messages.filter(({ event }) => event).map(({ at }) => at));
    await names.load(requests.map(({ workspaceId }) => workspaceId));
    const { outcomes, newNames } = await store(requests, messages);
    names.add(newNames);
    let start = 0;
    return requests.map(({ messages: { length } }) => outcomes.slice(start, (start += length)));
  }

  async function store(requests: Request[], messages: ReadyMessage[]): Promise<MessagePlan> {
    for (let races = 0; ; races++) {
      try {
        return await attemptTransaction(database.pipelined, (client) => attempt(client, requests, messages));
      } catch (error) {
        const again = isRace(error) || sqlStateOf(error) === otherwise;
        if (!again || races === mostRaces) throw unconfirmed(error, "events");
      }
    }
  }

  /** Looks, plans, writes: two round trips, or three where something is said of customers who are known. */
  async function attempt(
    client: pg.PoolClient,
    requests: readonly Request[],
    messages: readonly ReadyMessage[],
  ): Promise<MessagePlan> {
    const wanted = keysOf(messages);
    const remembered = memory.find(wanted);
    const opening = openMessages(requests, messages, remembered.unknown, clock.now());
    const opened = await sendTogether(client, opening);
    const isNew = newOf(
      messages,
      opened.slice(4, -1).map(({ rows }) => rows[0] as NotedRow),
    );
    const versions = opened[3]!.rows as KeysVersion[];
    const isStale = versions.some(({ workspaceId, keysChanged }) => {
      const under = remembered.under.get(workspaceId);
      return under !== undefined && under !== keysChanged;
    });
    const found = isStale
      ? ((await sendTogether(client, [findOwners(wanted)]))[0]!.rows as KeyRow[])
      : (opened.at(-1)!.rows as KeyRow[]);
    const keys = isStale ? found : remembered.known.concat(found);
    const known: Known = { keys, persons: [], accounts: [], names: names.of, isAwaited: names.isAwaited };
    await read(client, known, spokenOf(messages, keys), accountsOf(messages));
    const plan = await planCompletely(client, known, () => planMessages(messages, isNew, known, clock));
    const refused = requests.flatMap(({ workspaceId, writeKeyId, refused: problems }) =>
      problems.map((problem) => ({ workspaceId, writeKeyId, problem })),
    );
    const now = clock.now();
    const problems = collectProblems([...refused, ...plan.problems], now);
    await sendTogether(client, [...writeMessages(plan, problems, now), "commit"]);
    memory.add(versions, [...found, ...plan.keys]);
    return plan;
  }

  return {
    async record(workspaceId, messages, source, refused = []) {
      const ready: ReadyMessage[] = [];
      const problems = [...refused];
      const { writeKeyId = null, trusted, inTheMaking = false } = source;
      const whole = sources.of({ writeKeyId, trusted, inTheMaking });
      const places = messages.map((message) => {
        const made = readyMessage(workspaceId, message, whole);
        if ("reason" in made) return (problems.push(made), made);
        return ready.push(made) - 1;
      });
      if (ready.length === 0 && problems.length === 0) return [];
      const request = { workspaceId, inTheMaking, writeKeyId, messages: ready, refused: problems };
      const outcomes = await group.add(request);
      return places.map((place) => (typeof place === "number" ? outcomes[place]! : place));
    },
  };
}

/** One object for each source, so that the events of many requests are seen to have the same. */
function newSources() {
  const known = new Map<string, Required<EventSource>>();
  return {
    of(source: Required<EventSource>): Required<EventSource> {
      const name = `${source.writeKeyId} ${source.trusted} ${source.inTheMaking}`;
      const kept = known.get(name);
      if (kept) return kept;
      if (known.size >= 10_000) known.clear();
      known.set(name, source);
      return source;
    },
  };
}

/** Whether a message was not stored before: nearly always none was. */
function newOf(
  messages: readonly ReadyMessage[],
  noted: readonly NotedRow[],
): (ready: ReadyMessage) => boolean {
  if (noted.reduce((sum, { n }) => sum + n, 0) === messages.length) return () => true;
  const ids = new Map(
    noted.map((row) => [
      row.workspaceId,
      row.n > 0 && row.ids === null ? undefined : new Set(row.ids?.split("\n")),
    ]),
  );
  return ({ workspaceId, id }) => ids.get(workspaceId)?.has(id) ?? true;
}

/** Plans, and where somebody turns out to be in question who was not read, reads them and plans again. */
async function planCompletely(
  client: pg.PoolClient,
  known: Known,
  plan: () => ReturnType<typeof planMessages>,
): Promise<MessagePlan> {
  for (;;) {
    const made = plan();
    if (!("needs" in made)) return made;
    await read(client, known, made.needs, []);
  }
}

/** Adds to what is known. */
async function read(
  client: pg.PoolClient,
  known: Known,
  persons: readonly string[],
  accounts: readonly { workspaceId: string; key: string }[],
): Promise<void> {
  if (persons.length + accounts.length === 0) return;
  const [people, companies] = await sendTogether(client, [selectPersons(persons), selectAccounts(accounts)]);
  known.persons.push(...(people!.rows as StoredPerson[]));
  known.accounts.push(...(companies!.rows as StoredAccount[]));
}

/** All keys of these messages, each once. */
function keysOf(messages: readonly ReadyMessage[]): KeyRow[] {
  const keys = new Map<string, KeyRow>();
  for (const ready of messages) {
    const { workspaceId } = ready;
    const { id, previous, links } = ready.keys;
    for (const key of id === undefined ? [...previous, ...links] : [id, ...previous, ...links]) {
      const name = `${workspaceId} ${key}`;
      if (!keys.has(name)) keys.set(name, { workspaceId, key, customerId: "" });
    }
  }
  return [...keys.values()];
}

/** The customers of whom something is said, so that they are read at once. */
function spokenOf(messages: readonly ReadyMessage[], keys: readonly KeyRow[]): string[] {
  const spoken = messages.filter(({ said, account }) => said ?? account);
  if (spoken.length === 0) return [];
  const owners = new Map(
    keys.map(({ workspaceId, key, customerId }) => [`${workspaceId} ${key}`, customerId]),
  );
  const ids = keysOf(spoken).map(({ workspaceId, key }) => owners.get(`${workspaceId} ${key}`));
  return [...new Set(ids.filter((id) => id !== undefined))];
}

function accountsOf(messages: readonly ReadyMessage[]): { workspaceId: string; key: string }[] {
  const accounts = new Map<string, { workspaceId: string; key: string }>();
  for (const { workspaceId, account } of messages)
    if (account) accounts.set(`${workspaceId} ${account.id}`, { workspaceId, key: account.id });
  return [...accounts.values()];
}

/** What a caller is told of an error of the database that is not a bug. */
function asRefusal(error: unknown): unknown {
  if (sqlStateOf(error) !== otherwise) return error;
  return new Refusal("not_found", "This workspace was deleted, so the events were not stored.", {
    reason: "no_such_workspace",
  });
}

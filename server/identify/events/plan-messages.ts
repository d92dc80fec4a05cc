import type { Clock } from "../../platform/clock.ts";
import { newId } from "../../platform/ids.ts";
import type { KeyRow } from "../../collect/recording-plan.ts";
import { most } from "./event.ts";
import { type EventProblem, type FoundProblem, payloadOf } from "./event-problem.ts";
import {
  type Account,
  changing,
  joinAccount,
  type Person,
  sayOfAccount,
  sayOfPerson,
  type StoredAccount,
  type StoredPerson,
} from "./person-state.ts";
import type { ReadyMessage } from "./ready-message.ts";
import { type FoundMerge, newWhoIsWho } from "./who-is-who.ts";

/** What became of a message: stored, known from before, or why not. */
export type Outcome = "stored" | "known" | EventProblem;

/** The rows that storing some messages writes, and what their senders are told. */
export interface MessagePlan {
  outcomes: Outcome[];
  keys: KeyRow[];
  persons: Person[];
  accounts: Account[];
  events: { ready: ReadyMessage; customerId: string }[];
  newNames: { workspaceId: string; name: string; at: Date }[];
  merges: FoundMerge[];
  /** After which surveys ask. */
  awaited: MessagePlan["events"];
  problems: { workspaceId: string; writeKeyId: string | null; problem: FoundProblem }[];
}

/** What the database holds of the keys, customers and accounts in question. */
export interface Known {
  keys: readonly KeyRow[];
  persons: StoredPerson[];
  accounts: StoredAccount[];
  /** Of a workspace, the names that events have had. */
  names: (workspaceId: string) => ReadonlySet<string>;
  isAwaited: (workspaceId: string, name: string) => boolean;
}

/**
 * Decides which rows these messages become; each sees those before it as already stored.
 * @returns instead the customers that must be read before a plan can be made
 */
export function planMessages(
  messages: readonly ReadyMessage[],
  isNew: (ready: ReadyMessage) => boolean,
  known: Known,
  clock: Clock,
): MessagePlan | { needs: string[] } {
  const who = newWhoIsWho(known.keys, known.persons, () => newId(clock));
  const accounts = newAccounts(known.accounts);
  const names = newNames(known.names);
  const seen = new Set<string>();
  const plan: MessagePlan = {
    outcomes: [],
    keys: [],
    persons: [],
    accounts: [],
    events: [],
    newNames: [],
    merges: [],
    awaited: [],
    problems: [],
  };

  const note = (ready: ReadyMessage, problem: EventProblem) => {
    const { workspaceId, message, source } = ready;
    const found = { ...problem, payload: payloadOf(message) };
    plan.problems.push({ workspaceId, writeKeyId: source.writeKeyId, problem: found });
  };

  const planOne = (ready: ReadyMessage): Outcome => {
    if (seen.has(ready.id) || !isNew(ready)) return "known";
    seen.add(ready.id);
    const { workspaceId, message, at, source, event, said, account } = ready;
    if (event && !names.take(workspaceId, event.name, message.at)) {
      const problem = tooManyNames(event.name);
      note(ready, problem);
      return problem;
    }
    for (const problem of ready.problems)
      plan.problems.push({ workspaceId, writeKeyId: source.writeKeyId, problem });
    const customerId = who.resolve(ready);
    if (event) plan.events.push({ ready, customerId });
    if (!said && !account) return "stored";
    const person = who.personOf(workspaceId, customerId);
    const owns = (key: string | undefined) =>
      key !== undefined && who.ownerOf(workspaceId, key) === customerId;
    if (said) {
      const { links } = ready.keys;
      const email = owns(links.find((key) => key.startsWith("email:")));
      const phone = owns(links.find((key) => key.startsWith("phone:")));
      const word = { at, trusted: source.trusted, owns: { email, phone } };
      for (const problem of sayOfPerson(person, said, word)) note(ready, problem);
    }
    if (account) {
      joinAccount(person, account.id, at);
      for (const problem of sayOfAccount(accounts.of(workspaceId, account.id), account.said, at))
        note(ready, problem);
    }
    return "stored";
  };

  plan.outcomes = messages.map(planOne);
  if (who.missing.size > 0) return { needs: [...who.missing] };

  const { persons, merges, keys } = who.results();
  for (const event of plan.events) event.customerId = who.storedAs(event.customerId);
  plan.keys = keys.map((row) => Object.assign(row, { customerId: who.storedAs(row.customerId) }));
  plan.merges = merges.map((merge) => Object.assign(merge, { into: who.storedAs(merge.into) }));
  plan.persons = persons.filter(({ isNew: made, changes }) => made || changes);
  plan.accounts = accounts.all().filter(({ isNew: made, changes }) => made || changes);
  plan.newNames = names.added;
  plan.awaited = plan.events.filter(({ ready }) => known.isAwaited(ready.workspaceId, ready.event!.name));
  // Every transaction locks in the same order, so that none waits for another in a circle.
  plan.keys.sort((a, b) => compare(a.key, b.key) || compare(a.workspaceId, b.workspaceId));
  plan.persons.sort((a, b) => compare(a.row.id, b.row.id));
  plan.accounts.sort((a, b) => compare(a.row.key, b.row.key));
  return plan;
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

function tooManyNames(name: string): EventProblem {
  return { reason: "too_many_names", values: { most: most.names, name }, kept: false };
}

function newAccounts(stored: readonly StoredAccount[]) {
  const accounts = new Map<string, Account>();
  const nameOf = (workspaceId: string, key: string) => `${workspaceId} ${key}`;
  for (const row of stored) accounts.set(nameOf(row.workspaceId, row.key), changing(row, false));
  return {
    of(workspaceId: string, key: string): Account {
      const name = nameOf(workspaceId, key);
      const known = accounts.get(name);
      if (known) return known;
      const made: Account = changing({ workspaceId, key, name: null, traits: {}, traitsAt: {} }, true);
      accounts.set(name, made);
      return made;
    },
    all: () => [...accounts.values()],
  };
}

/** The names of events that there are, and those that these messages bring. */
function newNames(known: Known["names"]) {
  const added: MessagePlan["newNames"] = [];
  const fresh = new Map<string, Set<string>>();
  return {
    added,
    /** @returns false where it would be one name too many */
    take(workspaceId: string, name: string, at: Date): boolean {
      const before = known(workspaceId);
      if (before.has(name)) return true;
      let more = fresh.get(workspaceId);
      if (!more) fresh.set(workspaceId, (more = new Set()));
      if (more.has(name)) return true;
      if (before.size + more.size >= most.names) return false;
      more.add(name);
      added.push({ workspaceId, name, at });
      return true;
    },
  };
}

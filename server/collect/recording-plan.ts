import type { Clock } from "../platform/clock.ts";
import type { Traits } from "../platform/database/schema.ts";
import { newId } from "../platform/ids.ts";
import {
  accountIdOf,
  anonymousCustomerId,
  claimedKeys,
  customerKeys,
  normaliseEmail,
  normalisePhone,
} from "./customer.ts";
import type { NewResponse, Recorded } from "./response.ts";

/** An answer on its way into the database: its id, survey and time are decided. */
export interface ReadyAnswer {
  workspaceId: string;
  id: string;
  surveyId: string;
  at: Date;
  answer: NewResponse;
  /** The id follows from what the answer says, so that the same one read again has it again. */
  repeatable?: boolean;
  /** The row of its workspace is still to come. */
  inTheMaking?: boolean;
  /** Of somebody who has not answered: only the customer is stored, and the score means nothing. */
  onlyCustomer?: boolean;
  /** Only a browser says who gave it: that makes a customer of its own, who is not verified. */
  claimed?: boolean;
  /** What we know of an answer that was given on a page of ours. */
  given?: GivenDetails;
}

/** Of an answer to one of our own questions, what no sender of an answer says. */
export interface GivenDetails {
  version: number;
  state: "provisional" | "confirmed";
  drivers: readonly string[];
  mayContact: boolean | null;
  /** Whose answer it is, where the invitation says so; else the keys in the answer tell, or it is somebody anonymous. */
  customerId?: string;
  invitationId?: string;
  /** Nothing may tell when it was given or by whom: times are cut to the day, and no job names it. */
  untraceable?: boolean;
}

export interface KeyRow {
  workspaceId: string;
  key: string;
  customerId: string;
}

/** What is said about a customer; null where nothing is. */
export interface CustomerRow {
  workspaceId: string;
  id: string;
  accountId: string | null;
  externalId: string | null;
  email: string | null;
  phone: string | null;
  name: string | null;
  language: string | null;
  traits: Traits;
  anonymous: boolean;
  verified: boolean;
  untraceable?: boolean;
}

export interface ResponseRow {
  workspaceId: string;
  customerId: string;
  id: string;
  surveyId: string;
  score: number;
  comment: string | null;
  language: string | null;
  channel: string;
  at: Date;
  traits: Traits;
  weight: number | null;
  sourceId: string | null;
  /** Absent for an answer that a program sent. */
  given?: GivenDetails;
}

/** The rows that storing some answers writes, and what their senders are told. */
export interface RecordingPlan {
  results: Recorded[];
  keys: KeyRow[];
  newCustomers: CustomerRow[];
  changedCustomers: CustomerRow[];
  accounts: { workspaceId: string; id: string; key: string; name: string | null }[];
  responses: ResponseRow[];
}

/** What the database already holds of the keys and answers in question. */
export interface Known {
  keys: readonly KeyRow[];
  responses: readonly { customerId: string; id: string }[];
  /** The keys were looked up just now and not remembered, so their customers may be known only from a browser. */
  lookedUp?: boolean;
}

/** The keys that tell who gave an answer. */
export function customerKeysOf(ready: ReadyAnswer): KeyRow[] {
  return keyTextsOf(ready).map((key) => ({ workspaceId: ready.workspaceId, key, customerId: "" }));
}

function keyTextsOf({ answer, claimed = false }: ReadyAnswer): string[] {
  return (claimed ? claimedKeys : customerKeys)(answer.customer ?? {});
}

/** The keys that must be looked up before these answers can be planned, whatever is stored already. */
export function keysOf(ready: ReadyAnswer): KeyRow[] {
  const keys = customerKeysOf(ready);
  const { workspaceId, id, answer } = ready;
  if (answer.id) keys.push({ workspaceId, key: responseKey(id), customerId: "" });
  return keys;
}

// An answer that its sender named is in customer_keys too: so it is found whoever the sender says gave it.
export const responsePrefix = "response:";
const responseKey = (id: string) => responsePrefix + id;

/** Decides which rows these answers become. Answers see those before them in the same plan as already stored. */
export function planRecording(answers: readonly ReadyAnswer[], known: Known, clock: Clock): RecordingPlan {
  const workspaces = new Map<string, Map<string, string>>();
  const customersOf = (workspaceId: string): Map<string, string> => {
    const before = workspaces.get(workspaceId);
    if (before) return before;
    const customerOf = new Map<string, string>();
    workspaces.set(workspaceId, customerOf);
    return customerOf;
  };
  for (const { workspaceId, key, customerId } of known.keys) customersOf(workspaceId).set(key, customerId);
  const stored = new Set(known.responses.map(({ customerId, id }) => `${customerId} ${id}`));
  const newCustomers = new Map<string, CustomerRow>();
  const changedCustomers = new Map<string, CustomerRow>();
  const accounts = new Map<string, RecordingPlan["accounts"][number]>();
  const plan: RecordingPlan = {
    results: [],
    keys: [],
    newCustomers: [],
    changedCustomers: [],
    accounts: [],
    responses: [],
  };
  const register = (workspaceId: string, key: string, customerId: string): boolean => {
    const customerOf = customersOf(workspaceId);
    if (customerOf.has(key)) return false;
    customerOf.set(key, customerId);
    plan.keys.push({ workspaceId, key, customerId });
    return true;
  };

  const planInvited = (ready: ReadyAnswer, customerId: string): void => {
    const key = `${customerId} ${ready.id}`;
    const known = stored.has(key);
    if (!known) plan.responses.push(responseRow(ready, customerId));
    stored.add(key);
    plan.results.push({ id: ready.id, customerId, known });
  };

  for (const ready of answers) {
    const { workspaceId, id, answer, given } = ready;
    if (given?.invitationId !== undefined) {
      planInvited(ready, given.customerId!);
      continue;
    }
    const customerOf = customersOf(workspaceId);
    const first = answer.id ? customerOf.get(responseKey(id)) : undefined;
    if (first) {
      plan.results.push({ id, customerId: first, known: true });
      continue;
    }
    const keys = keyTextsOf(ready);
    const owner = keys.map((key) => customerOf.get(key)).find(Boolean);
    const customerId = owner ?? given?.customerId ?? newCustomerId(ready, keys, clock);
    if (answer.id) register(workspaceId, responseKey(id), customerId);
    if (stored.size > 0 && stored.has(`${customerId} ${id}`)) {
      plan.results.push({ id, customerId, known: true });
      continue;
    }
    const newKeys = keys.filter((key) => register(workspaceId, key, customerId));
    const said = customerRow(ready, customerId, newKeys, keys.length === 0);
    const fresh = newCustomers.get(customerId);
    if (!owner || fresh) newCustomers.set(customerId, fresh ? merged(fresh, said) : said);
    else if (saysSomething(said) || (known.lookedUp && said.verified)) {
      const before = changedCustomers.get(customerId);
      changedCustomers.set(customerId, before ? merged(before, said) : said);
    }
    const account = answer.customer?.account;
    if (account && said.accountId) {
      const name = account.name ?? accounts.get(said.accountId)?.name ?? null;
      accounts.set(said.accountId, { workspaceId, id: said.accountId, key: account.id, name });
    }
    if (ready.onlyCustomer) {
      plan.results.push({ id, customerId, known: owner !== undefined });
      continue;
    }
    plan.responses.push(responseRow(ready, customerId));
    if (given) stored.add(`${customerId} ${id}`);
    plan.results.push({ id, customerId, known: false });
  }

  // Every transaction locks in the same order, so that none waits for another in a circle.
  plan.keys.sort((a, b) => compare(a.key, b.key) || compare(a.workspaceId, b.workspaceId));
  plan.newCustomers = [...newCustomers.values()];
  plan.changedCustomers = [...changedCustomers.values()].sort((a, b) => compare(a.id, b.id));
  plan.accounts = [...accounts.values()].sort((a, b) => compare(a.id, b.id));
  return plan;
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

function newCustomerId(ready: ReadyAnswer, keys: string[], clock: Clock): string {
  const { workspaceId, id, answer, repeatable = false } = ready;
  // The same for every copy of an answer that has an id of its own, also where an import stored it.
  return keys.length === 0 && (answer.id || repeatable) ? anonymousCustomerId(workspaceId, id) : newId(clock);
}

function customerRow(
  { workspaceId, answer, given, claimed = false }: ReadyAnswer,
  id: string,
  newKeys: string[],
  anonymous: boolean,
): CustomerRow {
  const { customer } = answer;
  // Only keys that became this customer's: an address that belongs to somebody else stays with them.
  const ifNew = (kind: string, value: string | null | undefined) =>
    value && newKeys.some((key) => key.startsWith(claimed ? `claimed:${kind}:` : `${kind}:`)) ? value : null;
  return {
    workspaceId,
    id,
    accountId: customer?.account ? accountIdOf(workspaceId, customer.account.id) : null,
    externalId: ifNew("id", customer?.id),
    email: ifNew("email", customer?.email && normaliseEmail(customer.email)),
    phone: ifNew("phone", customer?.phone && normalisePhone(customer.phone)),
    name: customer?.name?.trim() || null,
    language: customer?.language ?? null,
    traits: customer?.traits ?? {},
    anonymous,
    verified: !claimed || anonymous,
    ...(given?.untraceable && { untraceable: true }),
  };
}

function saysSomething({
  accountId,
  externalId,
  email,
  phone,
  name,
  language,
  traits,
}: CustomerRow): boolean {
  const said = [accountId, externalId, email, phone, name, language];
  return Object.keys(traits).length > 0 || said.some((value) => value !== null);
}

/** The later word counts, where there is one. */
function merged(before: CustomerRow, said: CustomerRow): CustomerRow {
  return {
    ...before,
    accountId: said.accountId ?? before.accountId,
    externalId: before.externalId ?? said.externalId,
    email: said.email ?? before.email,
    phone: said.phone ?? before.phone,
    name: said.name ?? before.name,
    language: said.language ?? before.language,
    traits: { ...before.traits, ...said.traits },
  };
}

function responseRow(
  { workspaceId, id, surveyId, at, answer, given }: ReadyAnswer,
  customerId: string,
): ResponseRow {
  const row: ResponseRow = {
    workspaceId,
    customerId,
    id,
    surveyId,
    score: answer.score,
    comment: answer.comment?.trim() ? answer.comment : null,
    language: answer.language ?? null,
    channel: answer.channel ?? "api",
    at,
    // One object where the answer adds none, so that an import writes it as JSON once.
    traits: answer.traits
      ? { ...answer.customer?.traits, ...answer.traits }
      : (answer.customer?.traits ?? {}),
    weight: answer.weight ?? null,
    sourceId: answer.id ?? null,
  };
  return given ? { ...row, given } : row;
}

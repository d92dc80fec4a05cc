import type { Traits } from "../../platform/database/schema.ts";
import { accountIdOf } from "../../collect/customer.ts";
import { type EventProblem, found, plain } from "./event-problem.ts";
import { isReserved, type Said } from "./read-traits.ts";

/** What is stored of somebody whom messages are about, as far as messages change it. */
export interface StoredPerson {
  workspaceId: string;
  id: string;
  accountId: string | null;
  externalId: string | null;
  email: string | null;
  phone: string | null;
  name: string | null;
  language: string | null;
  timeZone: string | null;
  traits: Traits;
  traitsAt: Record<string, string>;
  anonymous: boolean;
  verified: boolean;
}

/** The same of an account. */
export interface StoredAccount {
  workspaceId: string;
  key: string;
  name: string | null;
  traits: Traits;
  traitsAt: Record<string, string>;
}

type Column = "accountId" | "externalId" | "email" | "phone" | "name" | "language" | "timeZone";

/** What changes of a stored row: null where nothing does. */
export interface Changes {
  traits: Traits;
  traitsAt: Record<string, string>;
  columns: Partial<Record<Column, string>>;
}

/** A row as it will be, and what that changes. */
export interface Changing<Row> {
  row: Row;
  isNew: boolean;
  /** As it was read: another transaction must not have changed it since. */
  before: { traitsAt: Record<string, string>; externalId?: string | null };
  changes?: Changes;
}

export type Person = Changing<StoredPerson>;
export type Account = Changing<StoredAccount>;

const mostTraits = 300;

/** A row that is stored. */
export function changing<Row extends StoredPerson | StoredAccount>(row: Row, isNew: boolean): Changing<Row> {
  const before = {
    traitsAt: { ...row.traitsAt },
    ...("externalId" in row && { externalId: row.externalId }),
  };
  return { row: { ...row, traits: { ...row.traits }, traitsAt: { ...row.traitsAt } }, isNew, before };
}

function changesOf(thing: Changing<StoredPerson> | Changing<StoredAccount>): Changes {
  return (thing.changes ??= { traits: {}, traitsAt: {}, columns: {} });
}

/** Whether the word of this time counts: the newest does; of two at the same time the greater, whichever came first. */
function isNewest(
  traitsAt: Record<string, string>,
  name: string,
  at: string,
  value: unknown,
  known: unknown,
): boolean {
  const last = Object.hasOwn(traitsAt, name) ? traitsAt[name] : undefined;
  if (last === undefined || last < at) return true;
  return last === at && value !== known && JSON.stringify(value) > JSON.stringify(known ?? null);
}

function setColumn(thing: Person | Account, column: Column, value: string, at: string): void {
  const row = thing.row as Record<Column, string | null> & StoredAccount;
  const name = nameOfColumn[column];
  // Where there is none, none was forgotten either: any word is the newest.
  if (row[column] !== null && !isNewest(row.traitsAt, name, at, value, row[column])) return;
  row[column] = value;
  row.traitsAt[name] = at;
  const changes = changesOf(thing);
  changes.columns[column] = value;
  changes.traitsAt[name] = at;
}

// In traits_at; the sign keeps the account apart from a trait of that name.
const nameOfColumn: Record<Column, string> = {
  accountId: "$account",
  externalId: "$id",
  email: "email",
  phone: "phone",
  name: "name",
  language: "language",
  timeZone: "timezone",
};

function setTrait(
  thing: Person | Account,
  name: string,
  said: Traits[string],
  at: string,
): EventProblem | undefined {
  const { traits, traitsAt } = thing.row;
  const was = Object.hasOwn(traits, name) ? traits[name] : undefined;
  const value = isReserved(name) ? said : sameType(said, was ?? null);
  if (value === undefined)
    return {
      reason: "trait_changed_type",
      values: { trait: plain(name), was: found(was), found: found(said) },
      kept: true,
    };
  if (!isNewest(traitsAt, name, at, value, was)) return undefined;
  if (was === undefined && Object.keys(traits).length >= mostTraits)
    return { reason: "too_many_traits", values: { most: mostTraits }, kept: true };
  traits[name] = value;
  traitsAt[name] = at;
  const changes = changesOf(thing);
  changes.traits[name] = value;
  changes.traitsAt[name] = at;
  return undefined;
}

/** A value as the type that the trait has; undefined where it cannot be. */
function sameType(value: Traits[string], was: Traits[string]): Traits[string] | undefined {
  if (value === null || was === null || typeof value === typeof was) return value;
  if (typeof was === "string") return String(value);
  if (typeof was === "number" && typeof value === "string" && value.trim() !== "") {
    const number = Number(value);
    return Number.isFinite(number) ? number : undefined;
  }
  if (typeof was === "boolean" && (value === "true" || value === "false")) return value === "true";
  return undefined;
}

/** Keeps what is said of an account. */
export function sayOfAccount(account: Account, said: Said, at: string): EventProblem[] {
  if (said.name !== undefined) setColumn(account, "name", said.name, at);
  return setTraits(account, said.traits, at);
}

function setTraits(thing: Person | Account, traits: Traits, at: string): EventProblem[] {
  return Object.entries(traits).flatMap(([name, value]) => setTrait(thing, name, value, at) ?? []);
}

interface Word {
  at: string;
  trusted: boolean;
  /** Of the addresses said, those that are this person's. */
  owns: { email: boolean; phone: boolean };
}

/** Keeps what is said of a person. What a page or an app says never touches an address of somebody who is verified. */
export function sayOfPerson(person: Person, said: Said, { at, trusted, owns }: Word): EventProblem[] {
  if (trusted) verify(person);
  for (const column of ["name", "language", "timeZone"] as const)
    if (said[column] !== undefined) setColumn(person, column, said[column], at);
  for (const column of ["email", "phone"] as const) {
    const may = trusted ? owns[column] : !person.row.verified;
    if (said[column] !== undefined && may) setColumn(person, column, said[column], at);
  }
  return setTraits(person, said.traits, at);
}

/** Somebody trustworthy speaks of them: an address that was only claimed is forgotten. */
export function verify(person: Person): void {
  const { row } = person;
  if (row.verified) return;
  row.verified = true;
  row.email = null;
  row.phone = null;
  delete row.traitsAt.email;
  delete row.traitsAt.phone;
  changesOf(person);
}

/** They belong to this account. */
export function joinAccount(person: Person, key: string, at: string): void {
  setColumn(person, "accountId", accountIdOf(person.row.workspaceId, key), at);
}

/** They are who the company calls so, by the word of a server or of a page. */
export function giveId(person: Person, userId: string, trusted: boolean): void {
  if (trusted) verify(person);
  person.row.externalId = userId;
  person.row.anonymous = false;
  changesOf(person).columns.externalId = userId;
}

/** Somebody of whom more is known than a browser. */
export function isKnownNow(person: Person): void {
  if (!person.row.anonymous) return;
  person.row.anonymous = false;
  changesOf(person);
}

/** Everything that is said of one person is said of another: they are the same, and the first was never stored. */
export function addPerson({ row: from }: Person, into: Person): void {
  if (from.verified) verify(into);
  for (const column of ["accountId", "email", "phone", "name", "language", "timeZone"] as const) {
    const value = from[column];
    if (value !== null) setColumn(into, column, value, from.traitsAt[nameOfColumn[column]] ?? "");
  }
  for (const [name, value] of Object.entries(from.traits))
    setTrait(into, name, value, from.traitsAt[name] ?? "");
}

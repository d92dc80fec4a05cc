import type { Traits } from "../../platform/database/schema.ts";
import { normaliseEmail, normalisePhone } from "../../collect/customer.ts";
import { isStorable, longest, storableText } from "../../collect/response.ts";
import { LanguageTag } from "../../collect/surveys/survey-content.ts";
import { timeZone } from "../../platform/accounts/workspace.ts";
import { most } from "./event.ts";
import { type EventProblem, found, plain, type ProblemReason, type Wanted } from "./event-problem.ts";
import { readTime } from "./parse-message.ts";

/** What an identify says about a person, or a group about an account. */
export interface Said {
  email?: string;
  phone?: string;
  name?: string;
  language?: string;
  timeZone?: string;
  /** The company that a person belongs to. */
  account?: { id: string; said: Said };
  traits: Traits;
}

type Value = Traits[string];
type Read = (value: unknown) => Value | undefined;

const readText: Read = (value) => (typeof value === "string" && value.trim() ? value.trim() : undefined);
const readNumber: Read = (value) => {
  const number = typeof value === "string" && value.trim() ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) && number >= 0 ? number : undefined;
};
const readMoment: Read = (value) => {
  const time = readTime(value);
  return time === undefined || Math.abs(time) > 8e15 ? undefined : new Date(time).toISOString();
};
const readCurrency: Read = (value) =>
  typeof value === "string" && /^[a-z]{3}$/i.test(value.trim()) ? value.trim().toUpperCase() : undefined;
const zones = new Map<string, boolean>();
const readZone: Read = (value) => {
  if (typeof value !== "string") return undefined;
  const known = zones.get(value) ?? timeZone.safeParse(value).success;
  if (zones.size < 1_000) zones.set(value, known);
  return known ? value : undefined;
};

/** Traits of a fixed meaning, by all the names that senders have for them. */
const reserved: Record<string, { name: string; wanted: Wanted; read: Read }> = {
  plan: { name: "plan", wanted: "text", read: readText },
  owner: { name: "owner", wanted: "text", read: readText },
  seats: { name: "seats", wanted: "number", read: readNumber },
  revenue: { name: "revenue", wanted: "number", read: readNumber },
  currency: { name: "currency", wanted: "currency", read: readCurrency },
  createdAt: { name: "createdAt", wanted: "time", read: readMoment },
  created_at: { name: "createdAt", wanted: "time", read: readMoment },
  churnedAt: { name: "churnedAt", wanted: "time", read: readMoment },
  churned_at: { name: "churnedAt", wanted: "time", read: readMoment },
};

/** Whether a trait has a fixed meaning, and hence a type of its own. */
export function isReserved(name: string): boolean {
  return Object.hasOwn(reserved, name);
}

/** What is kept in columns of its own. */
const columns: Record<string, { name: keyof Omit<Said, "account" | "traits">; wanted: Wanted; read: Read }> =
  {
    email: {
      name: "email",
      wanted: "email",
      read: (value) =>
        typeof value === "string" &&
        /^\s*[^\s@]+@[^\s@]+\s*$/.test(value) &&
        value.length <= longest.email &&
        isStorable(value)
          ? normaliseEmail(value)
          : undefined,
    },
    phone: {
      name: "phone",
      wanted: "phone",
      read: (value) =>
        typeof value === "string" && value.length <= longest.phone && /\d/.test(value)
          ? normalisePhone(value)
          : undefined,
    },
    name: { name: "name", wanted: "text", read: readText },
    language: {
      name: "language",
      wanted: "language",
      read: (value) => LanguageTag.safeParse(value).data,
    },
    timezone: { name: "timeZone", wanted: "timezone", read: readZone },
    timeZone: { name: "timeZone", wanted: "timezone", read: readZone },
    time_zone: { name: "timeZone", wanted: "timezone", read: readZone },
  };
const columnsOfAccounts: typeof columns = { name: columns.name! };

/**
 * Reads the traits of a person or an account. What does not fit is left out, with the problem it is; objects become
 * traits with a dot in their name, lists of plain values one text.
 */
export function readTraits(
  sent: Record<string, unknown>,
  whose: "person" | "account",
  problems: EventProblem[],
): Said {
  const said: Said = { traits: {} };
  const traits = new Map<string, Value>();
  const note = (reason: ProblemReason, values: EventProblem["values"]) =>
    problems.push({ reason, values, kept: true });
  const ownColumns = whose === "person" ? columns : columnsOfAccounts;

  const take = (name: string, value: unknown): void => {
    const column = Object.hasOwn(ownColumns, name) ? ownColumns[name] : undefined;
    const meant = column ?? (Object.hasOwn(reserved, name) ? reserved[name] : undefined);
    if (meant) {
      if (value === null || value === undefined || value === "") {
        // "No longer": of a column nothing is, because an address is not forgotten by leaving it out.
        if (!column && value === null) traits.set(meant.name, null);
        return;
      }
      const read = meant.read(value);
      if (read === undefined) note("not_a_trait", { trait: name, found: found(value), wanted: meant.wanted });
      else if (typeof read === "string" && read.length > longest.name)
        note("trait_too_long", { trait: name, most: longest.name });
      else if (column) said[column.name] = storableText(String(read));
      else traits.set(meant.name, typeof read === "string" ? storableText(read) : read);
    } else takePlain(name, value, 0);
  };

  const takePlain = (name: string, value: unknown, depth: number): void => {
    if (isObject(value) && depth < 3) {
      for (const [part, each] of Object.entries(value)) takePlain(`${name}.${part}`, each, depth + 1);
      return;
    }
    if (isWrongName(name)) return void note("not_a_trait_name", { trait: found(name) });
    const read = readPlain(value);
    if (read === undefined)
      return void note("not_a_trait", { trait: plain(name), found: found(value), wanted: "plain" });
    if (typeof read === "string" && read.length > most.traitValue)
      return void note("trait_too_long", { trait: plain(name), most: most.traitValue });
    if (traits.size >= most.traits && !traits.has(name))
      return void note("too_many_traits", { most: most.traits });
    traits.set(name, read);
  };

  for (const [name, value] of Object.entries(sent)) {
    if (name === "company" && whose === "person" && isObject(value)) takeCompany(said, value, problems);
    else if (value !== undefined) take(name.trim(), value);
  }
  if (whose === "person" && said.name === undefined) {
    const name = [sent.firstName, sent.lastName].filter((part) => typeof part === "string").join(" ");
    if (name.trim() && name.length <= longest.name) said.name = storableText(name.trim());
  }
  said.traits = Object.fromEntries(traits);
  return said;
}

function takeCompany(said: Said, company: Record<string, unknown>, problems: EventProblem[]): void {
  const { id, ...rest } = company;
  const key = typeof id === "number" ? String(id) : typeof id === "string" ? id.trim() : "";
  if (key === "" || key.length > most.id || !isStorable(key))
    problems.push({
      reason: "not_a_trait",
      values: { trait: "company.id", found: found(id), wanted: "text" },
      kept: true,
    });
  else said.account = { id: key, said: readTraits(rest, "account", problems) };
}

function isWrongName(name: string): boolean {
  return (
    name === "" ||
    name.length > most.traitKey ||
    !isStorable(name) ||
    name.split(".").some((part) => part === "__proto__" || part === "")
  );
}

function readPlain(value: unknown): Value | undefined {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value === "string") return storableText(value);
  if (value instanceof Date) return readMoment(value);
  if (Array.isArray(value) && value.every((each) => ["string", "number", "boolean"].includes(typeof each)))
    return storableText(value.join(", "));
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

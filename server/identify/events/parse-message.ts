import { type Clock } from "../../platform/clock.ts";
import { newId } from "../../platform/ids.ts";
import { type MessageType, messageTypes, most, type TrackingMessage } from "./event.ts";
import { type EventProblem, found, type ProblemReason } from "./event-problem.ts";

/** What is known of a request besides its messages. */
export interface Arrival {
  receivedAt: Date;
  /** When the sender sent it, by the sender's own clock. */
  sentAt?: unknown;
  /** By the address of a request with one message. */
  type?: MessageType;
  /** Events before this are not kept. */
  keptFrom: Date;
  monthsKept: number;
}

type Sent = Record<string, unknown>;

class Wrong extends Error {
  readonly problem: EventProblem;
  constructor(reason: ProblemReason, values: EventProblem["values"] = {}) {
    super(reason);
    this.problem = { reason, values, kept: false };
  }
}

/** Reads one message in the form of Segment's specification; gives the first thing that is wrong with it instead. */
export function parseMessage(
  sent: unknown,
  arrival: Arrival,
  clock: Clock,
): TrackingMessage | { problem: EventProblem } {
  try {
    return parse(sent, arrival, clock);
  } catch (error) {
    if (error instanceof Wrong) return { problem: error.problem };
    throw error;
  }
}

function parse(sent: unknown, arrival: Arrival, clock: Clock): TrackingMessage {
  if (!isObject(sent)) throw new Wrong("not_an_object", { field: "message", found: found(sent) });
  const type = arrival.type ?? sent.type;
  if (!isType(type)) throw new Wrong("unknown_type", { found: found(type) });
  const message: TrackingMessage = {
    type,
    messageId: idIn(sent, "messageId") ?? newId(clock),
    at: timeOf(type, sent, arrival),
  };
  for (const field of ["userId", "anonymousId", "previousId", "groupId"] as const) {
    const id = idIn(sent, field);
    if (id !== undefined) message[field] = id;
  }
  if (type === "alias") requireIds(message, "previousId", "no_previous_id");
  if (type === "group") requireIds(message, "groupId", "no_group_id");
  if (message.userId === undefined && message.anonymousId === undefined) throw new Wrong("no_one");
  const about = type === "identify" || type === "group" ? "traits" : "properties";
  for (const field of [about, "context"] as const) {
    const value = objectIn(sent, field);
    if (value) message[field] = value;
  }
  // The SDK of RudderStack identifies by these; and an event may say whose it is by an address, too.
  const more = type === "group" || type === "alias" ? undefined : message.context?.traits;
  if (isObject(more)) message.traits = { ...more, ...message.traits };
  const name = nameOf(type, sent, message.properties);
  if (name !== undefined) message.name = name;
  return message;
}

function requireIds(message: TrackingMessage, field: "previousId" | "groupId", reason: ProblemReason): void {
  if (message[field] === undefined) throw new Wrong(reason);
}

function isObject(value: unknown): value is Sent {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isType(type: unknown): type is MessageType {
  return (messageTypes as readonly unknown[]).includes(type);
}

/** Numbers are taken, because many databases have numbers for ids. */
function idIn(sent: Sent, field: string): string | undefined {
  const value = sent[field];
  if (value === undefined || value === null || value === "") return undefined;
  const text = typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== "string") throw new Wrong("not_an_id", { field, found: found(value) });
  const id = text.trim();
  if (id === "") return undefined;
  if (id.length > most.id) throw new Wrong("id_too_long", { field, most: most.id });
  if (!id.isWellFormed() || id.includes("\u0000")) throw new Wrong("id_not_storable", { field });
  return id;
}

function objectIn(sent: Sent, field: string): Sent | undefined {
  const value = sent[field];
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw new Wrong("not_an_object", { field, found: found(value) });
  return value;
}

function nameOf(type: MessageType, sent: Sent, properties: Sent | undefined): string | undefined {
  if (type === "track") {
    const name = nameIn(sent.event, "event");
    if (name === undefined) throw new Wrong("no_name");
    return name;
  }
  if (type !== "page" && type !== "screen") return undefined;
  return nameIn(sent.name ?? properties?.name, "name") ?? (type === "page" ? "Page" : "Screen");
}

function nameIn(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw new Wrong("not_a_name", { field, found: found(value) });
  const name = (isPlain(value) ? value : value.toWellFormed().replaceAll(/\p{Cc}+/gu, " ")).trim();
  if (name.length > most.name) throw new Wrong("name_too_long", { field, most: most.name });
  return name === "" ? undefined : name;
}

const isPlain = (text: string) => text.isWellFormed() && !/\p{Cc}/u.test(text);

const dayInMilliseconds = 24 * 3600 * 1000;

/**
 * When it happened by our clock: as long before the arrival as the sender's clock says it was before the sending.
 * Events must lie in the time for which events are kept; other messages may be older.
 */
function timeOf(type: MessageType, sent: Sent, { receivedAt, sentAt, keptFrom, monthsKept }: Arrival): Date {
  const said = sent.timestamp ?? sent.originalTimestamp;
  if (said === undefined || said === null || said === "") return receivedAt;
  const time = readTime(said);
  if (time === undefined) throw new Wrong("bad_time", { found: found(said) });
  const left = readTime(sent.sentAt ?? sentAt);
  const at = left === undefined ? time : receivedAt.getTime() - (left - time);
  if (at > receivedAt.getTime() + most.daysAhead * dayInMilliseconds)
    throw new Wrong("in_future", { found: found(said) });
  const isEvent = type === "track" || type === "page" || type === "screen";
  if (at < (isEvent ? keptFrom.getTime() : 0))
    throw new Wrong("too_old", { found: found(said), months: monthsKept });
  return new Date(Math.min(at, receivedAt.getTime()));
}

/** Milliseconds since 1970 of a time as programs write it: ISO 8601, or milliseconds or seconds as a number. */
export function readTime(value: unknown): number | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.getTime();
  if (typeof value === "number" && Number.isFinite(value))
    return Math.abs(value) < 1e11 ? Math.round(value * 1000) : Math.round(value);
  // As nearly all clients write it.
  if (typeof value === "string" && value.length === 24 && value.endsWith("Z")) {
    const time = Date.parse(value);
    return Number.isNaN(time) ? undefined : time;
  }
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d/.test(value)) return undefined;
  const text = /T.*\d$/.test(value) && !/[+-]\d\d:?\d\d$/.test(value) ? `${value}Z` : value;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

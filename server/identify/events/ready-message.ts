import { idOf } from "../../platform/ids.ts";
import type { EventSource, TrackingMessage } from "./event.ts";
import { most } from "./event.ts";
import { type EventProblem, type FoundProblem, payloadOf } from "./event-problem.ts";
import { jsonText } from "./json-text.ts";
import { type Purchase, readPurchase } from "./read-purchase.ts";
import { readTraits, type Said } from "./read-traits.ts";
import { keysOfMessage, type MessageKeys, noKeys } from "./message-keys.ts";

/** A message on its way into the database: what it says is read. */
export interface ReadyMessage {
  workspaceId: string;
  source: Required<EventSource>;
  /** Of its event, and of its name among the messages that were stored. */
  id: string;
  message: TrackingMessage;
  /** When it happened, as text. */
  at: string;
  keys: MessageKeys;
  said?: Said;
  account?: { id: string; said: Said };
  event?: { name: string; properties: string; context: string; purchase?: Purchase };
  /** What was left out of it. */
  problems: FoundProblem[];
}

const mostProblems = 20;
const none: FoundProblem[] = [];

/** The id of a message that its sender has named; the same name is the same message. */
export function eventIdOf(workspaceId: string, messageId: string): string {
  return idOf(workspaceId, "event", messageId);
}

/** Reads what a message says; gives the problem that makes it unusable instead. */
export function readyMessage(
  workspaceId: string,
  message: TrackingMessage,
  source: Required<EventSource>,
): ReadyMessage | FoundProblem {
  const problems: EventProblem[] = [];
  const ready: ReadyMessage = {
    workspaceId,
    source,
    id: eventIdOf(workspaceId, message.messageId),
    message,
    at: message.at.toISOString(),
    keys: noKeys,
    problems: none,
  };
  const { type, traits } = message;
  if (type === "group") {
    ready.account = { id: message.groupId ?? "", said: readTraits(traits ?? {}, "account", problems) };
  } else if (type === "identify" || traits) {
    const said = readTraits(traits ?? {}, "person", problems);
    ready.said = said;
    if (said.account) ready.account = said.account;
  }
  if (type === "track" || type === "page" || type === "screen") {
    const refused = readEvent(ready, problems);
    if (refused) return { ...refused, payload: payloadOf(message) };
  }
  if (message.traits && isTooLarge(message)) return { ...tooLarge(message), payload: payloadOf(message) };
  ready.keys = keysOfMessage(message, source.trusted, ready.said);
  if (problems.length > 0) {
    const payload = payloadOf(message);
    ready.problems = problems.slice(0, mostProblems).map((problem) => Object.assign(problem, { payload }));
  }
  return ready;
}

/** @returns why the event cannot be stored, if it cannot */
function readEvent(ready: ReadyMessage, problems: EventProblem[]): EventProblem | undefined {
  const { message } = ready;
  const { name = "", properties = {} } = message;
  const write = (field: "properties" | "context", value: Record<string, unknown>) =>
    jsonText(value, () => problems.push({ reason: "cleaned", values: { field }, kept: true }));
  const text = write("properties", properties);
  const context = write("context", keptContext(message.context));
  if (text === undefined || context === undefined) {
    const field = text === undefined ? "properties" : "context";
    return { reason: "too_deep", values: { field, most: most.depth }, kept: false };
  }
  if (text.length + context.length > surelySmall && isTooLarge(message)) return tooLarge(message);
  ready.event = { name, properties: text, context };
  const purchase = message.type === "track" ? readPurchase(name, properties, problems) : undefined;
  if (purchase) ready.event.purchase = purchase;
  return undefined;
}

// A character has at most three bytes in UTF-8, and the rest of a message is short.
const surelySmall = most.eventBytes / 4;

function bytesOf(message: TrackingMessage): number {
  return Buffer.byteLength(JSON.stringify(message));
}

const isTooLarge = (message: TrackingMessage) => bytesOf(message) > most.eventBytes;

function tooLarge(message: TrackingMessage): EventProblem {
  const values = { kilobytes: Math.ceil(bytesOf(message) / 1024), most: most.eventBytes / 1024 };
  return { reason: "event_too_large", values, kept: false };
}

const keptOfContext = ["app", "campaign", "library", "locale", "os", "page", "timezone"];

/** Where something happened, as far as it says nothing about a person: no network address, no device, no traits. */
function keptContext(context: Record<string, unknown> | undefined): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  if (!context) return kept;
  for (const name of keptOfContext) if (context[name] !== undefined) kept[name] = context[name];
  return kept;
}

import { idOf } from "../../platform/ids.ts";
import type { EventSource, TrackingMessage } from "./event.ts";
import { most } from "./event.ts";
import { type EventProblem, type FoundProblem, payloadOf } from "./event-problem.ts";
import { jsonText } from "./json-text.ts";
import { type Purchase, readPurchase } from "./read-purchase.ts";
import { readTraits, type Said } from "./read-traits.ts";

/** A message on its way into the database: what it says is read. */
export interface ReadyMessage {
  workspaceId: string;
  source: Required<EventSource>;
  /** Of its event, and of its name among the messages that were stored. */
  id: string;
  message: TrackingMessage;
  said?: Said;
  account?: { id: string; said: Said };
  event?: { name: string; properties: string; context: string; purchase?: Purchase };
  /** What was left out of it. */
  problems: FoundProblem[];
}

const mostProblems = 20;

/** The id of a message that its sender has named; the same name is the same message. */
export function eventIdOf(workspaceId: string, messageId: string): string {
  return idOf(workspaceId, "event", messageId);
}

/** Reads what a message says; gives the problem that makes it unusable instead. */
export function readyMessage(
  workspaceId: string,
  message: TrackingMessage,
  { writeKeyId = null, trusted, inTheMaking = false }: EventSource,
): ReadyMessage | FoundProblem {
  const problems: EventProblem[] = [];
  const ready: ReadyMessage = {
    workspaceId,
    source: { writeKeyId, trusted, inTheMaking },
    id: eventIdOf(workspaceId, message.messageId),
    message,
    problems: [],
  };
  if (message.type === "identify") {
    const said = readTraits(message.traits ?? {}, "person", problems);
    ready.said = said;
    if (said.account) ready.account = said.account;
  } else if (message.type === "group") {
    ready.account = {
      id: message.groupId ?? "",
      said: readTraits(message.traits ?? {}, "account", problems),
    };
  } else if (message.type !== "alias") {
    const refused = readEvent(ready, problems);
    if (refused) return { ...refused, payload: payloadOf(message) };
  }
  if (problems.length > 0) {
    const payload = payloadOf(message);
    ready.problems = problems.slice(0, mostProblems).map((problem) => Object.assign(problem, { payload }));
  }
  return ready;
}

/** @returns why the event cannot be stored, if it cannot */
function readEvent(ready: ReadyMessage, problems: EventProblem[]): EventProblem | undefined {
  const { name = "", properties = {}, context = {} } = ready.message;
  const texts = { properties: jsonText(properties), context: jsonText(keptContext(context)) };
  for (const field of ["properties", "context"] as const) {
    const text = texts[field];
    if (!text) return { reason: "too_deep", values: { field, most: most.depth }, kept: false };
    if (text.cleaned) problems.push({ reason: "cleaned", values: { field }, kept: true });
  }
  ready.event = { name, properties: texts.properties!.text, context: texts.context!.text };
  const purchase = ready.message.type === "track" ? readPurchase(name, properties, problems) : undefined;
  if (purchase) ready.event.purchase = purchase;
  return undefined;
}

const keptOfContext = ["app", "campaign", "library", "locale", "os", "page", "timezone"];

/** Where something happened, as far as it says nothing about a person: no network address, no device, no traits. */
function keptContext(context: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name of keptOfContext) if (context[name] !== undefined) kept[name] = context[name];
  return kept;
}

import { Refusal } from "../../platform/errors.ts";
import type { Resources } from "../../platform/resources.ts";
import { type MessageType, most, type TrackingMessage } from "./event.ts";
import { type EventProblem, found, type FoundProblem, payloadOf } from "./event-problem.ts";
import type { Sender } from "./find-write-key.ts";
import { type Arrival, parseMessage } from "./parse-message.ts";
import type { EventRecorder } from "./record-events.ts";
import { keptFrom } from "./retention.ts";

/** What became of a request: what was wrong with which of its messages, and how many are stored, now or before. */
export interface Received {
  refused: { index: number; problem: EventProblem }[];
  accepted: number;
}

/**
 * Reads the messages of one request and records them.
 * @param request.type of the one message that the request is; absent for a batch
 * @throws Refusal where the request as a whole cannot be read
 */
export async function receiveMessages(
  { clock, config }: Pick<Resources, "clock" | "config">,
  recorder: EventRecorder,
  { workspaceId, writeKeyId, trusted }: Sender,
  { sent, type }: { sent: Record<string, unknown>; type: MessageType | undefined },
): Promise<Received> {
  const receivedAt = clock.now();
  const arrival: Arrival = {
    receivedAt,
    sentAt: sent.sentAt,
    keptFrom: keptFrom(receivedAt, config.eventMonths),
    monthsKept: config.eventMonths,
    ...(type !== undefined && { type }),
  };
  const messages: TrackingMessage[] = [];
  const places: number[] = [];
  const refused: Received["refused"] = [];
  const found: FoundProblem[] = [];
  for (const [index, each] of (type === undefined ? batchOf(sent) : [sent]).entries()) {
    const read = parseMessage(each, arrival, clock);
    if ("problem" in read) {
      refused.push({ index, problem: read.problem });
      found.push({ ...read.problem, payload: payloadOf(withoutKey(each)) });
    } else {
      messages.push(read);
      places.push(index);
    }
  }
  const outcomes = await recorder.record(workspaceId, messages, { writeKeyId, trusted }, found);
  for (const [i, outcome] of outcomes.entries())
    if (typeof outcome !== "string") refused.push({ index: places[i]!, problem: outcome });
  refused.sort((a, b) => a.index - b.index);
  return { refused, accepted: outcomes.filter((outcome) => typeof outcome === "string").length };
}

function batchOf(sent: Record<string, unknown>): unknown[] {
  const { batch } = sent;
  if (!Array.isArray(batch))
    throw new Refusal("bad_request", `batch: is ${found(batch)}; send a list of messages.`, {
      reason: "no_batch",
    });
  if (batch.length > most.batch)
    throw new Refusal(
      "bad_request",
      `batch: has ${batch.length} messages; send at most ${most.batch.toLocaleString("en")} at once.`,
      { reason: "batch_too_long", values: { most: most.batch } },
    );
  return batch;
}

/** What is shown on the page of events holds no key. */
function withoutKey(sent: unknown): unknown {
  if (typeof sent !== "object" || sent === null || !("writeKey" in sent)) return sent;
  const { writeKey: _, ...rest } = sent;
  return rest;
}

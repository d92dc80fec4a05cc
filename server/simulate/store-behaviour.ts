import type { EventRecorder } from "../identify/events/record-events.ts";
import type { SimulatedEvent } from "./behaviour/simulate-behaviour.ts";

interface StoreOptions {
  signal?: AbortSignal | undefined;
  /** The row of the workspace is still to come. */
  inTheMaking?: boolean;
}

const batch = 1_500;
const atOnce = 2;

/** Stores what the customers of a simulated company did, about in the given order; what is stored already stays as it is. */
export async function storeBehaviour(
  recorder: EventRecorder,
  workspaceId: string,
  events: Iterable<SimulatedEvent>,
  { signal, inTheMaking = false }: StoreOptions = {},
): Promise<void> {
  const source = { trusted: true, inTheMaking };
  const underway: Promise<unknown>[] = [];
  for (const some of inBatches(events)) {
    signal?.throwIfAborted();
    if (underway.length === atOnce) await underway.shift();
    const stored = recorder.record(workspaceId, some, source);
    // Whoever waits for it learns of its failure; until then nobody has to.
    stored.catch(() => {});
    underway.push(stored);
    // Others have their turn: making events keeps the process busy.
    await new Promise((next) => setImmediate(next));
  }
  await Promise.all(underway);
}

function* inBatches(events: Iterable<SimulatedEvent>): Generator<SimulatedEvent[]> {
  let some: SimulatedEvent[] = [];
  for (const event of events) {
    some.push(event);
    if (some.length < batch) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

import { setTimeout as wait } from "node:timers/promises";
import RudderAnalytics from "@rudderstack/rudder-sdk-node";
import { Analytics } from "@segment/analytics-node";

const pause = 15;
const people = 40;

/** What became of the events that a program handed to a client. */
export interface Tracked {
  /** Those the client says it delivered. */
  delivered: string[];
  /** Those it gave up after its own retries, and said so. */
  givenUp: string[];
  /** How often it tried again. */
  retries: number;
}

/**
 * Two programs that tell what customers did all the time, one by the client of Segment for Node and one by that of RudderStack:
 * unchanged but for the host, with retries that outlast a restart. Of RudderStack's three by default, of a second and a half,
 * programs would lose what happens while a server starts.
 */
export function trackBySdks(host: string, key: string) {
  const stopping = new AbortController();
  const running = [bySegment(host, key, stopping.signal), byRudderStack(host, key, stopping.signal)];
  return {
    /** Stops after what is under way is delivered or given up. */
    async finish(): Promise<Tracked[]> {
      stopping.abort();
      return Promise.all(running);
    },
  };
}

/** One event after the other, each with a number and somebody known. */
async function eventsUntil(
  signal: AbortSignal,
  name: string,
  track: (event: { userId: string; event: string; properties: { sent: string } }) => void,
): Promise<number> {
  let n = 0;
  for (; !signal.aborted; n++) {
    const sent = `${name} ${String(n).padStart(6, "0")}`;
    track({ userId: `user-${n % people}`, event: `Event ${(n % 5) + 1}`, properties: { sent } });
    await wait(pause);
  }
  return n;
}

async function bySegment(host: string, key: string, signal: AbortSignal): Promise<Tracked> {
  const tracked: Tracked = { delivered: [], givenUp: [], retries: 0 };
  const client = new Analytics({ writeKey: key, host, maxRetries: 20, flushInterval: 500 });
  // Without a listener, what it gives up would end this process.
  client.on("error", () => {});
  client.on("http_request", ({ headers }) => (tracked.retries += Number("X-Retry-Count" in (headers ?? {}))));
  await eventsUntil(signal, "segment", (event) =>
    client.track(event, (error) =>
      (error === undefined ? tracked.delivered : tracked.givenUp).push(event.properties.sent),
    ),
  );
  await client.closeAndFlush({ timeout: 120_000 });
  return tracked;
}

async function byRudderStack(host: string, key: string, signal: AbortSignal): Promise<Tracked> {
  const tracked: Tracked = { delivered: [], givenUp: [], retries: 0 };
  const client = new RudderAnalytics(key, {
    dataPlaneUrl: host,
    flushInterval: 500,
    retryCount: 12,
    axiosRetryConfig: { onRetry: () => (tracked.retries += 1) },
    errorHandler: () => {},
    logLevel: "none",
  });
  const handed = await eventsUntil(signal, "rudderstack", (event) =>
    client.track(event, (error?: unknown) =>
      (error === undefined ? tracked.delivered : tracked.givenUp).push(event.properties.sent),
    ),
  );
  while (tracked.delivered.length + tracked.givenUp.length < handed) {
    await client.flush();
    await wait(pause);
  }
  return tracked;
}

import type { Socket } from "node:net";
import pg from "pg";
import { startServer } from "../../server/main.ts";
import { createApiKey } from "../../server/platform/accounts/create-api-key.ts";
import { createOwnerAndWorkspace } from "../../server/platform/accounts/create-owner-and-workspace.ts";
import { createWriteKey } from "../../server/identify/events/create-write-key.ts";
import { readConfig } from "../../server/platform/config.ts";
import { scopes } from "../../server/platform/http/router.ts";

/** What the process of the server tells the bench when it serves. */
export interface Served {
  url: string;
  databaseUrl: string;
  workspaceId: string;
  key: string;
  /** Of a server that sends events. */
  writeKey: string;
}

/** Round trips to the database: of recording, and of everything else (API keys, surveys, jobs, folding). */
export interface RoundTrips {
  recording: number;
  other: number;
}

/** What the process has done so far. */
export interface Spent extends RoundTrips {
  /** Milliseconds of processor time. */
  processor: number;
  /** Bytes of memory it has now. */
  rss: number;
}

const trips: RoundTrips = { recording: 0, other: 0 };
countRoundTrips();

// A process of its own, as in life: DATA_DIR, PORT and the rest come from the environment.
const { url, resources } = await startServer(readConfig(process.env));
const { database, clock } = resources;
const { workspaceId } = await createOwnerAndWorkspace(database.db, clock, {
  name: "Bench",
  email: "bench@example.com",
  password: "only for this run",
  workspaceName: "Bench",
});
const { key } = await createApiKey(database.db, clock, workspaceId, { name: "bench", scopes });
const { key: writeKey } = await createWriteKey(database.db, clock, workspaceId, {
  name: "bench",
  trusted: true,
});
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({
    ...trips,
    processor: (user + system) / 1000,
    rss: process.memoryUsage.rss(),
  } satisfies Spent);
});
process.send?.({ url, databaseUrl: database.url, workspaceId, key, writeKey } satisfies Served);

/** A round trip: something is sent on a connection that has received something since the last time. */
function countRoundTrips(): void {
  const { prototype } = pg.Client;
  const connect = Reflect.get(prototype, "connect") as (...args: unknown[]) => unknown;
  const connectAndCount = function (this: Connected, ...args: unknown[]) {
    const { stream } = this.connection;
    const kind = this.pipeline ? "recording" : "other";
    let sending = false;
    // Not earlier: when it connects, a socket puts its own `write` back.
    stream.once("connect", () => {
      const write = stream.write.bind(stream);
      stream.write = ((...args: Parameters<typeof write>) => {
        if (!sending) trips[kind]++;
        sending = true;
        return write(...args);
      }) as typeof stream.write;
    });
    stream.prependListener("data", () => (sending = false));
    return connect.apply(this, args);
  };
  Reflect.set(prototype, "connect", connectAndCount);
}

/** The parts of a connection that `pg` does not declare. */
type Connected = pg.Client & { connection: { stream: Socket }; pipeline: boolean };

import { connect, createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { expect, onTestFinished, test, vi } from "vitest";
import { newApiClient } from "../../../test/api-client.ts";
import { bareWorkspace } from "../../../test/bare-workspace.ts";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import { createApp } from "../../app.ts";
import { newResponseRecorder } from "../../collect/record-responses.ts";
import { NewResponse } from "../../collect/response.ts";
import { openDatabase } from "./open.ts";
import { holdWorkspaceAlone } from "./workspace-lock.ts";

type Patience = NonNullable<NonNullable<Parameters<typeof openDatabase>[1]>["patience"]>;

function openImpatient(nines: TestApp, patience: Patience, url = nines.url) {
  const database = openDatabase(url, { patience });
  onTestFinished(() => database.close());
  return database;
}

/** Keeps everybody from the responses until it is called. */
async function blockResponses({ pool }: TestApp): Promise<() => Promise<void>> {
  const client = await pool.connect();
  await client.query("begin; lock table responses in access exclusive mode");
  return async () => {
    await client.query("rollback");
    client.release();
  };
}

test("a page that takes too long is given up with a sentence, while other work takes its time", async () => {
  const nines = await newTestApp();
  const { key } = await newApiClient(nines);
  const database = openImpatient(nines, { read: 100 });
  const app = createApp({ ...nines.resources, database });
  const ask = (path: string) =>
    app.request(`/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } });
  await nines.pool.query(
    "insert into surveys (workspace_id, id, name, question) select id, id, 'S', '?' from workspaces",
  );
  const unblock = await blockResponses(nines);
  for (const path of ["/responses", "/responses?text=slow", "/overview"]) {
    const response = await ask(path);
    expect(response.status, path).toBe(503);
    expect(await response.json()).toMatchObject({
      error: { message: "This took too long and was stopped; narrow the dates or the text." },
    });
  }
  await unblock();
  expect((await ask("/responses")).status).toBe(200);
  await sql`select pg_sleep(0.3)`.execute(database.db);
});

test("two searches through texts run at once, more wait, and a score is read meanwhile", async () => {
  const nines = await newTestApp();
  const { ask } = await newApiClient(nines);
  await ask("POST", "/responses", { score: 9, comment: "a needle" });
  const unblock = await blockResponses(nines);
  const searches = Promise.all(
    Array.from({ length: 24 }, () => ask<{ items: object[] }>("GET", "/responses?text=needle")),
  );
  const waiting = async () => {
    const { rows } = await nines.pool.query<{ n: number }>(
      "select count(*) as n from pg_locks where relation = 'responses'::regclass and not granted",
    );
    return rows[0]!.n;
  };
  await vi.waitUntil(async () => (await waiting()) === 2);
  for (let i = 0; i < 10; i++) expect(await ask("GET", "/score")).toMatchObject({ n: 1 });
  expect(await waiting()).toBe(2);
  await unblock();
  for (const { items } of await searches) expect(items).toHaveLength(1);
});

test("an answer does not wait for ever for a workspace that is held, and can be sent again", async () => {
  const nines = await newTestApp();
  const workspaceId = await bareWorkspace(nines);
  const database = openImpatient(nines, { lock: 100 });
  const recorder = newResponseRecorder({ ...nines.resources, database });
  const answers = [NewResponse.parse({ score: 9, customer: { id: "ada" } })];
  await recorder.record(workspaceId, answers);
  const holder = await nines.pool.connect();
  await holder.query("begin");
  await holdWorkspaceAlone(holder, workspaceId);
  await expect(recorder.record(workspaceId, answers)).rejects.toMatchObject({ code: "55P03" });
  await holder.query("commit");
  holder.release();
  await recorder.record(workspaceId, answers);
  expect((await nines.pool.query("select id from responses")).rows).toHaveLength(2);
});

test("a connection that hangs is given up, and the next answer takes another", async () => {
  const nines = await newTestApp();
  const workspaceId = await bareWorkspace(nines);
  const proxy = await hangingProxy(nines.url);
  const database = openImpatient(nines, { answer: 300 }, proxy.url);
  const recorder = newResponseRecorder({ ...nines.resources, database });
  const answers = [NewResponse.parse({ id: "a", score: 9 })];
  await recorder.record(workspaceId, [NewResponse.parse({ score: 9 })]);
  proxy.hang();
  await expect(recorder.record(workspaceId, answers)).rejects.toMatchObject({
    code: "busy",
    options: { reason: "unconfirmed" },
  });
  await recorder.record(workspaceId, answers);
});

/** Stands between a client and PostgreSQL; connections that are open when it hangs hear nothing any more. */
async function hangingProxy(to: string): Promise<{ url: string; hang: () => void }> {
  const { hostname, port } = new URL(to);
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const [from, into] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(from);
      from.pipe(into);
      from.on("error", () => {});
      from.on("close", () => into.destroy());
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const url = new URL(to);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.toString(),
    hang: () => {
      for (const socket of open) socket.unpipe().pause();
    },
  };
}

test("a transaction whose owner is silent is ended, so that its locks go", async () => {
  const nines = await newTestApp();
  const { pool } = openImpatient(nines, { idleTransaction: 100 });
  const client = await pool.connect();
  await client.query("begin");
  const ended = new Promise((done) => client.once("end", done));
  await ended;
  client.release(true);
  expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
});

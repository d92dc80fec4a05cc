import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { runNines } from "../test/run-nines.ts";
import { type Nines, startNines } from "../test/start-nines.ts";

// Each test starts processes, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
let apiKey: string;
const env: Record<string, string> = { PORT: "0", LOG_LEVEL: "silent" };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nines-main-"));
  env.DATA_DIR = join(folder, "data");
  const init = [
    "init",
    "--workspace",
    "Acme",
    "--email",
    "a@acme.example",
    "--password",
    "long enough",
    "--json",
  ];
  ({ apiKey } = JSON.parse((await runNines(init, { env })).stdout) as { apiKey: string });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const headers = () => ({ authorization: `Bearer ${apiKey}`, "content-type": "application/json" });

async function store(nines: Nines, id: string): Promise<number> {
  const body = JSON.stringify({ id, score: 8 });
  const answer = await fetch(`${nines.url}/api/v1/responses`, { method: "POST", headers: headers(), body });
  await answer.text();
  return answer.status;
}

async function count(nines: Nines): Promise<number> {
  const answer = await fetch(`${nines.url}/api/v1/score`, { headers: headers() });
  return ((await answer.json()) as { n: number }).n;
}

test("standard output is one line with the address; a second start is refused; SIGTERM ends with code 0", async () => {
  const nines = await startNines(env);
  expect(nines.output.stdout).toBe(`Nines is at ${nines.url}\n`);

  const second = await runNines(["serve"], { env });
  expect(second).toMatchObject({ code: 1, stdout: "" });
  expect(second.stderr).toMatch(
    /^Another Nines \(process \d+\) is already running on .+\. Stop it first, or set DATA_DIR to another folder\.\n$/,
  );

  const port = new URL(nines.url).port;
  const taken = await runNines(["serve"], { env: { ...env, PORT: port, DATA_DIR: join(folder, "other") } });
  expect(taken).toMatchObject({
    code: 1,
    stdout: "",
    stderr: `Port ${port} is already in use by another program. Stop that program, or set PORT to another port.\n`,
  });

  expect(await nines.stop()).toBe(0);
});

test("a request in flight is finished after SIGTERM, a new one is not accepted", async () => {
  const nines = await startNines(env);
  const slow = request(`${nines.url}/api/v1/responses`, { method: "POST", headers: headers() });
  const answered = once(slow, "response") as Promise<[IncomingMessage]>;
  slow.write('{"id": "slow", ');
  await wait(500);
  const ended = nines.stop("SIGTERM");
  await wait(500);
  await expect(fetch(`${nines.url}/healthz`)).rejects.toThrow("fetch failed");
  slow.end('"score": 9}');
  const [answer] = await answered;
  answer.resume();
  expect(answer.statusCode).toBe(201);
  expect(await ended).toBe(0);

  const next = await startNines(env);
  expect(await count(next)).toBe(1);
  await next.stop();
});

test("after kill -9 of the server the next start recovers, and what was acknowledged is there", async () => {
  const nines = await startNines(env);
  const before = await count(nines);
  for (const id of ["k1", "k2", "k3"]) expect(await store(nines, id)).toBe(201);
  await nines.stop("SIGKILL");

  const next = await startNines(env);
  expect(await count(next)).toBe(before + 3);
  expect(await next.stop()).toBe(0);
});

test("a database that is killed comes back under a server that stays", async () => {
  const nines = await startNines(env);
  const before = await count(nines);
  const postmaster = await readFile(join(env.DATA_DIR!, "postgres", "postmaster.pid"), "utf8");
  process.kill(Number(postmaster.split("\n")[0]), "SIGKILL");

  let status = 0;
  for (let tries = 0; status !== 201 && tries < 200; tries++) {
    status = await store(nines, "survivor");
    if (status !== 201) await wait(100);
  }
  expect(status).toBe(201);
  expect(await count(nines)).toBe(before + 1);
  expect(nines.process.exitCode).toBeNull();
  expect(await nines.stop()).toBe(0);
});

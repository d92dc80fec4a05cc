import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import { expect, onTestFinished, test } from "vitest";
import { newApiClient, type ApiClient } from "../../test/api-client.ts";
import { importCsv, uploadCsv } from "../../test/import-csv.ts";
import { newTestApp, type TestApp } from "../../test/new-test-app.ts";
import { importFile } from "./imports/import-file.ts";
import type { Import } from "./imports/import.ts";
import { runImport } from "./imports/run-import.ts";

const simple =
  "email,score,comment,date,plan\nada@example.com,9,Great,2026-01-02,pro\nbob@example.com,7,,2026-01-03,free\n";

async function countsOf(nines: TestApp) {
  const { rows } = await nines.pool.query<Record<string, number>>(
    `select (select count(*) from responses) as responses, (select count(*) from customers) as customers,
       (select count(*) from customer_keys) as keys, (select count(*) from accounts) as accounts,
       (select count(*) from import_chunks) as chunks, (select count(*) from imports) as imports`,
  );
  return rows[0];
}

/** What the screens count, which must be what plain SQL counts. */
async function expectCountsToBeTrue(nines: TestApp, client: ApiClient) {
  const { n, scores } = await client.ask<{ n: number; scores: number[] }>("GET", "/score");
  const { rows } = await nines.pool.query<{ score: number; n: number }>(
    "select score, count(*) as n from responses group by 1",
  );
  const plain = Array.from({ length: 11 }, (_, score) => rows.find((row) => row.score === score)?.n ?? 0);
  expect(scores).toEqual(plain);
  expect(n).toBe(plain.reduce((sum, count) => sum + count, 0));
}

test("a file is uploaded, previewed, started and stored with customers and traits", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  const { status, body } = await uploadCsv(nines, client, simple, { name: "Q1 answers.csv" });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    name: "Q1 answers.csv",
    state: "uploaded",
    bytes: simple.length,
    format: { encoding: "utf-8", delimiter: ",", headerRows: 1, known: null },
    preview: {
      guess: { email: 0, score: 1, comment: 2, date: 3, traits: [{ column: 4, name: "plan" }] },
      rows: [
        ["ada@example.com", "9", "Great", "2026-01-02", "pro"],
        ["bob@example.com", "7", "", "2026-01-03", "free"],
      ],
      columns: [
        { name: "email" },
        {
          name: "score",
          min: "7",
          max: "9",
          codes: [
            { value: "7", n: 1 },
            { value: "9", n: 1 },
          ],
        },
        {},
        {},
        {},
      ],
    },
  });
  const started = await client.ask<Import>("POST", `/imports/${body.id}/start`, {
    mapping: body.preview?.guess,
    newSurveyName: "Past",
  });
  expect(started).toMatchObject({ state: "running", survey: { name: "Past" } });
  await nines.runJobs();
  const done = await client.ask<Import>("GET", `/imports/${body.id}`);
  expect(done).toMatchObject({
    state: "done",
    rowsRead: 2,
    rowsStored: 2,
    rowsFailed: 0,
    bytesRead: simple.length,
  });
  const { items } = await client.ask<{ items: object[] }>("GET", "/responses");
  expect(items).toMatchObject([
    {
      score: 7,
      comment: null,
      at: "2026-01-03T00:00:00.000Z",
      channel: "import",
      importId: body.id,
      customer: { email: "bob@example.com", anonymous: false },
    },
    { score: 9, comment: "Great", traits: { plan: "pro" }, customer: { email: "ada@example.com" } },
  ]);
  expect((await countsOf(nines))?.["chunks"]).toBe(0);
  await expectCountsToBeTrue(nines, client);
  const again = await client.send("POST", `/imports/${body.id}/start`, { mapping: body.preview?.guess });
  expect(again.status).toBe(409);
});

test("the same file twice changes nothing, also under another name; identical rows inside one file stay apart", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  const text = `${simple}ada@example.com,9,Great,2026-01-02,pro\n,8,anonymous,2026-01-04,\n,8,anonymous,2026-01-04,\n`;
  expect(await importCsv(nines, client, text)).toMatchObject({ rowsStored: 5, rowsKnown: 0 });
  const before = await countsOf(nines);
  expect(before).toMatchObject({ responses: 5, customers: 4 });
  expect(await importCsv(nines, client, text, {}, "other.csv")).toMatchObject({
    rowsStored: 0,
    rowsKnown: 5,
  });
  expect(await countsOf(nines)).toEqual({ ...before, imports: 2 });
  await expectCountsToBeTrue(nines, client);
});

test("the same file imported twice at once is stored once", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  const text = `customer id,email,score,date\n${Array.from({ length: 9_000 }, (_, n) => `c${n % 4_000},p${n % 4_000}@example.com,${n % 11},2026-01-${String((n % 28) + 1).padStart(2, "0")}`).join("\n")}`;
  const uploads = await Promise.all([
    uploadCsv(nines, client, text),
    uploadCsv(nines, client, text, { name: "b.csv" }),
  ]);
  for (const { body } of uploads)
    await client.ask("POST", `/imports/${body.id}/start`, { mapping: body.preview?.guess });
  await nines.pool.query("delete from pgboss.job where name = 'run-import'");
  await Promise.all(
    uploads.map(({ body }) =>
      runImport(nines.resources, { workspaceId: client.workspaceId, importId: body.id }),
    ),
  );
  const both = await Promise.all(uploads.map(({ body }) => client.ask<Import>("GET", `/imports/${body.id}`)));
  expect(both.map(({ state, rowsRead }) => [state, rowsRead])).toEqual([
    ["done", 9_000],
    ["done", 9_000],
  ]);
  expect(both.reduce((sum, { rowsStored }) => sum + rowsStored, 0)).toBe(9_000);
  expect(await countsOf(nines)).toMatchObject({ responses: 9_000, customers: 4_000, keys: 8_000 });
  await nines.runJobs();
  await expectCountsToBeTrue(nines, client);
});

test("rows that fail are listed with line and reason, can be downloaded, and do not stop the others", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  const bad = [
    "email,score,comment,date",
    'a@b.co,"8,5",=1+1,2026-01-01',
    "a@b.co,ten,@x,2026-01-01",
    "a@b.co,11,,2026-01-01",
    "a@b.co,-1,,2026-01-01",
    "a@b.co,9,,13.10.2025",
    "a@b.co,9,,nonsense",
    'a@b.co,9,"open,2026-01-01',
    "a@b.co,9,too,many,2026-01-01",
    "a@b.co,9,fine,2026-01-01",
    "a@b.co,99,,2026-01-01",
  ].join("\n");
  const mapping = {
    email: 0,
    score: 1,
    comment: 2,
    date: 3,
    dateFormat: "iso",
    noAnswer: ["99"],
    traits: [],
  };
  const done = await importCsv(nines, client, bad, mapping);
  expect(done).toMatchObject({ rowsRead: 10, rowsStored: 1, rowsUnanswered: 1, rowsFailed: 8 });
  const { failures, total } = await client.ask<{
    failures: { line: number; reason: string; message: string; row: string }[];
    total: number;
  }>("GET", `/imports/${done.id}/failures`);
  expect(total).toBe(8);
  expect(failures.map(({ line, reason }) => [line, reason])).toEqual([
    [2, "score_not_whole"],
    [3, "score_not_a_number"],
    [4, "score_out_of_range"],
    [5, "score_out_of_range"],
    [6, "bad_date"],
    [7, "bad_date"],
    [8, "broken_quotes"],
    [9, "wrong_column_count"],
  ]);
  expect(failures[0]).toMatchObject({
    message: "Scores are whole numbers from 0 to 10; this row says 8,5.",
    row: 'a@b.co,"8,5",=1+1,2026-01-01',
  });
  const page = await client.ask<{ failures: object[] }>(
    "GET",
    `/imports/${done.id}/failures?after=3&limit=2`,
  );
  expect(page.failures).toMatchObject([{ line: 4 }, { line: 5 }]);
  const file = await client.send("GET", `/imports/${done.id}/failures.csv`);
  expect(file.headers.get("content-type")).toContain("text/csv");
  const lines = (await file.text()).split("\r\n");
  expect(lines[0]).toBe("Line,Reason,email,score,comment,date");
  expect(lines[1]).toBe(
    `2,"Scores are whole numbers from 0 to 10; this row says 8,5.",a@b.co,"8,5",'=1+1,2026-01-01`,
  );
  expect(lines[2]).toContain("a@b.co,ten,'@x,2026-01-01");
  expect(lines[4]).toContain("a@b.co,'-1,,2026-01-01");
});

test("an import is undone with its customers and accounts, what others have stays, and it can be imported again", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  await client.ask("POST", "/responses", { id: "live-1", score: 3, customer: { email: "ada@example.com" } });
  const before = await countsOf(nines);
  const text =
    "response id,email,user id,score,date,company\nr-100001,ada@example.com,u1,9,2026-01-02,Acme\nr-100002,bob@example.com,u2,8,2026-01-03,Beta\nr-100003,,,2,2026-01-03,Gamma\n";
  const done = await importCsv(nines, client, text);
  expect(done).toMatchObject({ rowsStored: 3 });
  expect(await countsOf(nines)).toMatchObject({ responses: 4, customers: 3, accounts: 3 });
  // Bob answers again by himself, so he stays.
  await client.ask("POST", "/responses", { id: "live-2", score: 10, customer: { email: "bob@example.com" } });
  expect(await client.ask("POST", `/imports/${done.id}/undo`)).toMatchObject({ state: "undoing" });
  await nines.runJobs();
  expect(await client.ask("GET", `/imports/${done.id}`)).toMatchObject({ state: "undone" });
  expect(await countsOf(nines)).toMatchObject({ responses: 2, customers: 2, accounts: 2 });
  await expectCountsToBeTrue(nines, client);
  expect((await client.send("POST", `/imports/${done.id}/undo`)).status).toBe(409);

  const again = await importCsv(nines, client, text);
  expect(again).toMatchObject({ rowsStored: 3, rowsKnown: 0 });
  await client.ask("POST", `/imports/${again.id}/undo`);
  await nines.runJobs();
  expect(await countsOf(nines)).toMatchObject({ responses: 2, customers: 2 });
  expect(before).toMatchObject({ responses: 1, customers: 1 });
  await expectCountsToBeTrue(nines, client);
});

test("what a file says of a customer fills gaps and never replaces what is known", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  await client.ask("POST", "/responses", {
    score: 3,
    customer: { email: "ada@example.com", traits: { plan: "enterprise" } },
  });
  const rows = Array.from({ length: 4_500 }, (_, n) => `z${n}@example.com,5,2026-01-01,,basic,`);
  rows[0] = "ada@example.com,9,2025-01-02,Ada,pro,Berlin";
  rows[1] = "eve@example.com,9,2025-03-01,Eve,new,";
  rows[4_490] = "eve@example.com,9,2025-01-01,Eva,old,Rome";
  rows[4_491] = "eve@example.com,9,2025-04-01,,newest,";
  await importCsv(nines, client, `email,score,date,name,plan,city\n${rows.join("\n")}`);
  const { rows: customers } = await nines.pool.query(
    "select email, name, traits from customers where email ~ '^(ada|eve)' order by 1",
  );
  expect(customers).toEqual([
    { email: "ada@example.com", name: "Ada", traits: { plan: "enterprise", city: "Berlin" } },
    { email: "eve@example.com", name: "Eve", traits: { plan: "newest", city: "Rome" } },
  ]);
});

test("an import that is killed in the middle goes on where it was, with the right counts", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  const text = `email,score,comment\n${Array.from({ length: 20_000 }, (_, n) => (n % 10 === 3 ? `x${n}@example.com,12,` : n % 10 === 4 ? ",," : `p${n % 700}@example.com,${n % 11},${n % 90}`)).join("\n")}\n`;
  const { body } = await uploadCsv(nines, client, text);
  await client.ask("POST", `/imports/${body.id}/start`, {
    mapping: { ...body.preview?.guess, noAnswer: [] },
  });
  const job = { workspaceId: client.workspaceId, importId: body.id };
  let progress = body as Import;
  for (let kills = 0; progress.state !== "done"; kills++) {
    const controller = new AbortController();
    const killed = runImport(nines.resources, job, controller.signal).catch((error: unknown) => error);
    const before = progress.rowsRead;
    while (progress.state !== "done" && progress.rowsRead === before)
      progress = await client.ask<Import>("GET", `/imports/${body.id}`);
    controller.abort();
    await killed;
    progress = await client.ask<Import>("GET", `/imports/${body.id}`);
    expect(kills).toBeLessThan(20);
    expect(progress.bytesRead).toBeLessThanOrEqual(text.length);
  }
  expect(progress).toMatchObject({
    rowsRead: 20_000,
    rowsStored: 16_000,
    rowsUnanswered: 2_000,
    rowsFailed: 2_000,
    rowsKnown: 0,
    error: null,
  });
  expect(await countsOf(nines)).toMatchObject({ responses: 16_000, chunks: 0 });
  await nines.runJobs();
  await expectCountsToBeTrue(nines, client);
});

test("undoing a running import stops it", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  const { body } = await uploadCsv(nines, client, simple);
  await client.ask("POST", `/imports/${body.id}/start`, { mapping: body.preview?.guess });
  await client.ask("POST", `/imports/${body.id}/undo`);
  await nines.runJobs();
  expect(await client.ask("GET", `/imports/${body.id}`)).toMatchObject({ state: "undone", rowsStored: 0 });
  expect(await countsOf(nines)).toMatchObject({ responses: 0, chunks: 0 });
});

test.each([
  ["an empty file", "", {}, 422, "This file is empty. Choose the file with the answers."],
  [
    "a zip archive",
    "PK\u0003\u0004abc",
    {},
    422,
    "This is a zip archive, not a CSV file. Unpack it and choose the .csv inside.",
  ],
  [
    "a form",
    "--x\r\n",
    { "content-type": "multipart/form-data; boundary=x" },
    400,
    "Send one file as the request body itself, not as a form: curl --data-binary @FILE.csv.",
  ],
  [
    "a cut upload",
    "score\n9\n",
    { "content-length": "1000" },
    400,
    "The upload was cut before the whole file had arrived, and nothing of it was kept. Upload the file again.",
  ],
])("%s is refused and leaves nothing", async (_, text, headers, status, sentence) => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  const answer = await uploadCsv(nines, client, text, { name: "answers.csv", headers });
  expect([answer.status, answer.body.error.message]).toEqual([status, sentence]);
  expect(await countsOf(nines)).toMatchObject({ imports: 0, chunks: 0 });
});

test("a list of customers makes customers who can be asked, once, and is undone but for those who were", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  const file =
    "E-mail,Name,Plan,Language\nada@example.com,Ada,pro,de\nbob@example.com,Bob,free,en\n,Nobody,free,en\nnot an address,X,free,en\n";
  const done = await importCsv(nines, client, file);
  expect(done).toMatchObject({
    state: "done",
    rowsStored: 2,
    rowsKnown: 0,
    rowsFailed: 2,
    rowsUnanswered: 0,
  });
  expect(done.mapping?.score).toBeUndefined();
  expect(await countsOf(nines)).toMatchObject({ customers: 2, responses: 0 });
  const ada = await nines.db
    .selectFrom("customers")
    .selectAll()
    .where("email", "=", "ada@example.com")
    .executeTakeFirstOrThrow();
  expect(ada).toMatchObject({ name: "Ada", language: "de", traits: { Plan: "pro" }, anonymous: false });
  const { failures } = await client.ask<{ failures: { reason: string }[] }>(
    "GET",
    `/imports/${done.id}/failures`,
  );
  expect(failures.map(({ reason }) => reason)).toEqual(["nobody_named", "bad_email"]);

  const again = await importCsv(nines, client, `${file}carol@example.com,Carol,pro,en\n`, {}, "more.csv");
  expect(again).toMatchObject({ rowsStored: 1, rowsKnown: 2 });
  await client.ask("POST", "/responses", { score: 9, customer: { email: "ada@example.com" } });
  await client.ask("POST", `/imports/${done.id}/undo`);
  await nines.runJobs();
  const left = await nines.db.selectFrom("customers").select("email").orderBy("email").execute();
  expect(left.map(({ email }) => email)).toEqual(["ada@example.com", "carol@example.com"]);
});

test("a file without a score column is previewed with a warning, and is not started without one", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  const { status, body } = await uploadCsv(nines, client, "name,city\nAda,London\n");
  expect(status).toBe(201);
  expect(body.preview?.warnings).toContainEqual(
    expect.objectContaining({
      reason: "no_score_column",
      message:
        "No column looks like a score from 0 to 10. Choose the one that holds it, or import a list of customers.",
    }),
  );
  expect(
    (await client.send("POST", `/imports/${body.id}/start`, { mapping: body.preview?.guess })).status,
  ).toBe(422);
  const outside = await client.send("POST", `/imports/${body.id}/start`, { mapping: { score: 7 } });
  expect([outside.status, ((await outside.json()) as typeof body).error.message]).toEqual([
    422,
    "The mapping names column 8, but the file has 2. Choose the columns again.",
  ]);
  expect((await client.send("DELETE", `/imports/${body.id}`)).status).toBe(204);
  expect(await countsOf(nines)).toMatchObject({ imports: 0, chunks: 0 });
});

async function serve(nines: TestApp): Promise<number> {
  const listener = getRequestListener(nines.app.fetch);
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

test("a line of a gigabyte is refused after its first megabyte", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  const port = await serve(nines);
  let sent = 0;
  const line = Buffer.alloc(64 * 1024, "x");
  const sending = request({
    port,
    method: "POST",
    path: "/api/v1/imports",
    headers: { authorization: `Bearer ${client.key}` },
  });
  const body = new Readable({
    read() {
      sent += line.length;
      this.push(sent > 2 ** 30 ? null : line);
    },
  });
  const answer = await new Promise<{ status: number | undefined; text: string }>((done, reject) => {
    let answered = false;
    sending.on("response", (response) => {
      answered = true;
      let text = "";
      response.on("data", (data: Buffer) => (text += data.toString()));
      response.on("end", () => done({ status: response.statusCode, text }));
    });
    sending.on("error", (error) => !answered && reject(error));
    body.pipe(sending);
  });
  body.destroy();
  sending.destroy();
  expect(answer.status).toBe(422);
  expect(answer.text).toContain("This file has a line of more than a million characters");
  expect(sent).toBeLessThan(64 * 2 ** 20);
  expect(await countsOf(nines)).toMatchObject({ imports: 0, chunks: 0 });
});

test("an upload that is cut in the middle leaves nothing", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  const port = await serve(nines);
  const sending = request({
    port,
    method: "POST",
    path: "/api/v1/imports",
    headers: { authorization: `Bearer ${client.key}`, "content-length": 50_000_000 },
  });
  sending.on("error", () => {});
  sending.write(`score,comment\n${"9,some words here\n".repeat(200_000)}`);
  await expect.poll(async () => (await countsOf(nines))?.["chunks"], { timeout: 20_000 }).toBeGreaterThan(1);
  sending.destroy();
  await expect.poll(() => countsOf(nines), { timeout: 20_000 }).toMatchObject({ imports: 0, chunks: 0 });
});

test("an upload of a process that was killed is removed by the next one", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  const { body } = await uploadCsv(nines, client, simple);
  await nines.pool.query("update imports set state = 'uploading'");
  nines.clock.advance(2 * 3600_000);
  const next = await uploadCsv(nines, client, simple);
  const { imports } = await client.ask<{ imports: Import[] }>("GET", "/imports");
  expect(imports.map(({ id }) => id)).toEqual([next.body.id]);
  expect(next.body.id).not.toBe(body.id);
});

test("a file that was imported is not imported again with another score or other customers, until it is undone", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  const done = await importCsv(nines, client, simple, {}, "first.csv");
  const { body } = await uploadCsv(nines, client, simple, { name: "second.csv" });
  const anonymous = { mapping: { score: 1, date: 3, traits: [] } };
  const refused = await client.send("POST", `/imports/${body.id}/start`, anonymous);
  expect([refused.status, (await refused.json()) as object]).toMatchObject([
    409,
    {
      error: {
        message:
          "This file was already imported as first.csv with other columns. Undo that import first, then import it again.",
        details: { reason: "imported_otherwise", values: { name: "first.csv" } },
      },
    },
  ]);
  const file = join(mkdtempSync(join(tmpdir(), "nines-")), "third.csv");
  onTestFinished(() => rmSync(dirname(file), { recursive: true }));
  writeFileSync(file, simple);
  const { workspaceId } = client;
  await expect(
    importFile(nines.resources, { workspaceId, file, mapping: { score: "score", email: "plan" } }),
  ).rejects.toThrow("already imported as first.csv");
  expect(await countsOf(nines)).toMatchObject({ responses: 2 });
  await client.ask("POST", `/imports/${done.id}/undo`);
  await nines.runJobs();
  await client.ask("POST", `/imports/${body.id}/start`, anonymous);
  await nines.runJobs();
  expect(await client.ask("GET", `/imports/${body.id}`)).toMatchObject({ state: "done", rowsStored: 2 });
  await expect(importFile(nines.resources, { workspaceId, file })).rejects.toThrow("as second.csv");
});

test("an upload that is discarded while it runs ends, and leaves nothing", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  const port = await serve(nines);
  const sending = request({
    port,
    method: "POST",
    path: "/api/v1/imports",
    headers: { authorization: `Bearer ${client.key}` },
  });
  const answered = new Promise<number | undefined>((done, reject) => {
    sending.on("response", ({ statusCode }) => done(statusCode));
    sending.on("error", reject);
  });
  const part = `score,comment\n${"9,some words here\n".repeat(100_000)}`;
  sending.write(part);
  await expect.poll(async () => (await countsOf(nines))?.["chunks"], { timeout: 20_000 }).toBeGreaterThan(0);
  const { imports } = await client.ask<{ imports: Import[] }>("GET", "/imports");
  expect((await client.send("DELETE", `/imports/${imports[0]?.id}`)).status).toBe(204);
  sending.end(part);
  expect(await answered).toBe(409);
  expect(await countsOf(nines)).toMatchObject({ imports: 0, chunks: 0 });
});

test("of starting and discarding an upload at once, one happens; chunks of an import that is gone are swept", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  for (let n = 0; n < 8; n++) {
    const { body } = await uploadCsv(nines, client, simple);
    const [start, discard] = await Promise.all([
      client.send("POST", `/imports/${body.id}/start`, { mapping: body.preview?.guess }),
      client.send("DELETE", `/imports/${body.id}`),
    ]);
    expect([
      [202, 409],
      [404, 204],
      [409, 204],
    ]).toContainEqual([start.status, discard.status]);
  }
  await nines.runJobs();
  await nines.pool.query(
    "insert into import_chunks (import_id, number, bytes) values (gen_random_uuid(), 0, 'x')",
  );
  await uploadCsv(nines, client, simple);
  expect(await countsOf(nines)).toMatchObject({ chunks: 1 });
});

test("three starts at once make one survey and one job", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  const { body } = await uploadCsv(nines, client, simple);
  const starts = await Promise.all(
    [1, 2, 3].map(() =>
      client.send("POST", `/imports/${body.id}/start`, {
        mapping: body.preview?.guess,
        newSurveyName: "Past",
      }),
    ),
  );
  expect(starts.filter(({ status }) => status === 202)).toHaveLength(1);
  expect(starts.filter(({ status }) => status === 409)).toHaveLength(2);
  const { rows } = await nines.pool.query("select count(*) as n from surveys where name = 'Past'");
  expect(rows[0]).toEqual({ n: 1 });
});

test("answers of a file without dates have one time, also when the import is taken up again the next day", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  const text = `email,score\n${Array.from({ length: 20_000 }, (_, n) => `p${n}@example.com,9`).join("\n")}\n`;
  const { body } = await uploadCsv(nines, client, text);
  await client.ask("POST", `/imports/${body.id}/start`, { mapping: body.preview?.guess });
  const job = { workspaceId: client.workspaceId, importId: body.id };
  const controller = new AbortController();
  const killed = runImport(nines.resources, job, controller.signal).catch((error: unknown) => error);
  await expect
    .poll(async () => (await client.ask<Import>("GET", `/imports/${body.id}`)).rowsRead, {
      interval: 1,
      timeout: 20_000,
    })
    .toBeGreaterThan(0);
  controller.abort();
  await killed;
  nines.clock.advance(24 * 3600_000);
  await runImport(nines.resources, job);
  const { rows } = await nines.pool.query("select distinct at from responses");
  expect(rows).toEqual([{ at: new Date("2026-10-13T08:00:00Z") }]);
});

test("texts that cannot be stored, and days that cannot be, are refused with a sentence", async () => {
  const nines = await newTestApp();
  const client = await newApiClient(nines);
  expect((await uploadCsv(nines, client, simple, { name: "a\0b" })).status).toBe(422);
  const { body } = await uploadCsv(nines, client, simple);
  const start = async (mapping: object, more = {}) => {
    const request = { mapping: { score: 1, traits: [], ...mapping }, ...more };
    return (await client.send("POST", `/imports/${body.id}/start`, request)).status;
  };
  for (const bad of ["a\0b", "a\ud800"]) {
    expect(await start({ traits: [{ column: 4, name: bad }] })).toBe(422);
    expect(await start({ defaultChannel: bad })).toBe(422);
    expect(await start({ defaultLanguage: bad })).toBe(422);
    expect(await start({ noAnswer: [bad] })).toBe(422);
    expect(await start({}, { newSurveyName: bad })).toBe(422);
  }
  for (const day of ["0001-01-01", "1969-12-31", "2026-10-14", "9998-05-01"])
    expect(await start({ defaultDate: day })).toBe(422);
  expect(await start({ defaultDate: "2026-10-13" })).toBe(202);
});

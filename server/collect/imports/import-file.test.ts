import { existsSync } from "node:fs";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import { newWorkspace } from "../../../test/sign-in.ts";
import { deleteWorkspace } from "../../platform/accounts/delete-workspace.ts";
import { importFile } from "./import-file.ts";
import { columnNamed, openTable } from "./open-table.ts";
import { receiveUpload } from "./receive-upload.ts";
import { requestUndo } from "./undo-import.ts";

const sfo = fileURLToPath(new URL("../../../../shared/data/sfo/2017.csv", import.meta.url));
const missing = existsSync(sfo) ? "" : " (skipped: ../shared/data/sfo/2017.csv is not here)";
const mapping = { score: "NETPRO", noAnswer: ["11"], weight: "WEIGHT" };

const stream = (text: string) => Readable.from([Buffer.from(text)]);

async function newImporter() {
  const nines = await newTestApp();
  const workspace = await newWorkspace(nines);
  const { workspaceId } = workspace;
  return {
    nines,
    workspaceId,
    importFile: (options: Omit<Parameters<typeof importFile>[1], "workspaceId">) =>
      importFile(nines.resources, { workspaceId, ...options }),
    async score() {
      const response = await workspace.owner.fetch("GET", "/api/v1/score");
      return (await response.json()) as { weighted: { nps: number; effectiveN: number } } & Record<
        string,
        unknown
      >;
    },
  };
}

test.skipIf(missing)(`the SFO survey of 2017 gives its known figures${missing}`, async () => {
  const importer = await newImporter();
  const done = await importer.importFile({ file: sfo, mapping });
  expect(done).toMatchObject({
    state: "done",
    rowsRead: 2831,
    rowsStored: 2746,
    rowsUnanswered: 85,
    rowsFailed: 0,
  });
  expect(done.bytesRead).toBe(done.bytes);
  const { weighted, ...score } = await importer.score();
  expect(score).toMatchObject({ n: 2746, detractors: 342, passives: 968, promoters: 1436 });
  expect(score["nps"]).toBeCloseTo(39.84, 2);
  expect(score["passiveShare"]).toBeCloseTo(35.25, 2);
  expect(weighted.nps).toBeCloseTo(40.4, 1);
  expect(Math.round(weighted.effectiveN)).toBe(2267);
  const again = await importer.importFile({ file: sfo, mapping, name: "copy.csv" });
  expect(again).toMatchObject({ rowsStored: 0, rowsKnown: 2746, rowsUnanswered: 85 });
});

/** A file with the traits of SFO's: a hundred columns of codes, scores 0 to 10 with 11 for blank, weights, no names. */
function airport(rows: number): string {
  const header = ["RESPNUM", "DAY", ...Array.from({ length: 93 }, (_, n) => `Q${n}`), "NETPRO", "WEIGHT"];
  const lines = Array.from({ length: rows }, (_, i) => {
    const answers = Array.from({ length: 93 }, (_, n) => ((i * n) % 7 === 0 ? "" : String((i * n) % 7)));
    return [i + 1, "SAT", ...answers, (i * 7) % 12, (0.25 + (i % 5) * 0.5).toFixed(10)].join(",");
  });
  return [header.join(","), ...lines].join("\r\n");
}

test("a simulated airport survey: blanks are no answers, weights are kept, everything else is a trait", async () => {
  const importer = await newImporter();
  const file = () => Readable.from([Buffer.from(airport(1_200))]);
  const done = await importer.importFile({ file: file(), mapping, name: "airport.csv" });
  // (i·7) mod 12 takes each of 0 to 11 equally often.
  expect(done).toMatchObject({ name: "airport.csv", rowsStored: 1_100, rowsUnanswered: 100, rowsFailed: 0 });
  const { weighted, ...score } = await importer.score();
  expect(score).toMatchObject({
    n: 1_100,
    detractors: 700,
    passives: 200,
    promoters: 200,
    scores: Array(11).fill(100),
  });
  expect(weighted.effectiveN).toBeLessThan(1_100);
  const { rows } = await importer.nines.pool.query(
    "select traits, weight from responses where traits->>'RESPNUM' = '2'",
  );
  expect(rows).toMatchObject([{ weight: 0.75, traits: { RESPNUM: 2, DAY: "SAT", Q1: 1, Q2: 2, Q8: 1 } }]);
  expect(rows[0].traits).not.toHaveProperty("Q7");
  const again = await importer.importFile({ file: file(), mapping });
  expect(again).toMatchObject({ rowsStored: 0, rowsKnown: 1_100 });
});

test("a file goes into a survey by its name, with progress; the guess is taken where nothing is said", async () => {
  const importer = await newImporter();
  const seen: number[] = [];
  const text = `\uFEFFE-Mail;Punkte;Kommentar;Datum\n${Array.from({ length: 9_000 }, (_, n) => `p${n}@example.com;${n % 11};"gut; schön";${(n % 28) + 1}.10.2025`).join("\n")}`;
  const done = await importer.importFile({
    file: Readable.from([Buffer.from(text, "utf16le")]),
    surveyName: "Herbst",
    onProgress: ({ rowsRead }) => seen.push(rowsRead),
  });
  expect(done).toMatchObject({ state: "done", survey: { name: "Herbst" }, rowsStored: 9_000, rowsFailed: 0 });
  expect(done.format).toMatchObject({ encoding: "utf-16le", delimiter: ";" });
  expect(seen.length).toBeGreaterThan(1);
  expect(seen.at(-1)).toBe(9_000);
  const { rows } = await importer.nines.pool.query(
    "select comment, at from responses order by at desc limit 1",
  );
  expect(rows).toEqual([{ comment: "gut; schön", at: new Date("2025-10-28T00:00:00Z") }]);
});

test("a column that is not there, and a file that is not there, are refused with the way out", async () => {
  const importer = await newImporter();
  const file = () => Readable.from([Buffer.from("score,comment\n9,ok\n")]);
  await expect(importer.importFile({ file: file(), mapping: { score: "NPS" } })).rejects.toThrow(
    'There is no column "NPS" in this file. It has: score, comment.',
  );
  await expect(importer.importFile({ file: "nowhere.csv" })).rejects.toThrow("There is no file nowhere.csv.");
  await expect(importer.importFile({ file: Readable.from([Buffer.from("a,b\nx,y\n")]) })).rejects.toThrow(
    "No column of this file looks like a score from 0 to 10. Name it: a, b.",
  );
});

test("a table is read without any database, row by row, by the names of its columns", async () => {
  const table = await openTable(
    Readable.from([Buffer.from("Name;Score;Note\nA;9;x\nB;10;"), Buffer.from("y\n")]),
  );
  const score = columnNamed(table.columns, "score");
  const read = [];
  for await (const { line, cells } of table.rows()) read.push([line, cells[score]]);
  expect(read).toEqual([
    [2, "9"],
    [3, "10"],
  ]);
});

test("a workspace that is deleted while a file comes in keeps nothing of it, and takes no other", async () => {
  const importer = await newImporter();
  const { nines, workspaceId } = importer;
  async function* body() {
    yield Buffer.from(`email,score\n${"ada@example.com,9\n".repeat(100_000)}`);
    await deleteWorkspace(nines.db, workspaceId);
    yield Buffer.from("bob@example.com,9\n".repeat(100_000));
  }
  const upload = { workspaceId, surveyId: workspaceId, name: "a.csv", personId: undefined };
  await expect(
    receiveUpload(nines.resources, { ...upload, body: body(), announced: undefined }),
  ).rejects.toThrow("This workspace was deleted. Nothing was stored.");
  await expect(importer.importFile({ file: stream("email,score\na@b.example,9\n") })).rejects.toThrow(
    "This workspace was deleted. Nothing was stored.",
  );
  const { rows } = await nines.pool.query(
    "select (select count(*) from imports) as imports, (select count(*) from import_chunks) as chunks, (select count(*) from surveys) as surveys",
  );
  expect(rows).toEqual([{ imports: 0, chunks: 0, surveys: 0 }]);
});

test("an import that is undone while it runs says so, and one that runs is not taken for dead", async () => {
  const importer = await newImporter();
  const { nines, workspaceId } = importer;
  async function* file() {
    yield Buffer.from(`email,score\n${"ada@example.com,9\n".repeat(20_000)}`);
    await expect.poll(async () => (await states(nines))[0]?.rowsRead, { timeout: 20_000 }).toBeGreaterThan(0);
    nines.clock.advance(1_000);
    expect(await importer.importFile({ file: stream("email,score\nb@example.com,9\n") })).toMatchObject({
      state: "done",
    });
    const [running] = await states(nines);
    expect(running?.state).toBe("running");
    await requestUndo(nines.resources, workspaceId, running?.id ?? "");
    yield Buffer.from("bob@example.com,9\n".repeat(9_000));
  }
  await expect(importer.importFile({ file: file() })).rejects.toMatchObject({
    message: "This import was undone while it ran.",
    options: { reason: "import_undone" },
  });
  expect((await states(nines)).map(({ state }) => state)).toEqual(["undoing", "done"]);
});

test("an import whose process was killed is marked as stopped by the next one", async () => {
  const importer = await newImporter();
  await importer.importFile({ file: stream("email,score\nada@example.com,9\n") });
  await importer.nines.pool.query("update imports set state = 'running'");
  importer.nines.clock.advance(1_000);
  await importer.importFile({ file: stream("email,score\nada@example.com,9\n") });
  expect(await states(importer.nines)).toMatchObject([
    { state: "failed", error: { reason: "import_cut_short" } },
    { state: "done" },
  ]);
});

async function states({ db }: TestApp) {
  return db.selectFrom("imports").select(["id", "state", "error", "rowsRead"]).orderBy("createdAt").execute();
}

import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { runNines } from "../../test/run-nines.ts";
import type { Report } from "./report-file.ts";

// Each test starts processes, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nines-report-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(text: string | Uint8Array, name = "answers.csv"): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const small = "id,score,weight,plan\n1,10,1,Solo\n2,9,2,Team\n3,8,1,Solo\n4,,1,Solo\n5,3,1,Team\n6,7,1,\n";

test("the counts of a small file, as JSON and nothing else on standard output", async () => {
  const path = await file(small);
  const { code, stdout, stderr } = await runNines(["report", path, "--score", "score", "--json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const report = JSON.parse(stdout) as Report;
  expect(Object.keys(report)).toEqual([
    "n",
    "detractors",
    "passives",
    "promoters",
    "sevens",
    "eights",
    "scores",
    "nps",
    "npsInterval",
    "passiveShare",
    "passiveShareInterval",
  ]);
  expect(report).toMatchObject({
    n: 5,
    detractors: 1,
    passives: 2,
    promoters: 2,
    sevens: 1,
    eights: 1,
    scores: [0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1],
    nps: 20,
    passiveShare: 40,
  });
});

test("weights and groups, where each group has the same shape and blanks are a group", async () => {
  const path = await file(small);
  const { stdout } = await runNines([
    "report",
    path,
    "--score",
    "score",
    "--weight",
    "weight",
    "--by",
    "plan",
    "--json",
  ]);
  const { by, ...all } = JSON.parse(stdout) as Report;
  expect(all.weighted?.nps).toBeCloseTo((100 * (3 - 1)) / 6);
  expect(all.weighted?.effectiveN).toBeCloseTo(36 / 8);
  expect(Object.keys(by!)).toEqual(["", "Solo", "Team"]);
  expect(by!.Solo).toMatchObject({ n: 2, passives: 1, promoters: 1, nps: 50 });
  expect(Object.keys(by!.Team!)).toEqual(Object.keys(all));
});

test("as text with fewer than 30 answers it says so and gives no verdict", async () => {
  const { code, stdout } = await runNines(["report", await file(small), "--score", "score", "--by", "plan"]);
  expect(code).toBe(0);
  expect(stdout).toContain("5 answers, 1 rows without one, 0 left out");
  expect(stdout).toContain("Small: with 5 answers");
  expect(stdout).not.toContain("would recommend than");
  expect(stdout).toMatch(/\(blank\) +1 +\S+ .+ small/);
});

test("with enough answers it says in a sentence what they say, with a true minus", async () => {
  const rows = [...Array.from({ length: 60 }, () => 3), ...Array.from({ length: 40 }, () => 8)];
  const { stdout } = await runNines([
    "report",
    await file(`score\n${rows.join("\n")}\n`),
    "--score",
    "score",
  ]);
  expect(stdout).toContain("More customers would not recommend than would");
  expect(stdout).toContain("NPS          −60.0");
  expect(stdout).toContain("40 are one point short of a nine.");
});

test("codes of no answer are no failures; what is neither is told with its line and left out", async () => {
  const path = await file("NPS;Note\n9;a\n11;b\n8,5;c\nten;d\n-1;e\n11;f\n");
  const without = await runNines(["report", path, "--score", "NPS", "--json"]);
  expect(without.code).toBe(0);
  expect((JSON.parse(without.stdout) as Report).n).toBe(1);
  expect(without.stderr).toContain("5 rows were left out:");
  expect(without.stderr).toContain("line 3 and 1 more");
  expect(without.stderr).toContain("add --no-answer 11");
  const withCode = await runNines(["report", path, "--score", "NPS", "--no-answer", "11"]);
  expect(withCode.stdout).toContain("1 answers, 2 rows without one, 3 left out");
});

test("nobody answered is a sentence and exit code 1", async () => {
  const path = await file("NPS\nten\n\n11\n");
  const { code, stdout, stderr } = await runNines(["report", path, "--score", "NPS"]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toBe(
    "The column NPS holds no answer from 0 to 10. 2 rows hold something else there; the first is in line 2.\n",
  );
});

test("a column that is not there names the nearest ones", async () => {
  const path = await file(small);
  const near = await runNines(["report", path, "--score", "scor"]);
  expect(near).toMatchObject({
    code: 1,
    stderr: 'There is no column "scor" in this file. Did you mean "score"?\n',
  });
  const far = await runNines(["report", path, "--score", "satisfaction"]);
  expect(far.stderr).toBe(
    'There is no column "satisfaction" in this file. It has: id, score, weight, plan.\n',
  );
});

test("reads standard input, UTF-16 and tabs", async () => {
  const { stdout } = await runNines(["report", "-", "--score", "score", "--json"], { input: small });
  expect(JSON.parse(stdout)).toMatchObject({ n: 5 });
  const wide = await file(Buffer.from("\ufeffname\tscore\nÄnne\t9\nBo\t10\n", "utf16le"), "wide.csv");
  const { stdout: other } = await runNines(["report", wide, "--score", "score", "--json"]);
  expect(JSON.parse(other)).toMatchObject({ n: 2, nps: 100 });
});

describe("bad files are one sentence and exit code 1", () => {
  test.each([
    ["absent.csv", undefined, /^There is no file .+absent\.csv\.\n$/],
    ["empty.csv", "", /^This file is empty\. .+\n$/],
    ["zip.csv", "PK\u0003\u0004rest", /^This is a zip archive, not a CSV file\. .+\n$/],
  ])("%s", async (name, text, sentence) => {
    const path = text === undefined ? join(folder, name) : await file(text, name);
    const { code, stdout, stderr } = await runNines(["report", path, "--score", "NPS"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(sentence);
  });
});

const sfo = fileURLToPath(new URL("../../../shared/data/sfo/2017.csv", import.meta.url));

test.skipIf(!existsSync(sfo))(
  "the answers of SFO airport in 2017 (skipped where ../shared/data is absent)",
  async () => {
    const { stdout } = await runNines([
      "report",
      sfo,
      "--score",
      "NETPRO",
      "--no-answer",
      "11",
      "--weight",
      "WEIGHT",
      "--json",
    ]);
    const report = JSON.parse(stdout) as Report;
    expect(report).toMatchObject({ n: 2746, detractors: 342, passives: 968, promoters: 1436 });
    expect(report.nps).toBeCloseTo(39.8, 1);
    expect(report.npsInterval.map((end) => end.toFixed(1))).toEqual(["37.2", "42.4"]);
    expect(report.passiveShare).toBeCloseTo(35.3, 1);
    expect(report.weighted?.nps).toBeCloseTo(40.4, 1);
    expect(Math.round(report.weighted!.effectiveN)).toBe(2267);
  },
);

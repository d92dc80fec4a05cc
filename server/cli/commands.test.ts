import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { runNines } from "../../test/run-nines.ts";
import { startNines } from "../../test/start-nines.ts";

// Each test starts processes, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const names = ["serve", "demo", "init", "import", "events", "export", "report", "migrate", "rebuild"];

describe("help and usage", () => {
  test("without a command, and with --help, all commands are listed", async () => {
    for (const args of [[], ["--help"]]) {
      const { code, stdout, stderr } = await runNines(args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      for (const name of names) expect(stdout).toMatch(new RegExp(`^  ${name} +[A-Z].+\\.$`, "m"));
    }
  });

  test.each(names)("%s --help says how it is used", async (name) => {
    const { code, stdout, stderr } = await runNines([name, "--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`Usage: nines ${name}`);
    expect(stdout).toContain("--help");
  });

  test.each([
    [["reprot"], /^There is no command "reprot"; did you mean report\?\nUsage: nines COMMAND/],
    [["report"], /^FILE\.csv is missing\.\nUsage: nines report FILE\.csv --score COLUMN/],
    [["report", "a.csv"], /^--score is missing\.\nUsage: /],
    [["report", "a.csv", "b.csv", "--score", "s"], /^"b\.csv" is one word too many/],
    [["report", "a.csv", "--score"], /^Option '--score <value>' argument missing\.\nUsage: /],
    [["init", "--nonsense"], /^Unknown option '--nonsense'\.\nUsage: nines init/],
  ])("%j is not understood: a sentence, the usage line, exit code 2", async (args, sentence) => {
    const { code, stdout, stderr } = await runNines(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(sentence);
  });

  test("a wrong setting is one sentence and exit code 1", async () => {
    const { code, stderr } = await runNines(["migrate"], { env: { PORT: "ninety" } });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^PORT is "ninety": .+self-hosting\.md\.\n$/);
  });
});

describe("with an embedded database in one folder", () => {
  let folder: string;
  let env: Record<string, string>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "nines-cli-"));
    env = { DATA_DIR: join(folder, "data"), PORT: "0", LOG_LEVEL: "warn" };
  });
  afterAll(() => rm(folder, { recursive: true }));
  const init = ["init", "--workspace", "Acme", "--email", "ada@acme.example", "--password", "long enough"];

  test("init makes a workspace whose key works, import fills it, report and the server say the same", async () => {
    const file = join(folder, "answers.csv");
    const rows = Array.from(
      { length: 40 },
      (_, at) => `c${at},${at % 11},2026-03-0${1 + (at % 9)},"=1+${at}"`,
    );
    await writeFile(file, `customer id,score,date,comment\n${rows.join("\n")}\nc40,ten,2026-03-01,\n`);

    const made = await runNines([...init, "--json"], { env });
    expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: "" });
    const { workspaceId, apiKey } = JSON.parse(made.stdout) as { workspaceId: string; apiKey: string };
    expect(Object.keys(JSON.parse(made.stdout) as object)).toEqual(["workspaceId", "apiKey"]);
    expect(workspaceId).toMatch(/^[0-9a-f-]{36}$/);

    expect(await runNines(init, { env })).toEqual({
      code: 1,
      stdout: "",
      stderr: "There is a workspace Acme already. Choose another name.\n",
    });

    const imported = await runNines(["import", file, "--workspace", "acme", "--score", "score", "--json"], {
      env,
    });
    expect(imported.code).toBe(0);
    expect(JSON.parse(imported.stdout)).toMatchObject({ state: "done", rowsStored: 40, rowsFailed: 1 });
    expect(imported.stderr).toContain("line 42: Scores are whole numbers from 0 to 10");
    const again = await runNines(["import", file, "--workspace", "acme", "--score", "score"], { env });
    expect(again.stdout).toContain("40 were there already.");

    const usage = join(folder, "usage.csv");
    await writeFile(
      usage,
      "Event,User ID,Email,Timestamp,Plan,Seats\nLogin,c1,,2026-03-01T08:00:00Z,pro,3\nLogin,c1,,2026-03-01T08:00:00Z,pro,3\nLogin,,ada@x.example,2026-03-02,,\nLogin,c2,,soon,,\n",
    );
    const events = await runNines(["events", usage, "--workspace", "acme", "--json"], { env });
    expect(JSON.parse(events.stdout)).toMatchObject({ rowsRead: 4, stored: 3, known: 0, failed: 1 });
    expect(events.stderr).toBe('  line 5: timestamp: "soon" is no time; write it as 2026-01-31T09:30:00Z.\n');
    const eventsAgain = await runNines(["events", usage, "--workspace", "acme"], { env });
    expect(eventsAgain.stdout).toBe(
      "Imported 0 events into Acme. 3 were there already. 1 could not be stored.\n",
    );

    const reported = await runNines(["report", file, "--score", "score", "--json"]);
    const server = await startNines(env);
    try {
      const answer = await fetch(`${server.url}/api/v1/score`, {
        headers: { authorization: `Bearer ${apiKey}` },
      });
      expect(await answer.json()).toMatchObject(JSON.parse(reported.stdout) as object);

      // As a guest of the running server.
      const rebuilt = await runNines(["rebuild", "--workspace", "Acme"], { env });
      expect(rebuilt).toMatchObject({ code: 0, stdout: "Counted anew: Acme.\n" });
      const out = join(folder, "out.csv");
      expect(await runNines(["export", "--workspace", "Acme", "--out", out], { env })).toMatchObject({
        code: 0,
      });
      const csv = (await readFile(out, "utf8")).trimEnd().split("\n");
      expect(csv).toHaveLength(41);
      expect(csv[1]).toContain(",'=1+");
      expect(
        (await fetch(`${server.url}/api/v1/score`, { headers: { authorization: `Bearer ${apiKey}` } }))
          .status,
      ).toBe(200);
    } finally {
      await server.stop();
    }
  });

  test("a workspace that is not there is a sentence and exit code 1", async () => {
    const { code, stderr } = await runNines(["rebuild", "--workspace", "Acne"], { env });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'There is no workspace "Acne". Did you mean "Acme"?\n',
    });
  });

  test("two commands at once share the database, and the one that ends first does not take it away", async () => {
    const results = await Promise.all([
      runNines(["migrate", "--json"], { env }),
      runNines(["rebuild"], { env }),
      runNines(["export", "--workspace", "Acme", "--out", "-"], { env }),
    ]);
    expect(results.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
      results.map(() => ({ code: 0, stderr: "" })),
    );
    expect(results[2].stdout.trimEnd().split("\n")).toHaveLength(41);
  });
});

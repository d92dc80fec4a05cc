import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { runNines } from "../../test/run-nines.ts";
import { asConnectRefusal, asFolderRefusal } from "../platform/database/start-refusals.ts";

// Each test starts processes, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nines-refusals-"));
  await writeFile(join(folder, "file"), "");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function serverUrl(change: (url: URL) => void): string {
  const url = new URL(inject("serverUrl"));
  url.searchParams.delete("sslmode");
  change(url);
  return url.toString();
}

describe("a database that cannot be used is one sentence and exit code 1", () => {
  test.each([
    [
      "nobody listens",
      ["serve", "migrate", "rebuild"],
      () => "postgres://ada:hunter2@127.0.0.1:1/nines",
      /^No PostgreSQL answers at 127\.0\.0\.1:1\. .+DATABASE_URL\.\n$/,
    ],
    [
      "an unknown host",
      ["migrate"],
      () => "postgres://ada:hunter2@nines.invalid/nines",
      /^(There is no host|The name of the host) nines\.invalid.+DATABASE_URL\.\n$/,
    ],
    [
      "a wrong password",
      ["serve"],
      () => serverUrl((url) => (url.password = "hunter2")),
      /^PostgreSQL at \S+ does not take the password of the user \S+\. .+DATABASE_URL\.\n$/,
    ],
    [
      "a database that is not there",
      ["rebuild"],
      () => serverUrl((url) => (url.pathname = "/not_there")),
      /^PostgreSQL at \S+ has no database not_there\. Create it, .+DATABASE_URL\.\n$/,
    ],
  ])("%s", async (_, commands, url, sentence) => {
    for (const command of commands) {
      const { code, stdout, stderr } = await runNines([command], {
        env: { DATABASE_URL: url(), PORT: "0", LOG_LEVEL: "silent" },
      });
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toMatch(sentence);
      expect(stderr).not.toContain("hunter2");
    }
  });

  test("a user who may not make tables is told how", async () => {
    const admin = new pg.Client({ connectionString: inject("serverUrl") });
    await admin.connect();
    const name = `nines_guest_${process.pid}`;
    try {
      await admin.query(`create database ${name}`);
      await admin.query(`create role ${name} login password 'hunter2'`);
      const DATABASE_URL = serverUrl((url) => {
        url.pathname = `/${name}`;
        url.username = name;
        url.password = "hunter2";
      });
      const { code, stderr } = await runNines(["migrate"], { env: { DATABASE_URL } });
      expect(code).toBe(1);
      expect(stderr).toMatch(/^The user in DATABASE_URL may not make tables .+\n$/);
    } finally {
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.query(`drop role if exists ${name}`);
      await admin.end();
    }
  });

  test.each(["ETIMEDOUT", "28000", "53300", "57P03"])("%s", (code) => {
    const error = Object.assign(new Error("no"), { code });
    const { message } = asConnectRefusal(error, "postgres://ada:hunter2@db.example/nines");
    expect(message).toMatch(/db\.example.+\.$/);
    expect(message).not.toContain("hunter2");
  });
});

describe("a data folder that cannot be used is one sentence and exit code 1", () => {
  test.each([
    [
      "a file",
      ["serve", "migrate"],
      () => join(folder, "file"),
      /is a file and no folder\. .+DATA_DIR to another folder\.\n$/,
    ],
    [
      "below a file",
      ["migrate"],
      () => join(folder, "file", "data"),
      /a file and no folder\. .+DATA_DIR to another/,
    ],
    ...(process.platform === "linux"
      ? [
          [
            "where no folder can be made",
            ["serve"],
            () => "/proc/x",
            /^.*\/proc\/x.+DATA_DIR to another/,
          ] as const,
        ]
      : []),
  ] as const)("%s", async (_, commands, dataDir, sentence) => {
    for (const command of commands) {
      const { code, stdout, stderr } = await runNines([command], {
        env: { DATA_DIR: dataDir(), PORT: "0", LOG_LEVEL: "silent" },
      });
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toMatch(sentence);
      expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    }
  });

  test.each(["EACCES", "EROFS", "ENOSPC"])("%s", (code) => {
    const error = Object.assign(new Error("no"), { code, syscall: "mkdir" });
    expect(asFolderRefusal(error, "./data")).toMatchObject({
      name: "Refusal",
      message: expect.stringMatching(/\.\/data.+DATA_DIR to another folder\.$/) as string,
    });
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { environment, readConfig } from "./config.ts";

describe("configuration", () => {
  test("an empty environment gives the defaults", () => {
    expect(readConfig({})).toMatchObject({ port: 9090, host: "localhost", baseUrl: "http://localhost:9090" });
  });

  test("an empty variable counts as not set", () => {
    expect(readConfig({ DATABASE_URL: "", PORT: "" })).toMatchObject({ databaseUrl: undefined, port: 9090 });
  });

  test("the default address follows the port, and a trailing slash is dropped", () => {
    expect(readConfig({ PORT: "8080" }).baseUrl).toBe("http://localhost:8080");
    expect(readConfig({ BASE_URL: "https://nps.example.com/" }).baseUrl).toBe("https://nps.example.com");
  });

  test.each([
    ["PORT", "ninety"],
    ["PORT", "70000"],
    ["BASE_URL", "nps.example.com"],
    ["TRUST_PROXY", "maybe"],
    ["LOG_LEVEL", "loud"],
    ["DATABASE_CONNECTIONS", "1"],
    ["SIGN_IN_LIMIT", "0"],
  ])("%s=%s is refused with a sentence that names it", (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(
      new RegExp(`^${name} is "${value}": .+self-hosting\\.md\\.$`),
    );
  });

  test.each([
    ["DATABASE_URL", "mysql://ada:hunter2@localhost/nines"],
    ["DATABASE_URL", "postgres://ada:hunter2@local host/nines"],
    ["DATABASE_URL", "ada:hunter2"],
    ["SMTP_URL", "mail.example.com:hunter2"],
    ["SECRET", "hunter2"],
    ["METRICS_TOKEN", "hunter2"],
  ])("a wrong %s (%s) is refused by its name, and its value stays out of the sentence", (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(
      new RegExp(`^${name} is not right: must (?!.*hunter2).+self-hosting\\.md\\.$`),
    );
  });

  test("a log that people watch holds no line for every request, unless they ask for it", () => {
    expect(readConfig({}, { terminal: true }).logLevel).toBe("warn");
    expect(readConfig({}, { terminal: false }).logLevel).toBe("info");
    expect(readConfig({ LOG_LEVEL: "info" }, { terminal: true }).logLevel).toBe("info");
  });

  test("every variable is documented in the self-hosting guide", () => {
    const guide = readFileSync(new URL("../../docs/guides/self-hosting.md", import.meta.url), "utf8");
    for (const [name, schema] of Object.entries(environment.shape)) {
      // The formatter pads the columns.
      expect(guide).toMatch(new RegExp(`^\\| \`${name}\` +\\|`, "m"));
      expect(guide).toContain(schema.description);
    }
  });
});

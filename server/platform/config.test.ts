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
    ["DATABASE_URL", "mysql://localhost/nines"],
    ["SMTP_URL", "mail.example.com"],
    ["BASE_URL", "nps.example.com"],
    ["SECRET", "short"],
    ["TRUST_PROXY", "maybe"],
    ["LOG_LEVEL", "loud"],
    ["DATABASE_CONNECTIONS", "1"],
    ["METRICS_TOKEN", "abc"],
    ["SIGN_IN_LIMIT", "0"],
  ])("%s=%s is refused with a sentence that names it", (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(
      new RegExp(`^${name} is "${value}": .+self-hosting\\.md\\.$`),
    );
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

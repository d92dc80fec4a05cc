import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { bareWorkspace } from "../../../test/bare-workspace.ts";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import type { AudienceRule } from "../surveys/survey-settings.ts";
import { audienceCondition } from "./audience-condition.ts";
import { sql } from "kysely";

let nines: TestApp;
let workspaceId: string;

beforeEach(async () => {
  nines = await newTestApp();
  workspaceId = await bareWorkspace(nines);
  const customers = [
    {
      name: "ann",
      language: "de-AT",
      email: "ann@Big.example",
      traits: { plan: "Pro", seats: 12, vip: true, since: "2024-05-01" },
    },
    {
      name: "bob",
      language: "en",
      email: "bob@small.example",
      traits: { plan: "Basic", seats: "9", vip: false, since: "2025-01-01" },
    },
    { name: "cyd", language: null, email: null, traits: { plan: null, seats: "many" } },
  ];
  for (const { traits, ...customer } of customers)
    await nines.db
      .insertInto("customers")
      .values({ ...customer, workspaceId, id: crypto.randomUUID(), traits: JSON.stringify(traits) })
      .execute();
  await nines.pool.query(
    "insert into accounts (workspace_id, id, key, name) values ($1, $2, 'acc', 'Acme Ltd')",
    [workspaceId, workspaceId],
  );
  await nines.pool.query("update customers set account_id = $1 where name = 'ann'", [workspaceId]);
});

async function fitting(rules: AudienceRule[], match: "all" | "any" = "all"): Promise<string> {
  const condition = audienceCondition(workspaceId, { match, rules });
  const { rows } = await sql<{
    name: string;
  }>`select c.name from customers c where ${condition} order by 1`.execute(nines.db);
  return rows.map(({ name }) => name).join(" ");
}

const trait = (field: string, is: AudienceRule["is"], value?: AudienceRule["value"]): AudienceRule => ({
  field,
  kind: "trait",
  is,
  ...(value !== undefined && { value }),
});
const own = (field: string, is: AudienceRule["is"], value?: AudienceRule["value"]): AudienceRule => ({
  ...trait(field, is, value),
  kind: "customer",
});

describe("an audience", () => {
  it("compares traits with texts, numbers and truths", async () => {
    expect(await fitting([])).toBe("ann bob cyd");
    expect(await fitting([trait("plan", "equal", "Pro")])).toBe("ann");
    expect(await fitting([trait("plan", "equal", "pro")])).toBe("");
    expect(await fitting([trait("plan", "not_equal", "Pro")])).toBe("bob cyd");
    expect(await fitting([trait("plan", "one_of", ["Pro", "Basic"])])).toBe("ann bob");
    expect(await fitting([trait("plan", "contains", "AS")])).toBe("bob");
    expect(await fitting([trait("plan", "contains", "%")])).toBe("");
    expect(await fitting([trait("plan", "set")])).toBe("ann bob");
    expect(await fitting([trait("vip", "not_set")])).toBe("cyd");
    expect(await fitting([trait("vip", "equal", true)])).toBe("ann");
  });

  it("compares numbers as numbers, also those in texts, and days as days", async () => {
    expect(await fitting([trait("seats", "above", 9)])).toBe("ann");
    expect(await fitting([trait("seats", "below", 10)])).toBe("bob");
    expect(await fitting([trait("seats", "below", "10")])).toBe("bob");
    expect(await fitting([trait("seats", "equal", 12)])).toBe("ann");
    expect(await fitting([trait("seats", "equal", "9.0")])).toBe("bob");
    expect(await fitting([trait("since", "above", "2024-12-31")])).toBe("bob");
  });

  it("knows the language, the account and the domain, in any case", async () => {
    expect(await fitting([own("language", "equal", "DE-at")])).toBe("ann");
    expect(await fitting([own("language", "not_equal", "en")])).toBe("ann cyd");
    expect(await fitting([own("email_domain", "one_of", ["big.example"])])).toBe("ann");
    expect(await fitting([own("account", "contains", "acme")])).toBe("ann");
    expect(await fitting([own("account", "not_set")])).toBe("bob cyd");
  });

  it("joins its rules by all or any", async () => {
    const rules = [trait("plan", "equal", "Pro"), trait("seats", "below", 10)];
    expect(await fitting(rules)).toBe("");
    expect(await fitting(rules, "any")).toBe("ann bob");
  });

  it("refuses unknown fields and rules without a value", () => {
    const compile = (rule: AudienceRule) => audienceCondition(workspaceId, { match: "all", rules: [rule] });
    expect(() => compile(own("password", "set"))).toThrow('"password" is no field of a customer');
    expect(() => compile(own("constructor", "set"))).toThrow("is no field");
    expect(() => compile(trait("plan", "equal"))).toThrow("needs one value");
    expect(() => compile(trait("plan", "one_of", []))).toThrow("needs one value");
    expect(() => compile(trait("plan", "above", [1, 2]))).toThrow("needs one value");
  });

  it("never lets what people wrote become SQL", async () => {
    const text = fc.oneof(
      fc
        .string({ unit: "binary", minLength: 1, maxLength: 30 })
        .filter((s) => s.isWellFormed() && !s.includes("\0")),
      fc.constantFrom(
        "'; drop table customers; --",
        "$1",
        "\\",
        "1e99",
        "-0",
        "1e-99",
        "NaN",
        "Infinity",
        "'",
        "9".repeat(100),
      ),
    );
    const value = fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean());
    const rule = fc.record({
      field: text,
      kind: fc.constant("trait" as const),
      is: fc.constantFrom(
        "equal" as const,
        "not_equal" as const,
        "one_of" as const,
        "contains" as const,
        "above" as const,
        "below" as const,
      ),
      value,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(rule, { minLength: 1, maxLength: 4 }), async (rules) => {
        await nines.db
          .updateTable("customers")
          .set({
            traits: JSON.stringify(
              Object.fromEntries(rules.map(({ field, value: given }) => [field, given])),
            ),
          })
          .where("name", "=", "cyd")
          .execute();
        const alike = rules.filter(({ is }) => is === "equal");
        const last = alike.filter(
          ({ field, value: given }) => rules.findLast((r) => r.field === field)!.value === given,
        );
        expect(await fitting(rules)).toMatch(/^(ann ?)?(bob ?)?(cyd)?$/);
        // A trait equals what it is.
        if (last.length > 0) expect(await fitting(last)).toContain("cyd");
      }),
      { numRuns: 60 },
    );
  });
});

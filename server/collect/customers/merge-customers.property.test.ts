import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { bareWorkspace } from "../../../test/bare-workspace.ts";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { newResponseRecorder } from "../record-responses.ts";
import { storeCustomers } from "../store-customers.ts";
import { mergeCustomers } from "./merge-customers.ts";

const keys = ["id:1", "email:a@x.example", "email:b@x.example", "phone:491", "email:c@x.example"] as const;
type Key = (typeof keys)[number];

const aStep = fc.oneof(
  fc.record({ is: fc.constant("answer" as const), key: fc.constantFrom(...keys), score: fc.nat(10) }),
  fc.record({ is: fc.constant("merge" as const), a: fc.constantFrom(...keys), b: fc.constantFrom(...keys) }),
  fc.record({
    is: fc.constant("trait" as const),
    key: fc.constantFrom(...keys),
    name: fc.constantFrom("plan", "toString"),
    minute: fc.nat(59),
  }),
);
type Step = typeof aStep extends fc.Arbitrary<infer S> ? S : never;

const identityOf = (key: Key) => {
  const [kind, value] = key.split(":") as ["id" | "email" | "phone", string];
  return { [kind]: value };
};

async function ownerOf(db: Database, workspaceId: string, key: Key): Promise<string> {
  const row = await db
    .selectFrom("customerKeys")
    .select("customerId")
    .where("workspaceId", "=", workspaceId)
    .where("key", "=", key)
    .executeTakeFirstOrThrow();
  return row.customerId;
}

async function take(nines: TestApp, workspaceId: string, step: Step, number: number): Promise<void> {
  const { resources, db } = nines;
  if (step.is === "answer") {
    const answer = { id: String(number), score: step.score, customer: identityOf(step.key) };
    await newResponseRecorder(resources).record(workspaceId, [answer]);
  } else if (step.is === "merge") {
    const [from, into] = [await ownerOf(db, workspaceId, step.a), await ownerOf(db, workspaceId, step.b)];
    await mergeCustomers(resources, { workspaceId, from, into, reason: "identify" });
  } else {
    const at = `2026-10-01T00:${String(step.minute).padStart(2, "0")}:00.000Z`;
    const said = JSON.stringify({ [step.name]: at });
    await db.transaction().execute(async (db) => {
      await lockWorkspace(db, workspaceId, "shared");
      // As with events: the newest word counts.
      await sql`
        update customers set traits = traits || ${said}::jsonb, traits_at = traits_at || ${said}::jsonb
        where id = ${await ownerOf(db, workspaceId, step.key)}::uuid
          and coalesce(traits_at ->> ${step.name}, '') < ${at}`.execute(db);
    });
  }
}

/** Who is who in the end: per person the keys, the answers, the traits. */
async function told({ db }: TestApp, workspaceId: string): Promise<unknown> {
  const { rows } = await sql<{ told: string }>`
    select json_build_array(
      (select array_agg(key order by key) from customer_keys k where k.customer_id = c.id and key not like 'response:%'),
      (select array_agg(source_id order by source_id) from responses r where r.customer_id = c.id),
      c.traits, c.email is not null, c.external_id)::text as told
    from customers c where c.workspace_id = ${workspaceId}::uuid order by 1`.execute(db);
  return rows.map((row) => row.told);
}

test("in whatever order answers, traits and merges come, two at once too, the same people come out", async () => {
  const nines = await newTestApp();
  await fc.assert(
    fc.asyncProperty(
      fc
        .array(aStep, { minLength: 4, maxLength: 10 })
        .chain((steps) =>
          fc.tuple(
            fc.constant(steps),
            fc.shuffledSubarray([...steps.keys()], { minLength: steps.length, maxLength: steps.length }),
          ),
        ),
      async ([steps, order]) => {
        const results = [];
        for (const numbers of [[...steps.keys()], order]) {
          const workspaceId = await bareWorkspace(nines);
          await storeCustomers(nines.resources, workspaceId, keys.map(identityOf));
          for (let i = 0; i < numbers.length; i += 2) {
            const pair = numbers.slice(i, i + 2);
            await Promise.all(pair.map((number) => take(nines, workspaceId, steps[number]!, number)));
          }
          results.push(await told(nines, workspaceId));
        }
        expect(results[1]).toEqual(results[0]);
      },
    ),
    { numRuns: 12 },
  );
}, 60_000);

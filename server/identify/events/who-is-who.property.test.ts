import fc from "fast-check";
import { expect, test } from "vitest";
import { bareWorkspace } from "../../../test/bare-workspace.ts";
import { newTestApp } from "../../../test/new-test-app.ts";
import { newResponseRecorder } from "../../collect/record-responses.ts";
import type { TrackingMessage } from "./event.ts";
import { newEventRecorder } from "./record-events.ts";

type Said = Omit<TrackingMessage, "messageId" | "at"> | { type: "response"; email?: string; id?: string };

/** What is said of one person, who has an id, a former id, two browsers and an address; none is shared with anybody. */
const saidOf = (n: number): Said[] => [
  { type: "identify", userId: `u${n}`, anonymousId: `x${n}`, traits: { plan: "pro" } },
  { type: "identify", userId: `u${n}`, traits: { email: `e${n}@x.example` } },
  { type: "identify", anonymousId: `y${n}`, traits: { email: `e${n}@x.example` } },
  { type: "alias", userId: `u${n}`, previousId: `v${n}` },
  { type: "track", userId: `u${n}`, name: "Login" },
  { type: "track", userId: `v${n}`, name: "Login" },
  { type: "track", anonymousId: `x${n}`, name: "Visit" },
  { type: "track", anonymousId: `y${n}`, name: "Visit" },
  { type: "group", userId: `v${n}`, groupId: "acme" },
  { type: "response", email: `e${n}@x.example` },
  { type: "response", id: `v${n}` },
];

const people = [0, 1, 2];
const keysOf = (n: number) =>
  [`u${n}`, `v${n}`]
    .map((id) => `id:${id}`)
    .concat(`anonymous:x${n}`, `anonymous:y${n}`, `email:e${n}@x.example`);

/** All that is said, in any order, in batches; between them jobs run, or do not. */
const order = fc.tuple(
  fc.shuffledSubarray(people.flatMap(saidOf), { minLength: people.length * saidOf(0).length }),
  fc.array(fc.record({ size: fc.integer({ min: 1, max: 12 }), run: fc.boolean() }), {
    minLength: 4,
    maxLength: 8,
  }),
);

test("in whatever order things are said, everybody is one customer, who has all their keys, events and answers", async () => {
  const nines = await newTestApp();
  const events = newEventRecorder(nines.resources);
  const responses = newResponseRecorder(nines.resources);
  await fc.assert(
    fc.asyncProperty(order, async ([said, batches]) => {
      const workspaceId = await bareWorkspace(nines);
      let sent = 0;
      const send = async (batch: Said[]) => {
        const messages: TrackingMessage[] = [];
        const flush = async () => {
          await events.record(workspaceId, messages.splice(0), { trusted: true });
        };
        for (const each of batch) {
          if (each.type !== "response") {
            messages.push({ ...each, messageId: `m${sent++}`, at: nines.clock.now() });
            continue;
          }
          await flush();
          const { email, id } = each;
          await responses.record(workspaceId, [{ score: 8, customer: { email, id } }]);
        }
        await flush();
      };
      const left = [...said];
      for (const { size, run } of batches) {
        await send(left.splice(0, size));
        if (run) await nines.runJobs();
      }
      await send(left);
      await nines.runJobs();

      const customers = await nines.db
        .selectFrom("customers")
        .selectAll()
        .where("workspaceId", "=", workspaceId)
        .execute();
      expect(customers).toHaveLength(people.length);
      const keys = await nines.db
        .selectFrom("customerKeys")
        .selectAll()
        .where("workspaceId", "=", workspaceId)
        .execute();
      const owner = (key: string) => keys.find((row) => row.key === key)?.customerId;
      for (const n of people) {
        expect(new Set(keysOf(n).map(owner))).toEqual(new Set([owner(`id:u${n}`)]));
        const customerId = owner(`id:u${n}`)!;
        expect(customers.find(({ id }) => id === customerId)).toMatchObject({
          email: `e${n}@x.example`,
          traits: { plan: "pro" },
          anonymous: false,
          verified: true,
        });
        expect(customers.find(({ id }) => id === customerId)?.accountId).not.toBeNull();
        for (const [table, rows] of [
          ["events", 4],
          ["responses", 2],
        ] as const) {
          const found = await nines.db
            .selectFrom(table)
            .select("id")
            .where("customerId", "=", customerId)
            .execute();
          expect(found, table).toHaveLength(rows);
        }
      }
    }),
    { numRuns: 8 },
  );
}, 120_000);

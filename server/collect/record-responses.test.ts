import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { newTestApp } from "../../test/new-test-app.ts";
import { newResponseRecorder } from "./record-responses.ts";
import { NewResponse } from "./response.ts";

const answer = (input: unknown) => NewResponse.parse(input);

test("x", async () => {
  const { resources, pool } = await newTestApp();
  const recorder = newResponseRecorder(resources);
  const ws = randomUUID();
  const all = await Promise.all(
    Array.from({ length: 500 }, (_, i) =>
      recorder.record(ws, [
        answer({
          id: `a${i % 400}`,
          score: i % 11,
          comment: "hi",
          customer: { email: `U${i % 50}@x.de `, name: "Ada" + i },
        }),
      ]),
    ),
  );
  expect(all.flat().filter((r) => r.known)).toHaveLength(100);
  console.log(
    (await pool.query("select count(*) from responses")).rows,
    (await pool.query("select count(*) from customers")).rows,
    (await pool.query("select name from pgboss.job")).rows.length,
  );
});

import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { newApiClient } from "../../../test/api-client.ts";
import { newTestApp } from "../../../test/new-test-app.ts";
import { importFile } from "./import-file.ts";

test("an import ends although others store its new customers one after another at the same moment", async () => {
  const nines = await newTestApp();
  const { workspaceId } = await newApiClient(nines);
  const emails = Array.from({ length: 4_000 }, (_, n) => `p${String(n).padStart(4, "0")}@example.com`);
  const text = `email,score\n${emails.map((email) => `${email},9`).join("\n")}\n`;
  let going = true;
  // Backwards, for keys are written forwards: a batch meets a new one in every try.
  const others = (async () => {
    for (const email of emails.toReversed()) {
      if (!going) return;
      await nines.pool.query(
        `with made as (
           insert into customer_keys (workspace_id, key, customer_id) values ($1, $2, gen_random_uuid())
           on conflict do nothing returning customer_id
         )
         insert into customers (workspace_id, id, email) select $1, customer_id, $3 from made`,
        [workspaceId, `email:${email}`, email],
      );
    }
  })();
  const done = await importFile(nines.resources, {
    workspaceId,
    file: Readable.from([Buffer.from(text)]),
  });
  going = false;
  await others;
  expect(done).toMatchObject({ state: "done", rowsStored: 4_000 });
  const { rows } = await nines.pool.query(
    `select count(distinct c.id) as customers, count(distinct k.key) as keys, count(distinct r.id) as responses
     from customers c join customer_keys k on k.customer_id = c.id and k.key = 'email:' || c.email
       join responses r on r.customer_id = c.id`,
  );
  expect(rows).toEqual([{ customers: 4_000, keys: 4_000, responses: 4_000 }]);
});

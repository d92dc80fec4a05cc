import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { newApiClient } from "../../../test/api-client.ts";
import { liveOn } from "../../../test/live-on.ts";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import { askByMail, mailedSurvey, sendJobs } from "../../../test/mailed-survey.ts";
import { importFile } from "../imports/import-file.ts";
import { rebuildScoreDays } from "../rebuild-score-days.ts";
import type { Recorded } from "../response.ts";
import { eraseCustomer } from "./erase-customer.ts";
import { mergeCustomers } from "./merge-customers.ts";

/** Every row of our tables as text, with the name of its table. */
async function dump({ pool }: TestApp): Promise<string[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(`select to_jsonb(t)::text as row from only ${name} t`);
    texts.push(...rows.map(({ row }) => `${name} ${row}`));
  }
  return texts;
}

async function counted({ pool }: TestApp): Promise<number[][]> {
  const { rows } = await pool.query<{ counts: number[] }>(
    "select counts from score_days where attribute = '' union all select counts from score_changes where attribute = ''",
  );
  return rows.map(({ counts }) => counts);
}

test("an erased customer is nowhere any more, but in the list of addresses that are never asked", async () => {
  const nines = await newTestApp();
  const { workspaceId, ask } = await newApiClient(nines);
  const { resources, pool } = nines;
  const surveyId = await mailedSurvey(nines, workspaceId);
  const [asked] = await askByMail(nines, {
    workspaceId,
    surveyId,
    n: 1,
    prefix: "canary",
    name: "Katrin Canary",
  });
  await ask("POST", "/suppressions", { email: "other@example.com", reason: "unsubscribed" });
  const ours = {
    id: "canary-4711",
    email: "second.canary@example.com",
    name: "Katrin Canary",
    phone: "+4930123456",
  };
  const [first, kept] = [
    await ask<Recorded>("POST", "/responses", { score: 2, comment: "Canary sings", customer: ours }),
    await ask<Recorded>("POST", "/responses", {
      score: 9,
      customer: { id: "4711", email: "stays@example.com" },
    }),
  ];
  await sendJobs(nines, workspaceId, [asked!]);
  await nines.runJobs();
  expect((await pool.query("select 1 from outbox")).rows).toHaveLength(1);
  for (const customerId of [first.customerId, asked!.customerId, kept.customerId])
    await liveOn(nines, { workspaceId, customerId, surveyId });
  const csv =
    "email,score,id\nsecond.canary@example.com,17,a\nx@example.com,18,canary-4711\nx@example.com,19,4711\n" +
    "y@example.com,9,b\n".repeat(9);
  await importFile(resources, { workspaceId, file: Readable.from([Buffer.from(csv)]) });
  await ask("POST", "/suppressions", { email: ours.email, reason: "unsubscribed" });
  const into = first.customerId;
  await mergeCustomers(resources, { workspaceId, from: asked!.customerId, into, reason: "api" });
  await pool.query(
    `update event_folds set customer_ids = customer_ids || $1::uuid, names = names || 'Stays'::text, times = times || now()
     where $2 = any (customer_ids)`,
    [kept.customerId, first.customerId],
  );

  const apiKeyId = (await pool.query<{ id: string }>("select id from api_keys")).rows[0]!.id;
  await eraseCustomer(resources, workspaceId, asked!.customerId, { apiKeyId });
  await expect(eraseCustomer(resources, workspaceId, first.customerId)).rejects.toThrow(/erased already/);
  await nines.runJobs();
  const left = await dump(nines);
  const traces = left.filter((row) => /canary|4930123456/i.test(row) || row.includes(first.customerId));
  const expected = [
    expect.stringMatching(/^audit_log .*"customer.erased"/),
    expect.stringMatching(/^audit_log .*"customer.merged"/),
    expect.stringMatching(/^suppressions .*"email:second.canary@example.com"/),
  ];
  expect(traces).toHaveLength(expected.length);
  expect(traces).toEqual(expect.arrayContaining(expected));
  const log =
    "select person_id, api_key_id, about_id, details from audit_log where action = 'customer.erased'";
  expect(await pool.query(log)).toMatchObject({
    rows: [{ person_id: null, api_key_id: apiKeyId, about_id: first.customerId, details: {} }],
  });
  // Who had merged it with which, and nothing else.
  expect(left.filter((row) => row.includes(asked!.customerId))).toEqual(
    traces.filter((row) => row.includes("customer.merged")),
  );
  // The others keep what is theirs, also what lay in one row with it.
  expect(left.filter((row) => row.startsWith("import_failures"))).toHaveLength(1);
  const folds = left.filter((row) => row.startsWith("event_folds"));
  expect(
    folds.map((row) => (JSON.parse(row.slice("event_folds ".length)) as { names: string[] }).names),
  ).toEqual(expect.arrayContaining([["Stays"], ["Report Exported"]]));
  const total = (await counted(nines)).reduce((sum, counts) => counts.map((n, i) => n + (sum[i] ?? 0)), []);
  await rebuildScoreDays(nines.db);
  expect((await counted(nines)).reduce((sum, counts) => counts.map((n, i) => n + (sum[i] ?? 0)), [])).toEqual(
    total,
  );
  expect(total[9]).toBe(10);
  expect(total[2]).toBe(0);
});

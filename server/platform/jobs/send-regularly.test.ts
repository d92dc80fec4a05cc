import { expect, test } from "vitest";
import { newTestApp } from "../../../test/new-test-app.ts";
import { sendRegularly } from "./send-regularly.ts";
import { send } from "./send.ts";

test("however many processes send a regular job, one waits, and none comes after the stop", async () => {
  const { resources, db, pool, runJobs } = await newTestApp();
  const waiting = async () => {
    const { rows } = await pool.query("select count(*) as n from pgboss.job where name = 'ask-customers'");
    return rows[0].n as number;
  };
  const processes = [1, 2, 3].map(() => sendRegularly({ db, log: resources.log }, "ask-customers", {}, 3600));
  await Promise.all(processes.map(async (each) => each.stop()));
  await send(db, "ask-customers", {});
  expect(await waiting()).toBe(1);
  await runJobs();
  expect(await waiting()).toBe(0);
  await send(db, "ask-customers", {});
  expect(await waiting()).toBe(1);
});

import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import pg from "pg";
import { listen } from "../../server/platform/http/listen.ts";

// The same stack with nothing but one INSERT per request: no customers, no checks, no counts, no second sending.
const pool = new pg.Pool({
  connectionString: process.env.BARE_DATABASE_URL,
  max: Number(process.env.BARE_CONNECTIONS),
});
await pool.query(`
  create table if not exists bare_responses (like responses including defaults);
  alter table bare_responses add primary key (customer_id, id);
  create index on bare_responses (workspace_id, survey_id, at desc, id desc)`);

const workspaceId = randomUUID();
const surveyId = randomUUID();
const insert = `
  insert into bare_responses (workspace_id, customer_id, id, survey_id, score, comment, channel, at, traits, source_id)
  values ($1, $2, $3, $4, $5, $6, 'api', $7, $8, $9)`;

const app = new Hono();
app.post("/responses", async (c) => {
  const answer = await c.req.json<{
    id: string;
    score: number;
    comment: string;
    customer: { traits: object };
  }>();
  const [id, customerId] = [randomUUID(), randomUUID()];
  const { score, comment, customer } = answer;
  const traits = JSON.stringify(customer.traits);
  await pool.query({
    name: "insert",
    text: insert,
    values: [workspaceId, customerId, id, surveyId, score, comment, new Date(), traits, answer.id],
  });
  return c.json({ id, customerId }, 201);
});

process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ processor: (user + system) / 1000 });
});
const { port } = await listen(app.fetch, "127.0.0.1", 0);
process.send?.({ url: `http://127.0.0.1:${port}` });

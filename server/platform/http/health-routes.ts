import { timingSafeEqual } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Context } from "hono";
import { readMigrations } from "../database/migrate.ts";
import { Refusal } from "../errors.ts";
import type { Resources } from "../resources.ts";
import type { Metrics } from "./metrics.ts";
import { type Env, newRouter } from "./router.ts";

/** For whoever operates Nines: /healthz, /readyz, /metrics. */
export function healthRoutes(resources: Resources, metrics: Metrics) {
  const router = newRouter();
  router.get("/healthz", (c) => c.json({ status: "up" }));
  router.get("/readyz", async (c) => {
    const problem = await findProblem(resources);
    if (problem === undefined) return c.json({ status: "ready" });
    throw new Refusal("busy", problem, { retryAfterSeconds: 2 });
  });
  router.get("/metrics", async (c) => {
    refuseStrangers(c, resources.config);
    const text = await metrics.read();
    return c.body(text, 200, { "content-type": metrics.registry.contentType });
  });
  return router;
}

const patience = 2_000;

/** Does the database answer in time, with this version's schema? */
async function findProblem({ database: { pool }, log }: Resources): Promise<string | undefined> {
  const late = new AbortController();
  const asked = pool.query<{ number: number }>("select number from schema_migrations");
  asked.catch(() => {});
  try {
    const answer = await Promise.race([asked, wait(patience, undefined, { signal: late.signal })]);
    if (!answer) return "The database did not answer within 2 seconds.";
    const done = new Set(answer.rows.map(({ number }) => number));
    const missing = (await readMigrations()).filter(({ number }) => !done.has(number));
    return missing.length > 0 ? "The database still has to be migrated." : undefined;
  } catch (error) {
    log.warn({ err: error }, "not ready");
    return "The database cannot be reached.";
  } finally {
    late.abort();
  }
}

/** Metrics are for this machine, or for whoever has the token. */
function refuseStrangers(c: Context<Env>, config: Resources["config"]): void {
  const { metricsToken, trustProxy } = config;
  if (metricsToken !== undefined) {
    const given = Buffer.from(c.req.header("authorization") ?? "");
    const expected = Buffer.from(`Bearer ${metricsToken}`);
    if (given.length === expected.length && timingSafeEqual(given, expected)) return;
    throw new Refusal("not_signed_in", "Send the METRICS_TOKEN as `Authorization: Bearer …`.");
  }
  // A proxy on this machine is on the loopback too; what it passes on is not from here.
  const isForwarded =
    !trustProxy && (c.req.header("x-forwarded-for") ?? c.req.header("forwarded")) !== undefined;
  if (/^(::ffff:)?127\.|^::1$/.test(c.var.address) && !isForwarded) return;
  throw new Refusal(
    "not_allowed",
    "Metrics are shown only to this machine. Set METRICS_TOKEN to read them from elsewhere.",
  );
}

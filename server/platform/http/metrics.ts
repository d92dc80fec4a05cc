import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { OpenDatabase } from "../database/open.ts";

/** What /metrics shows, for one app. */
export function openMetrics({ pool, pools }: Pick<OpenDatabase, "pool" | "pools">) {
  const registry = new Registry();
  const requests = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time to answer a request, by route.",
    labelNames: ["method", "route", "status"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const gauge = (config: ConstructorParameters<typeof Gauge<string>>[0]) =>
    new Gauge<string>({ ...config, registers: [registry] });
  gauge({
    name: "nines_database_connections",
    help: "Connections of this process, and queries that wait for one.",
    labelNames: ["pool", "state"],
    collect() {
      for (const [name, each] of Object.entries(pools)) {
        this.set({ pool: name, state: "open" }, each.totalCount);
        this.set({ pool: name, state: "idle" }, each.idleCount);
        this.set({ pool: name, state: "waiting" }, each.waitingCount);
      }
    },
  });
  gauge({
    name: "nines_jobs",
    help: "Jobs by name and state, as pg-boss last counted them.",
    labelNames: ["job", "state"],
    async collect() {
      const { rows } = await pool.query<{ name: string; queued: number; active: number }>(
        "select name, queued_count as queued, active_count as active from pgboss.queue",
      );
      for (const { name, queued, active } of rows) {
        this.set({ job: name, state: "queued" }, queued);
        this.set({ job: name, state: "active" }, active);
      }
    },
  });
  let isAsked = false;
  return {
    registry,
    observe(method: string, route: string, status: number, seconds: number): void {
      requests.labels(method, route, String(status)).observe(seconds);
    },
    /** Measures a number of the product whenever it is asked for. */
    addGauge(name: string, help: string, read: () => Promise<number>): void {
      gauge({
        name,
        help,
        async collect() {
          this.set(await read());
        },
      });
    },
    async read(): Promise<string> {
      // The process's own figures need observers; nobody pays for them before somebody asks.
      if (!isAsked) collectDefaultMetrics({ register: registry });
      isAsked = true;
      return registry.metrics();
    },
  };
}

export type Metrics = ReturnType<typeof openMetrics>;

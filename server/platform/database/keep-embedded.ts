import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { type EmbeddedPostgres, startEmbedded } from "./embedded.ts";

/**
 * Runs the embedded PostgreSQL and, when it ends while it is still needed, starts it again on the same port, so that
 * the pools find it there.
 * @throws Refusal as `startEmbedded`, for the first start only
 */
export async function keepEmbedded(
  dataDir: string,
  log: Logger,
  { settings = [] }: { settings?: string[] } = {},
): Promise<Pick<EmbeddedPostgres, "url" | "stop">> {
  let current = await startEmbedded(dataDir, { settings });
  const stopping = new AbortController();
  const { signal } = stopping;
  const { url } = current;
  const port = Number(new URL(url).port);
  let restarting: Promise<EmbeddedPostgres | undefined> | undefined;

  const keeping = (async () => {
    for (;;) {
      await current.lost;
      if (signal.aborted) return;
      log.warn("the embedded database ended; starting it again");
      restarting = restart();
      const restarted = await restarting;
      if (!restarted) return;
      current = restarted;
      log.info("the embedded database runs again");
    }
  })();

  async function restart(): Promise<EmbeddedPostgres | undefined> {
    for (let pause = 100; !signal.aborted; pause = Math.min(2 * pause, 5_000)) {
      try {
        const restarted = await startEmbedded(dataDir, { port, settings, signal });
        if (restarted.url === url) return restarted;
        // Somebody else started it, elsewhere; ours has to be where the pools look for it.
        await restarted.stop();
      } catch (error) {
        if (signal.aborted) break;
        log.error({ err: error }, "the embedded database did not start; trying again");
      }
      await wait(pause, undefined, { signal }).catch(() => {});
    }
    return undefined;
  }

  return {
    url,
    stop: async () => {
      stopping.abort();
      // A start under way would bring up again what is being stopped.
      current = (await restarting) ?? current;
      await current.stop();
      await keeping;
    },
  };
}

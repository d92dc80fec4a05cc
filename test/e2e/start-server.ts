import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startNines } from "../start-nines.ts";

/** The real server on its own PostgreSQL in a fresh folder, for all browser tests. */
export default async function startServer() {
  const folder = await mkdtemp(join(tmpdir(), "nines-e2e-"));
  const server = await startNines({
    DATA_DIR: folder,
    PORT: "0",
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? "error",
    SIGN_IN_LIMIT: "1000",
  });
  process.env.NINES_URL = server.url;
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

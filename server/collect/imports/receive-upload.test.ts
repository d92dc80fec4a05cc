import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../platform/clock.ts";
import { readConfig } from "../../platform/config.ts";
import { keepEmbedded } from "../../platform/database/keep-embedded.ts";
import { migrate } from "../../platform/database/migrate.ts";
import { openDatabase } from "../../platform/database/open.ts";
import { newId } from "../../platform/ids.ts";
import { openLog } from "../../platform/log.ts";
import { receiveUpload } from "./receive-upload.ts";

/** A folder that is a file system of its own, of this size; undefined where we may not make one. */
function smallDisk(megabytes: number): string | undefined {
  if (process.platform !== "linux" || userInfo().uid !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "nines-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder], { stdio: "ignore" });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
}

const disk = smallDisk(220);
const missing = disk ? "" : " (skipped: only root can mount a small disk)";

test.skipIf(!disk)(
  `a full disk refuses the upload, keeps nothing, and works again with space${missing}`,
  { timeout: 90_000 },
  async () => {
    const folder = disk ?? "";
    const log = openLog("silent");
    // As the server does: PostgreSQL leaves for good when its recovery meets the full disk.
    const postgres = await keepEmbedded(folder, log, {
      settings: ["max_wal_size=32MB", "min_wal_size=32MB", "wal_init_zero=on"],
    });
    const database = openDatabase(postgres.url, { log });
    onTestFinished(async () => {
      await database.close();
      await postgres.stop();
      execFileSync("umount", ["-l", folder]);
      rmSync(folder, { recursive: true, force: true });
    });
    await migrate(database.pool);
    const resources = { config: readConfig({}), database, clock: systemClock, log };
    const workspaceId = newId(systemClock);
    await database.pool.query("insert into workspaces (id, name, slug) values ($1, 'Acme', 'acme')", [
      workspaceId,
    ]);

    async function* file(megabytes: number) {
      yield Buffer.from("score,comment\n");
      // Bytes that do not compress, so that they need the space they have.
      for (let n = 0; n < megabytes * 16; n++)
        yield Buffer.from(`9,${randomBytes(49_000).toString("base64")}\n`);
    }
    const upload = (megabytes: number) =>
      receiveUpload(resources, {
        workspaceId,
        surveyId: workspaceId,
        name: "answers.csv",
        personId: undefined,
        body: file(megabytes),
        announced: undefined,
      });
    const counts = async () =>
      (
        await database.pool.query(
          "select (select count(*) from imports) as imports, (select count(*) from import_chunks) as chunks",
        )
      ).rows[0] as object;

    // Something else fills the disk, but for a little.
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(join(folder, "ballast"), Buffer.alloc(Math.max(0, bavail * bsize - 40 * 2 ** 20)));
    await expect(upload(60)).rejects.toMatchObject({
      code: "disk_full",
      message:
        "The disk of the database is full and nothing of this file was kept. Free some space and upload it again.",
    });
    rmSync(join(folder, "ballast"));
    // PostgreSQL may have stopped for want of space for its log; it comes back by itself.
    await expect
      .poll(() => counts().catch(() => undefined), { timeout: 40_000 })
      .toEqual({ imports: 0, chunks: 0 });
    await upload(2);
    expect(await counts()).toMatchObject({ imports: 1 });
  },
);

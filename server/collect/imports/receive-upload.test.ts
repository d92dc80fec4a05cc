import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, statfsSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../platform/clock.ts";
import { readConfig } from "../../platform/config.ts";
import { startEmbedded } from "../../platform/database/embedded.ts";
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

/** Then it is never the log that meets the full disk, which PostgreSQL answers by stopping. */
async function moveLogElsewhere(folder: string): Promise<void> {
  await (await startEmbedded(folder)).stop();
  const elsewhere = mkdtempSync(join(tmpdir(), "nines-log-"));
  onTestFinished(() => rmSync(elsewhere, { recursive: true }));
  const place = join(folder, "postgres", "pg_wal");
  execFileSync("cp", ["-a", place, elsewhere]);
  rmSync(place, { recursive: true });
  symlinkSync(join(elsewhere, "pg_wal"), place);
}

const sentence =
  "The disk of the database is full and nothing of this file was kept. Free some space and upload it again.";
const probe = smallDisk(1);
if (probe) unmount(probe);
const missing = probe ? "" : " (skipped: only root can mount a small disk)";

function unmount(folder: string): void {
  execFileSync("umount", ["-l", folder]);
  rmSync(folder, { recursive: true, force: true });
}

test.skipIf(!probe).each([
  { disk: "a full disk", elsewhere: true, refusal: sentence },
  // Its connections break then, unless the full disk is noticed before.
  { disk: "a full disk that also stops PostgreSQL", elsewhere: false, refusal: "" },
])(
  `$disk refuses the upload, keeps nothing, and works again with space${missing}`,
  { timeout: 90_000 },
  async ({ elsewhere, refusal }) => {
    const folder = smallDisk(220) ?? "";
    onTestFinished(() => unmount(folder));
    const log = openLog("silent");
    if (elsewhere) await moveLogElsewhere(folder);
    // As the server does: PostgreSQL leaves for good when its recovery meets the full disk.
    const postgres = await keepEmbedded(folder, log, {
      settings: ["max_wal_size=32MB", "min_wal_size=32MB", "wal_init_zero=on"],
    });
    const database = openDatabase(postgres.url, { log });
    onTestFinished(async () => {
      await database.close();
      await postgres.stop();
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
    await expect(upload(60)).rejects.toThrow(refusal);
    rmSync(join(folder, "ballast"));
    // PostgreSQL may have stopped for want of space for its log; it comes back by itself.
    await expect
      .poll(() => counts().catch(() => undefined), { timeout: 40_000 })
      .toEqual({ imports: 0, chunks: 0 });
    await upload(2);
    expect(await counts()).toMatchObject({ imports: 1 });
  },
);

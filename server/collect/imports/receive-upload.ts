import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { sql } from "kysely";
import type pg from "pg";
import type { Database } from "../../platform/database/open.ts";
import type { Resources } from "../../platform/resources.ts";
import { Refusal } from "../../platform/errors.ts";
import { newId } from "../../platform/ids.ts";
import { detectFormat, headSize } from "./detect-format.ts";
import { refuseForeignFile } from "./encoding.ts";
import { forgetAbandoned } from "./forget-abandoned.ts";
import { removeUpload } from "./remove-upload.ts";
import { longestRecord } from "./split-rows.ts";
import { withinWorkspace } from "./within-workspace.ts";

interface Upload {
  workspaceId: string;
  surveyId: string;
  name: string;
  personId: string | undefined;
  body: AsyncIterable<Uint8Array>;
  /** Bytes that were announced, if they were. */
  announced: number | undefined;
}

const chunkSize = 1024 * 1024;
const hour = 3600_000;

/**
 * Stores an uploaded file in chunks, so that any worker can read it; memory holds two of them, however large the file is.
 * A file that is refused, cut or does not fit leaves nothing.
 * @returns the id of the import
 * @throws Refusal for what is no CSV file, for a cut upload, for a full disk
 */
export async function receiveUpload(resources: Resources, upload: Upload): Promise<string> {
  const { database, clock } = resources;
  const { workspaceId, surveyId, name, personId } = upload;
  const importId = newId(clock);
  try {
    await forgetAbandoned(resources, workspaceId);
    await withinWorkspace(database.db, workspaceId, (db) =>
      db
        .insertInto("imports")
        .values({
          workspaceId,
          id: importId,
          surveyId,
          name,
          state: "uploading",
          createdBy: personId ?? null,
          createdAt: clock.now(),
          updatedAt: clock.now(),
        })
        .execute(),
    );
    const { bytes, head, fileHash } = await storeChunks(resources, workspaceId, importId, upload.body);
    if (upload.announced !== undefined && bytes < upload.announced) throw cutUpload();
    const format = detectFormat(head);
    const { numUpdatedRows } = await database.db
      .updateTable("imports")
      .set({ state: "uploaded", bytes, fileHash, format: JSON.stringify(format), updatedAt: clock.now() })
      .where("id", "=", importId)
      .where("state", "=", "uploading")
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw discarded();
    return importId;
  } catch (error) {
    await removeOrKeepTrying(resources, importId);
    if ((error as { code?: unknown }).code === "53100") throw await diskFull(database.pool);
    throw isAborted(error) ? cutUpload() : error;
  }
}

async function storeChunks(
  { database, clock }: Resources,
  workspaceId: string,
  importId: string,
  body: AsyncIterable<Uint8Array>,
) {
  let waiting: Uint8Array[] = [];
  let size = 0;
  let bytes = 0;
  let number = 0;
  let head: Buffer | undefined;
  let stored: Promise<unknown> = Promise.resolve();
  const guard = newLineGuard();
  const hash = createHash("sha256");

  const store = async () => {
    const chunk = Buffer.concat(waiting, size);
    waiting = [];
    size = 0;
    // One chunk is on its way to the database while the next one comes in.
    await stored;
    const its = number++;
    stored = withinWorkspace(database.db, workspaceId, (db) =>
      storeChunk(db, importId, its, chunk, clock.now()),
    );
    stored.catch(() => {}); // Its error is met at the next await.
  };

  try {
    for await (const piece of body) {
      if (piece.length === 0) continue;
      guard(piece);
      hash.update(piece);
      waiting.push(piece);
      size += piece.length;
      bytes += piece.length;
      if (head === undefined && size >= headSize) {
        head = Buffer.concat(waiting, size).subarray(0, headSize);
        refuseForeignFile(head);
      }
      if (size >= chunkSize) await store();
    }
    head ??= Buffer.concat(waiting, size);
    if (size > 0) await store();
  } finally {
    await stored;
  }
  return { bytes, head, fileHash: hash.digest("hex") };
}

async function storeChunk(
  db: Database,
  importId: string,
  number: number,
  bytes: Buffer,
  now: Date,
): Promise<void> {
  // The import first: its row lock keeps whoever discards it waiting until this chunk can be seen.
  const { numAffectedRows } = await sql`
    with mine as (
      update imports set bytes = bytes + ${bytes.length}, updated_at = ${now}
      where id = ${importId} and state = 'uploading' returning id
    )
    insert into import_chunks (import_id, number, bytes) select id, ${number}, ${bytes} from mine`.execute(
    db,
  );
  if (numAffectedRows === 0n) throw discarded();
}

function discarded(): Refusal {
  return new Refusal("conflict", "This upload was discarded while it ran. Upload the file again.", {
    reason: "upload_discarded",
  });
}

/** Refuses a line that never ends before it fills anything. */
function newLineGuard() {
  let length = 0;
  return (piece: Uint8Array) => {
    const end = Math.max(piece.lastIndexOf(10), piece.lastIndexOf(13));
    length = end < 0 ? length + piece.length : piece.length - end - 1;
    if (length <= longestRecord) return;
    throw new Refusal(
      "bad_input",
      "This file has a line of more than a million characters, so it is no table of answers. Export it again as CSV with one answer per line.",
      { reason: "line_too_long" },
    );
  };
}

function isAborted(error: unknown): boolean {
  const { name, code, message } = error as { name?: string; code?: string; message?: string };
  return name === "AbortError" || code === "ECONNRESET" || /abort|prematurely closed/i.test(message ?? "");
}

function cutUpload(): Refusal {
  return new Refusal(
    "bad_request",
    "The upload was cut before the whole file had arrived, and nothing of it was kept. Upload the file again.",
    { reason: "upload_cut" },
  );
}

async function diskFull(pool: pg.Pool): Promise<Refusal> {
  // Gives the space of the removed chunks back, as far as the disk still allows it.
  await pool.query("vacuum import_chunks").catch(() => {});
  return new Refusal(
    "disk_full",
    "The disk of the database is full and nothing of this file was kept. Free some space and upload it again.",
    { reason: "disk_full", retryAfterSeconds: 30 },
  );
}

/**
 * Without space for its log PostgreSQL stops and starts again, so what was stored may have to wait until it is back.
 * If this process ends before, the next upload removes it (`forgetAbandoned`).
 */
async function removeOrKeepTrying({ database, log }: Resources, importId: string): Promise<void> {
  const remove = () => removeUpload(database.db, importId);
  await remove().catch((problem: unknown) => {
    log.warn({ err: problem, importId }, "an upload could not be removed now; it will be tried again");
    void (async () => {
      for (let pause = 500; pause < hour / 2; pause *= 2) {
        await wait(pause, undefined, { ref: false });
        if (
          await remove().then(
            () => true,
            () => false,
          )
        )
          return;
      }
    })();
  });
}

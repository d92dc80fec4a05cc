import type pg from "pg";
import type { Resources } from "../../platform/resources.ts";
import type { Jobs } from "../../platform/jobs/send.ts";
import { Refusal } from "../../platform/errors.ts";
import { importRows } from "./import-rows.ts";
import type { ImportError } from "./import.ts";
import type { Format, Mapping } from "./mapping.ts";
import { readRows } from "./read-rows.ts";
import { ImportTakenAway } from "./store-batch.ts";

/**
 * Does the job `run-import`. Killed at any moment, it goes on after the last batch that was stored.
 * @throws what a later try may get over, such as a full disk
 */
export async function runImport(
  resources: Resources,
  { workspaceId, importId }: Jobs["run-import"],
  signal?: AbortSignal,
): Promise<void> {
  const { db, pool } = resources.database;
  const row = await db
    .selectFrom("imports")
    .selectAll()
    .where("id", "=", importId)
    .where("workspaceId", "=", workspaceId)
    .executeTakeFirst();
  if (row?.state !== "running") return;
  const { surveyId, rowsRead, rowsStored, rowsKnown, rowsUnanswered, rowsFailed, bytesRead } = row;
  const format = row.format as Format;
  try {
    await importRows(resources, {
      target: { workspaceId, importId, surveyId },
      groups: readRows(storedChunks(pool, importId), format),
      format,
      mapping: row.mapping as Mapping,
      done: { rowsRead, rowsStored, rowsKnown, rowsUnanswered, rowsFailed, bytesRead },
      createdAt: row.createdAt,
      signal,
    });
    await finishImport(resources, importId);
  } catch (error) {
    if (error instanceof ImportTakenAway) return;
    if (error instanceof Refusal) return failImport(resources, importId, importErrorOf(error));
    await pool
      .query("update imports set error = $2 where id = $1 and state = 'running'", [
        importId,
        JSON.stringify(whyItPaused(error)),
      ])
      .catch(() => {});
    throw error;
  }
}

async function* storedChunks(pool: pg.Pool, importId: string): AsyncGenerator<Uint8Array> {
  for (let number = 0; ; number++) {
    const { rows } = await pool.query<{ bytes: Buffer }>(
      "select bytes from import_chunks where import_id = $1 and number = $2",
      [importId, number],
    );
    if (!rows[0]) return;
    yield rows[0].bytes;
  }
}

/** Marks an import as done and lets its file go; false when it no longer runs. */
export async function finishImport({ database, clock }: Resources, importId: string): Promise<boolean> {
  const { rowCount } = await database.pool.query(
    `with gone as (delete from import_chunks where import_id = $1)
     update imports set state = 'done', bytes_read = greatest(bytes, bytes_read), bytes = greatest(bytes, bytes_read),
       finished_at = $2, updated_at = $2, error = null
     where id = $1 and state = 'running'`,
    [importId, clock.now()],
  );
  return rowCount === 1;
}

/** Marks an import as stopped for good; what it stored stays and can be undone. */
export async function failImport(
  { database, clock }: Resources,
  importId: string,
  why: ImportError,
): Promise<void> {
  await database.pool.query(
    `with gone as (delete from import_chunks where import_id = $1)
     update imports set state = 'failed', error = $3, finished_at = $2, updated_at = $2
     where id = $1 and state = 'running'`,
    [importId, clock.now(), JSON.stringify(why)],
  );
}

/** What the record of an import keeps of a refusal. */
export function importErrorOf({ message, options }: Refusal): ImportError {
  return { message, ...(options.reason && { reason: options.reason }) };
}

function whyItPaused(error: unknown): ImportError {
  if ((error as { code?: unknown }).code === "53100") {
    return {
      reason: "import_disk_full",
      message: "The disk of the database is full. Free some space; the import then goes on by itself.",
    };
  }
  return { reason: "import_paused", message: "The import was interrupted; it goes on by itself." };
}

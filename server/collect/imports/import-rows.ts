import type pg from "pg";
import type { Resources } from "../../platform/resources.ts";
import type { Format, Mapping } from "./mapping.ts";
import { readBatches, type Batch, type ImportTarget } from "./read-batches.ts";
import type { RowsRead } from "./read-rows.ts";
import { storeBatch, type Progress } from "./store-batch.ts";

interface ImportRows {
  target: ImportTarget;
  groups: AsyncIterable<RowsRead>;
  format: Format;
  mapping: Mapping;
  /** What an earlier run has done; its rows are passed over. */
  done: Progress;
  /** The time of answers without a date: the same however often and late the import is taken up again. */
  createdAt: Date;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** Stores the rows of a file batch by batch; the next batch is read while the database stores the last. */
export async function importRows(
  resources: Resources,
  { target, groups, format, mapping, done, createdAt, signal, onProgress }: ImportRows,
): Promise<Progress> {
  const batches = readBatches(groups, target, { format, mapping, now: createdAt, skip: done.rowsRead });
  const client = await resources.database.pool.connect();
  let broken: Error | undefined;
  let progress = done;
  try {
    let next = ahead(batches.next());
    for (;;) {
      const batch = await settled(next);
      signal?.throwIfAborted();
      if (!batch) return progress;
      next = ahead(batches.next());
      progress = await storeBatch(client, resources, target, batch, progress);
      onProgress?.(progress);
    }
  } catch (error) {
    broken = error as Error;
    throw error;
  } finally {
    await batches.return(undefined).catch(() => {});
    release(client, broken);
  }
}

type Ahead = Promise<IteratorResult<Batch, unknown> | { failed: unknown }>;

/** A batch that is being read ahead; its error waits until somebody asks. */
function ahead(next: Promise<IteratorResult<Batch, unknown>>): Ahead {
  return next.catch((error: unknown) => ({ failed: error }));
}

async function settled(next: Ahead): Promise<Batch | undefined> {
  const result = await next;
  if ("failed" in result) throw result.failed;
  return result.done ? undefined : result.value;
}

// After an error nobody knows what state the connection is in.
function release(client: pg.PoolClient, broken: Error | undefined): void {
  client.release(broken);
}

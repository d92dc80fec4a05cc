import type { Database } from "../../platform/database/open.ts";
import { findImport, toImport, type Import } from "./import.ts";
import type { Format } from "./mapping.ts";
import { previewFile } from "./preview.ts";

/** One import; while it waits for its mapping, with what its first rows look like. */
export async function readImport(db: Database, workspaceId: string, id: string): Promise<Import> {
  const row = await findImport(db, workspaceId, id);
  const shown = toImport(row);
  if (row.state !== "uploaded" || row.format === null) return shown;
  const first = await db
    .selectFrom("importChunks")
    .select("bytes")
    .where("importId", "=", id)
    .where("number", "=", 0)
    .executeTakeFirst();
  return first ? { ...shown, preview: previewFile(first.bytes, row.format as Format) } : shown;
}

import { z } from "@hono/zod-openapi";
import type { Selectable } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import type { ImportsTable } from "../../platform/database/schema.ts";
import { Refusal } from "../../platform/errors.ts";
import { formatSchema, mappingSchema, type Format, type Mapping } from "./mapping.ts";
import { previewSchema } from "./preview.ts";

const importError = z.object({
  reason: z.string().optional().describe("Stable name of the case."),
  message: z.string(),
});
/** Why an import stands still or has failed. */
export type ImportError = z.infer<typeof importError>;

/** One file of past answers on its way into a survey. */
export const importSchema = z
  .object({
    id: z.uuid(),
    name: z.string().describe("Of the file."),
    state: z.enum(["uploading", "uploaded", "running", "done", "failed", "undoing", "undone"]),
    survey: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    bytes: z.number().int(),
    bytesRead: z.number().int(),
    rowsRead: z.number().int(),
    rowsStored: z.number().int(),
    rowsKnown: z.number().int().describe("Rows that had been imported before."),
    rowsUnanswered: z.number().int().describe("Rows without a score."),
    rowsFailed: z.number().int(),
    error: importError.nullable(),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    format: formatSchema.omit({ newline: true, columns: true }).nullable(),
    mapping: mappingSchema.nullable(),
    preview: previewSchema.optional().describe("While the state is `uploaded`."),
  })
  .openapi("Import");
export type Import = z.infer<typeof importSchema>;

type ImportRow = Selectable<ImportsTable> & { surveyName: string | null };

/** An import as the API shows it. */
export function toImport(row: ImportRow): Import {
  const format = row.format as Format | null;
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    survey: row.surveyName === null ? null : { id: row.surveyId, name: row.surveyName },
    bytes: row.bytes,
    bytesRead: row.bytesRead,
    rowsRead: row.rowsRead,
    rowsStored: row.rowsStored,
    rowsKnown: row.rowsKnown,
    rowsUnanswered: row.rowsUnanswered,
    rowsFailed: row.rowsFailed,
    error: row.error as ImportError | null,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    format: format && {
      encoding: format.encoding,
      delimiter: format.delimiter,
      headerRows: format.headerRows,
      known: format.known,
    },
    mapping: row.mapping as Mapping | null,
  };
}

/** The imports of a workspace, newest first, with the names of their surveys. */
export function selectImports(db: Database, workspaceId: string) {
  return db
    .selectFrom("imports")
    .leftJoin("surveys", "surveys.id", "imports.surveyId")
    .selectAll("imports")
    .select("surveys.name as surveyName")
    .where("imports.workspaceId", "=", workspaceId)
    .orderBy("imports.createdAt", "desc");
}

/** @throws Refusal when the workspace has no such import */
export async function findImport(db: Database, workspaceId: string, id: string): Promise<ImportRow> {
  const row = await selectImports(db, workspaceId).where("imports.id", "=", id).executeTakeFirst();
  if (!row) throw new Refusal("not_found", "There is no such import here.", { reason: "no_such_import" });
  return row;
}

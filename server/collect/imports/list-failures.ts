import { z } from "@hono/zod-openapi";
import { csvLine } from "../../platform/csv-line.ts";
import type { Database } from "../../platform/database/open.ts";
import { failureSentence } from "./failure-sentence.ts";
import type { Format } from "./mapping.ts";
import { RowSplitter } from "./split-rows.ts";

/** A row that was not stored. */
export const failureSchema = z
  .object({
    line: z.number().int(),
    reason: z.string(),
    values: z.record(z.string(), z.union([z.string(), z.number()])),
    message: z.string(),
    row: z.string().describe("The row, its cells separated by commas."),
  })
  .openapi("ImportFailure");
type FailureShown = z.infer<typeof failureSchema>;

/** The rows of an import that were not stored, by line, after a line. */
export async function listFailures(
  db: Database,
  importId: string,
  { after = 0, limit = 100 }: { after?: number; limit?: number },
): Promise<FailureShown[]> {
  const rows = await db
    .selectFrom("importFailures")
    .select(["line", "reason", "values", "row"])
    .where("importId", "=", importId)
    .where("line", ">", after)
    .orderBy("line")
    .limit(limit)
    .execute();
  return rows.map((row) => Object.assign(row, { message: failureSentence(row.reason, row.values) }));
}

const pageSize = 1_000;

/** All failed rows as a CSV file: line, reason, and the row under its own header, so that it can be corrected and imported. */
export async function* failuresCsv(
  db: Database,
  importId: string,
  format: Format | null,
): AsyncGenerator<string> {
  yield csvLine(["Line", "Reason", ...(format?.columns ?? [])]);
  for (let after = 0; ;) {
    const page = await listFailures(db, importId, { after, limit: pageSize });
    yield page
      .map(({ line, reason, message, row }) => csvLine([String(line), message, ...cellsOf(reason, row)]))
      .join("");
    after = page.at(-1)?.line ?? after;
    if (page.length < pageSize) return;
  }
}

function cellsOf(reason: string, row: string): string[] {
  if (reason === "broken_quotes" || reason === "line_too_long") return [row];
  return new RowSplitter({ delimiter: "," }).push(row, true)[0]?.cells ?? [row];
}

import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { Mapping } from "./mapping.ts";

// With others of these, the rows of a file become answers of other customers, or other answers.
const decisive = ["score", "responseId", "externalId", "email", "phone"] as const;

// Two-part keys: the first part keeps these locks apart from all others that Nines takes.
const lockFamily = 7_467;

interface FileToImport {
  workspaceId: string;
  surveyId: string;
  fileHash: string | null;
  mapping: Mapping;
}

/**
 * Keeps a file from being imported twice with other columns, which would double its answers. Until the transaction
 * ends, no other import of this file starts.
 * @throws Refusal when this survey has answers of the file, or is getting them, by other columns
 */
export async function refuseOtherColumns(
  db: Database,
  { workspaceId, surveyId, fileHash, mapping }: FileToImport,
): Promise<void> {
  if (fileHash === null) return;
  await sql`select pg_advisory_xact_lock(${sql.lit(lockFamily)}, hashtext(${fileHash}))`.execute(db);
  const before = await db
    .selectFrom("imports")
    .select(["name", "mapping"])
    .where("workspaceId", "=", workspaceId)
    .where("surveyId", "=", surveyId)
    .where("fileHash", "=", fileHash)
    .where((is) =>
      is.or([
        is("state", "=", "running"),
        is.and([is("state", "in", ["done", "failed"]), is("rowsStored", ">", 0)]),
      ]),
    )
    .orderBy("createdAt", "desc")
    .execute();
  const other = before.find((row) => {
    const used = row.mapping as Mapping;
    return decisive.some((field) => used[field] !== mapping[field]);
  });
  if (!other) return;
  throw new Refusal(
    "conflict",
    `This file was already imported as ${other.name} with other columns. Undo that import first, then import it again.`,
    { reason: "imported_otherwise", values: { name: other.name } },
  );
}

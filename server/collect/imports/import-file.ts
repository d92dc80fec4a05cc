import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import type { Resources } from "../../platform/resources.ts";
import { Refusal } from "../../platform/errors.ts";
import { newId } from "../../platform/ids.ts";
import { ensureSurvey } from "../ensure-survey.ts";
import { findImport, toImport, type Import } from "./import.ts";
import { importRows } from "./import-rows.ts";
import { mappingByNames, type MappingNames } from "./mapping-by-names.ts";
import { openTable } from "./open-table.ts";
import { refuseOtherColumns } from "./refuse-other-columns.ts";
import { failImport, finishImport } from "./run-import.ts";
import { makeSurvey } from "./start-import.ts";
import type { Progress } from "./store-batch.ts";
import { withinWorkspace } from "./within-workspace.ts";

interface ImportFile {
  workspaceId: string;
  /** A path, or the bytes as they come. */
  file: string | AsyncIterable<Uint8Array>;
  /** Shown in the list of imports; default: the file's name. */
  name?: string | undefined;
  /** The survey of this name, made when absent; default: the oldest live one. */
  surveyName?: string | undefined;
  /** What the columns hold, where the guess should not be taken. */
  mapping?: MappingNames | undefined;
  /** `bytes` is undefined for a stream. */
  onProgress?: ((progress: Progress & { bytes: number | undefined }) => void) | undefined;
}

/**
 * Imports a file at once, straight from the disk.
 * @throws Refusal when it is no CSV file, a column is not there, or none holds a score, or the file was imported with others
 */
export async function importFile(
  resources: Resources,
  { workspaceId, file, name, surveyName, mapping: names = {}, onProgress }: ImportFile,
): Promise<Import> {
  const { database, clock } = resources;
  const { db } = database;
  const hash = createHash("sha256");
  const table = await openTable(typeof file === "string" ? file : hashed(file, hash));
  const mapping = mappingByNames(table.preview(), names);
  // What comes as a stream can be read only once, so its hash is known at its end.
  if (typeof file === "string" && table.bytes !== undefined) await pipeline(createReadStream(file), hash);
  const fileHash = table.bytes === undefined ? null : hash.digest("hex");
  const importId = newId(clock);
  const createdAt = clock.now();
  const oldest = surveyName ? undefined : await ensureSurvey(db, clock, workspaceId);
  const surveyId = await withinWorkspace(db, workspaceId, async (db) => {
    const surveyId = oldest ?? (await surveyNamed(db, clock, workspaceId, surveyName ?? ""));
    await refuseOtherColumns(db, { workspaceId, surveyId, fileHash, mapping });
    await db
      .insertInto("imports")
      .values({
        workspaceId,
        id: importId,
        surveyId,
        name: name ?? (typeof file === "string" ? basename(file) : "standard input"),
        state: "running",
        bytes: table.bytes ?? 0,
        fileHash,
        format: JSON.stringify(table.format),
        mapping: JSON.stringify(mapping),
        createdAt,
        updatedAt: createdAt,
      })
      .execute();
    return surveyId;
  });
  try {
    await importRows(resources, {
      target: { workspaceId, importId, surveyId },
      groups: table.groups(),
      format: table.format,
      mapping,
      done: { rowsRead: 0, rowsStored: 0, rowsKnown: 0, rowsUnanswered: 0, rowsFailed: 0, bytesRead: 0 },
      onProgress: onProgress && ((progress) => onProgress({ ...progress, bytes: table.bytes })),
    });
    if (typeof file !== "string") await noteHash(db, importId, hash.digest("hex"));
    await finishImport(resources, importId);
  } catch (error) {
    const sentence =
      error instanceof Refusal
        ? error.message
        : "The import was interrupted. Import the file again: only the rest is added.";
    await failImport(resources, importId, sentence).catch(() => {});
    throw error;
  }
  return toImport(await findImport(db, workspaceId, importId));
}

async function* hashed(chunks: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

async function noteHash(db: Database, importId: string, fileHash: string): Promise<void> {
  await db.updateTable("imports").set({ fileHash }).where("id", "=", importId).execute();
}

async function surveyNamed(db: Database, clock: Clock, workspaceId: string, name: string): Promise<string> {
  const survey = await db
    .selectFrom("surveys")
    .select("id")
    .where("workspaceId", "=", workspaceId)
    .where("name", "=", name)
    .orderBy("createdAt")
    .executeTakeFirst();
  return survey?.id ?? makeSurvey(db, clock, workspaceId, name);
}

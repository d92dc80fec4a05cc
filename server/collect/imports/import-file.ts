import { basename } from "node:path";
import type { Resources } from "../../platform/resources.ts";
import { Refusal } from "../../platform/errors.ts";
import { newId } from "../../platform/ids.ts";
import { ensureSurvey } from "../ensure-survey.ts";
import { findImport, toImport, type Import } from "./import.ts";
import { importRows } from "./import-rows.ts";
import { mappingByNames, type MappingNames } from "./mapping-by-names.ts";
import { openTable } from "./open-table.ts";
import { failImport, finishImport } from "./run-import.ts";
import { makeSurvey } from "./start-import.ts";
import type { Progress } from "./store-batch.ts";

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
 * @throws Refusal when it is no CSV file, a column is not there, or none holds a score
 */
export async function importFile(
  resources: Resources,
  { workspaceId, file, name, surveyName, mapping: names = {}, onProgress }: ImportFile,
): Promise<Import> {
  const { database, clock } = resources;
  const { db } = database;
  const table = await openTable(file);
  const mapping = mappingByNames(table.preview(), names);
  const surveyId = surveyName
    ? await surveyNamed(resources, workspaceId, surveyName)
    : await ensureSurvey(db, clock, workspaceId);
  const importId = newId(clock);
  await db
    .insertInto("imports")
    .values({
      workspaceId,
      id: importId,
      surveyId,
      name: name ?? (typeof file === "string" ? basename(file) : "standard input"),
      state: "running",
      bytes: table.bytes ?? 0,
      format: JSON.stringify(table.format),
      mapping: JSON.stringify(mapping),
      createdAt: clock.now(),
      updatedAt: clock.now(),
    })
    .execute();
  try {
    await importRows(resources, {
      target: { workspaceId, importId, surveyId },
      groups: table.groups(),
      format: table.format,
      mapping,
      done: { rowsRead: 0, rowsStored: 0, rowsKnown: 0, rowsUnanswered: 0, rowsFailed: 0, bytesRead: 0 },
      onProgress: onProgress && ((progress) => onProgress({ ...progress, bytes: table.bytes })),
    });
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

async function surveyNamed(
  { database, clock }: Resources,
  workspaceId: string,
  name: string,
): Promise<string> {
  const survey = await database.db
    .selectFrom("surveys")
    .select("id")
    .where("workspaceId", "=", workspaceId)
    .where("name", "=", name)
    .orderBy("createdAt")
    .executeTakeFirst();
  return survey?.id ?? makeSurvey(database.db, clock, workspaceId, name);
}

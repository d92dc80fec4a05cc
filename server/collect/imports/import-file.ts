import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import type { Resources } from "../../platform/resources.ts";
import { Refusal } from "../../platform/errors.ts";
import { newId } from "../../platform/ids.ts";
import { ensureSurvey } from "../ensure-survey.ts";
import { forgetAbandoned, holdImport, interrupted } from "./forget-abandoned.ts";
import { findImport, toImport, type Import } from "./import.ts";
import { importRows } from "./import-rows.ts";
import { checkMapping, type Format, type Mapping } from "./mapping.ts";
import { mappingByNames, type MappingNames } from "./mapping-by-names.ts";
import { openTable } from "./open-table.ts";
import { refuseOtherColumns } from "./refuse-other-columns.ts";
import { failImport, finishImport, importErrorOf } from "./run-import.ts";
import { makeSurvey } from "./start-import.ts";
import { ImportTakenAway, type Progress } from "./store-batch.ts";
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
  checkMapping(mapping, table.format, clock.now());
  await forgetAbandoned(resources, workspaceId);
  const row = {
    id: newId(clock),
    workspaceId,
    name: name ?? (typeof file === "string" ? basename(file) : "standard input"),
    bytes: table.bytes ?? 0,
    // What comes as a stream can be read only once, so its hash is known at its end.
    fileHash: typeof file === "string" && table.bytes !== undefined ? await hashOf(file, hash) : null,
    createdAt: clock.now(),
  };
  const importId = row.id;
  const release = await holdImport(database.pool, importId);
  try {
    const surveyId = await begin(resources, row, { format: table.format, mapping, surveyName });
    await importRows(resources, {
      target: { workspaceId, importId, surveyId },
      groups: table.groups(),
      format: table.format,
      mapping,
      done: { rowsRead: 0, rowsStored: 0, rowsKnown: 0, rowsUnanswered: 0, rowsFailed: 0, bytesRead: 0 },
      createdAt: row.createdAt,
      onProgress: onProgress && ((progress) => onProgress({ ...progress, bytes: table.bytes })),
    });
    if (typeof file !== "string") await noteHash(db, importId, hash.digest("hex"));
    if (!(await finishImport(resources, importId))) throw new ImportTakenAway();
  } catch (error) {
    if (error instanceof ImportTakenAway)
      throw new Refusal("conflict", error.message, { reason: "import_undone" });
    const why = error instanceof Refusal ? importErrorOf(error) : interrupted;
    await failImport(resources, importId, why).catch(() => {});
    throw error;
  } finally {
    release();
  }
  return toImport(await findImport(db, workspaceId, importId));
}

interface NewImport {
  id: string;
  workspaceId: string;
  name: string;
  bytes: number;
  fileHash: string | null;
  createdAt: Date;
}

/** Puts the import on record, and gives the survey it goes into. */
async function begin(
  { database: { db }, clock }: Resources,
  row: NewImport,
  { format, mapping, surveyName }: { format: Format; mapping: Mapping; surveyName: string | undefined },
): Promise<string> {
  const { workspaceId, fileHash, createdAt } = row;
  const oldest = surveyName ? "" : await ensureSurvey(db, clock, workspaceId);
  return withinWorkspace(db, workspaceId, async (db) => {
    const surveyId = surveyName ? await surveyNamed(db, clock, workspaceId, surveyName) : oldest;
    await refuseOtherColumns(db, { workspaceId, surveyId, fileHash, mapping });
    await db
      .insertInto("imports")
      .values({
        ...row,
        surveyId,
        state: "running",
        format: JSON.stringify(format),
        mapping: JSON.stringify(mapping),
        updatedAt: createdAt,
      })
      .execute();
    return surveyId;
  });
}

async function hashOf(path: string, hash: Hash): Promise<string> {
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }))
    hash.update(chunk as Buffer);
  return hash.digest("hex");
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

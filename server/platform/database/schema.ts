import type { ColumnType, Generated, GeneratedAlways } from "kysely";

/** JSON columns are read as values and written as JSON text. */
type Json<T> = ColumnType<T, string | undefined, string>;
type JsonOrNull<T> = ColumnType<T | null, string | null | undefined, string | null>;
type Time = ColumnType<Date, Date | string, Date | string>;
type DefaultTime = ColumnType<Date, Date | string | undefined, Date | string>;
type TimeOrNull = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
export type Traits = Record<string, string | number | boolean | null>;

export interface WorkspacesTable {
  id: string;
  name: string;
  slug: string;
  logo: string | null;
  metadata: string | null;
  timeZone: Generated<string>;
  sample: Generated<boolean>;
  createdAt: DefaultTime;
}

export interface SettingsTable {
  name: string;
  value: string;
}

export interface SurveysTable {
  workspaceId: string;
  id: string;
  name: string;
  question: string;
  state: Generated<"draft" | "live" | "paused" | "archived">;
  createdAt: DefaultTime;
}

export interface AccountsTable {
  workspaceId: string;
  id: string;
  key: string;
  name: string | null;
  traits: Json<Traits>;
  createdAt: DefaultTime;
}

export interface CustomersTable {
  workspaceId: string;
  id: string;
  accountId: string | null;
  externalId: string | null;
  email: string | null;
  phone: string | null;
  name: string | null;
  language: string | null;
  timeZone: string | null;
  traits: Json<Traits>;
  anonymous: Generated<boolean>;
  importId: string | null;
  createdAt: DefaultTime;
  updatedAt: DefaultTime;
}

export interface CustomerKeysTable {
  workspaceId: string;
  key: string;
  customerId: string;
}

export interface ResponsesTable {
  workspaceId: string;
  customerId: string;
  id: string;
  surveyId: string;
  score: number;
  comment: string | null;
  language: string | null;
  channel: string;
  at: Time;
  receivedAt: DefaultTime;
  traits: Json<Traits>;
  weight: number | null;
  sourceId: string | null;
  importId: string | null;
}

export interface ScoreDaysTable {
  workspaceId: string;
  surveyId: string;
  attribute: string;
  value: string;
  day: string;
  counts: number[];
  weights: number[];
  squaredWeights: number[];
}

export interface ScoreChangesTable extends ScoreDaysTable {
  id: GeneratedAlways<number>;
}

export type ImportState = "uploading" | "uploaded" | "running" | "done" | "failed" | "undoing" | "undone";

export interface ImportsTable {
  workspaceId: string;
  id: string;
  surveyId: string;
  name: string;
  state: ImportState;
  bytes: Generated<number>;
  bytesRead: Generated<number>;
  format: JsonOrNull<unknown>;
  mapping: JsonOrNull<unknown>;
  rowsRead: Generated<number>;
  rowsStored: Generated<number>;
  rowsKnown: Generated<number>;
  rowsUnanswered: Generated<number>;
  rowsFailed: Generated<number>;
  error: string | null;
  createdBy: string | null;
  createdAt: DefaultTime;
  updatedAt: DefaultTime;
  finishedAt: TimeOrNull;
}

export interface ImportChunksTable {
  importId: string;
  number: number;
  bytes: Buffer;
}

export interface ImportFailuresTable {
  importId: string;
  line: number;
  reason: string;
  values: Json<Record<string, string | number>>;
  row: string;
}

export interface SchemaMigrationsTable {
  number: number;
  name: string;
  checksum: string;
  appliedAt: DefaultTime;
}

/** Every table, in the names the code uses; the SQL is in migrations/. */
export interface Schema {
  workspaces: WorkspacesTable;
  settings: SettingsTable;
  surveys: SurveysTable;
  accounts: AccountsTable;
  customers: CustomersTable;
  customerKeys: CustomerKeysTable;
  responses: ResponsesTable;
  scoreDays: ScoreDaysTable;
  scoreChanges: ScoreChangesTable;
  imports: ImportsTable;
  importChunks: ImportChunksTable;
  importFailures: ImportFailuresTable;
  schemaMigrations: SchemaMigrationsTable;
}

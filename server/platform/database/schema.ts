import type { Generated, GeneratedAlways } from "kysely";
import type { DefaultTime, Json, JsonOrNull, Time, TimeOrNull } from "./columns.ts";
import type { ActSchema } from "./schema-act.ts";
import type { IdentifySchema } from "./schema-identify.ts";

export type Traits = Record<string, string | number | boolean | null>;

export interface WorkspacesTable {
  id: string;
  name: string;
  slug: string;
  timeZone: Generated<string>;
  sample: Generated<boolean>;
  keysChanged: Generated<number>;
  createdAt: DefaultTime;
}

export interface SettingsTable {
  name: string;
  value: string;
}

export interface PeopleTable {
  id: string;
  name: string;
  email: string;
  emailVerified: Generated<boolean>;
  image: string | null;
  language: string | null;
  createdAt: DefaultTime;
  updatedAt: DefaultTime;
}

export interface SessionsTable {
  id: string;
  personId: string;
  token: string;
  expiresAt: Time;
  ipAddress: string | null;
  userAgent: string | null;
  createdAt: DefaultTime;
  updatedAt: DefaultTime;
}

export interface CredentialsTable {
  id: string;
  personId: string;
  providerId: string;
  accountId: string;
  password: string | null;
  accessToken: string | null;
  refreshToken: string | null;
  idToken: string | null;
  accessTokenExpiresAt: TimeOrNull;
  refreshTokenExpiresAt: TimeOrNull;
  scope: string | null;
  createdAt: DefaultTime;
  updatedAt: DefaultTime;
}

export interface VerificationsTable {
  id: string;
  identifier: string;
  value: string;
  expiresAt: Time;
  createdAt: DefaultTime;
  updatedAt: DefaultTime;
}

export interface MembersTable {
  workspaceId: string;
  personId: string;
  role: "viewer" | "editor" | "admin" | "owner";
  createdAt: DefaultTime;
}

export interface MemberInvitationsTable {
  workspaceId: string;
  id: string;
  email: string;
  role: MembersTable["role"];
  tokenHash: string;
  invitedBy: string;
  createdAt: DefaultTime;
  expiresAt: Time;
  acceptedAt: TimeOrNull;
}

export interface ApiKeysTable {
  workspaceId: string;
  id: string;
  name: string;
  start: string;
  keyHash: string;
  scopes: string[];
  createdBy: string | null;
  createdAt: DefaultTime;
  lastUsedAt: TimeOrNull;
}

export interface AuditLogTable {
  workspaceId: string;
  id: string;
  at: Time;
  personId: string | null;
  apiKeyId: string | null;
  action: string;
  about: string;
  aboutId: string | null;
  details: Json<Record<string, unknown>>;
}

export interface RateLimitsTable {
  key: string;
  count: number;
  until: Time;
}

export interface OutboxTable {
  workspaceId: string | null;
  id: string;
  personId: string | null;
  recipient: string;
  subject: string;
  text: string;
  html: string | null;
  at: Time;
}

export interface SurveysTable {
  workspaceId: string;
  id: string;
  name: string;
  question: string;
  state: Generated<"draft" | "live" | "paused" | "archived">;
  createdAt: DefaultTime;
  anonymous: Generated<boolean>;
  version: Generated<number>;
  settings: Json<unknown>;
  draft: JsonOrNull<unknown>;
  draftAt: TimeOrNull;
  publishedFrom: TimeOrNull;
  lookAgainAt: TimeOrNull;
  liveSince: TimeOrNull;
  pausedAt: TimeOrNull;
}

export interface SurveyVersionsTable {
  workspaceId: string;
  surveyId: string;
  number: number;
  content: Json<unknown>;
  publishedBy: string | null;
  publishedAt: DefaultTime;
}

export interface SurveyImagesTable {
  workspaceId: string;
  id: string;
  type: string;
  bytes: Buffer;
  createdAt: DefaultTime;
}

export interface WavesTable {
  workspaceId: string;
  id: string;
  surveyId: string;
  number: number;
  startsAt: Time;
  endsAt: TimeOrNull;
}

export interface AccountsTable {
  workspaceId: string;
  id: string;
  key: string;
  name: string | null;
  traits: Json<Traits>;
  traitsAt: Json<Record<string, string>>;
  importId: string | null;
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
  unsubscribedAt: TimeOrNull;
  bouncedAt: TimeOrNull;
  /** When each trait last changed. */
  traitsAt: Json<Record<string, string>>;
  /** False while only a browser has spoken of them. */
  verified: Generated<boolean>;
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
  surveyVersion: number | null;
  invitationId: string | null;
  state: Generated<"provisional" | "confirmed">;
  drivers: Generated<string[]>;
  mayContact: boolean | null;
  changedAt: TimeOrNull;
}

export interface InvitationsTable {
  workspaceId: string;
  customerId: string;
  id: string;
  surveyId: string;
  version: number;
  waveId: string | null;
  channel: "email" | "api";
  language: string;
  state: "queued" | "sending" | "sent" | "failed" | "cancelled";
  reason: string | null;
  recipient: string | null;
  createdAt: DefaultTime;
  sendAfter: Time;
  expiresAt: Time;
  attempts: Generated<number>;
  claimedAt: TimeOrNull;
  claim: string | null;
  sentAt: TimeOrNull;
  reminders: Generated<number>;
  remindAt: TimeOrNull;
  openedAt: TimeOrNull;
  answeredAt: TimeOrNull;
  bouncedAt: TimeOrNull;
  complainedAt: TimeOrNull;
  unsubscribedAt: TimeOrNull;
  tokenNumber: Generated<number>;
  sourceId: string | null;
}

export interface ContactsTable {
  workspaceId: string;
  customerId: string;
  id: string;
  at: Time;
  kind: "invitation" | "reminder" | "play";
  surveyId: string | null;
  sourceId: string | null;
}

export interface ComplaintsTable {
  workspaceId: string;
  customerId: string;
  id: string;
  openedAt: Time;
  closedAt: TimeOrNull;
  source: string;
  note: string | null;
}

export interface SuppressionsTable {
  workspaceId: string;
  key: string;
  reason: "unsubscribed" | "bounced" | "complained";
  at: DefaultTime;
  source: string;
  detail: string | null;
  customerId: string | null;
  surveyId: string | null;
}

export interface ResponseChangesTable {
  workspaceId: string;
  customerId: string;
  id: string;
  responseId: string;
  at: Time;
  score: number;
  comment: string | null;
}

export interface ClicksTable {
  workspaceId: string;
  customerId: string;
  id: string;
  invitationId: string;
  surveyId: string;
  at: Time;
  method: string;
  score: number | null;
  honeypot: Generated<boolean>;
  scanner: string | null;
}

export interface SetAsidesTable {
  workspaceId: string;
  customerId: string;
  id: string;
  invitationId: string | null;
  surveyId: string;
  at: Time;
  score: number;
  reason: string;
  channel: string;
  language: string | null;
  overriddenAt: TimeOrNull;
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

export interface InvitationDaysTable {
  workspaceId: string;
  surveyId: string;
  day: string;
  invited: number;
  answered: number;
}

export interface InvitationChangesTable extends InvitationDaysTable {
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
  /** SHA-256 of the file's bytes, in hexadecimal digits. */
  fileHash: string | null;
  format: JsonOrNull<unknown>;
  mapping: JsonOrNull<unknown>;
  rowsRead: Generated<number>;
  rowsStored: Generated<number>;
  rowsKnown: Generated<number>;
  rowsUnanswered: Generated<number>;
  rowsFailed: Generated<number>;
  error: JsonOrNull<unknown>;
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
export interface Schema extends IdentifySchema, ActSchema {
  workspaces: WorkspacesTable;
  settings: SettingsTable;
  people: PeopleTable;
  sessions: SessionsTable;
  credentials: CredentialsTable;
  verifications: VerificationsTable;
  members: MembersTable;
  memberInvitations: MemberInvitationsTable;
  apiKeys: ApiKeysTable;
  rateLimits: RateLimitsTable;
  auditLog: AuditLogTable;
  outbox: OutboxTable;
  surveys: SurveysTable;
  surveyVersions: SurveyVersionsTable;
  surveyImages: SurveyImagesTable;
  waves: WavesTable;
  accounts: AccountsTable;
  customers: CustomersTable;
  customerKeys: CustomerKeysTable;
  responses: ResponsesTable;
  responseChanges: ResponseChangesTable;
  invitations: InvitationsTable;
  contacts: ContactsTable;
  complaints: ComplaintsTable;
  suppressions: SuppressionsTable;
  clicks: ClicksTable;
  setAsides: SetAsidesTable;
  scoreDays: ScoreDaysTable;
  scoreChanges: ScoreChangesTable;
  invitationDays: InvitationDaysTable;
  invitationChanges: InvitationChangesTable;
  imports: ImportsTable;
  importChunks: ImportChunksTable;
  importFailures: ImportFailuresTable;
  schemaMigrations: SchemaMigrationsTable;
}

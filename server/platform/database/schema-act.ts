import type { Generated } from "kysely";
import type { OutsideFailure } from "../outgoing/outside-failure.ts";
import type { DefaultTime, Json, JsonOrNull, Time, TimeOrNull } from "./columns.ts";

export interface ActSettingsTable {
  workspaceId: string;
  permanentHoldout: Generated<number>;
  permanentSalt: string;
  inbox: Json<unknown>;
  updatedBy: string | null;
  updatedAt: DefaultTime;
}

export type PlayState = "draft" | "live" | "paused" | "closed" | "ended";

export interface PlaysTable {
  workspaceId: string;
  id: string;
  name: string;
  state: Generated<PlayState>;
  version: Generated<number>;
  draft: JsonOrNull<unknown>;
  draftAt: TimeOrNull;
  salt: string;
  ownerId: string | null;
  createdBy: string | null;
  createdAt: DefaultTime;
  liveSince: TimeOrNull;
  planned: JsonOrNull<unknown>;
  decision: "keep" | "stop" | null;
  decidedBy: string | null;
  decidedAt: TimeOrNull;
  endedAt: TimeOrNull;
  lookedAt: TimeOrNull;
  lookAfter: TimeOrNull;
  publishedFrom: TimeOrNull;
}

export interface PlayVersionsTable {
  workspaceId: string;
  playId: string;
  number: number;
  definition: Json<unknown>;
  publishedBy: string | null;
  publishedAt: DefaultTime;
}

export interface GuardOverridesTable {
  workspaceId: string;
  id: string;
  playId: string;
  version: number;
  rule: string;
  reason: string;
  personId: string;
  at: Time;
}

export interface PlayLooksTable {
  workspaceId: string;
  playId: string;
  at: Time;
  horizon: "ahead" | "at" | "behind";
  figures: Json<unknown>;
  decision: string;
  reason: string;
}

export interface MoveCountsTable {
  workspaceId: string;
  surveyId: string;
  choice: string;
  countedAt: Time;
  seconds: number;
  groups: Json<{ before: number | null; after: number | null; heldOut: boolean; n: number }[]>;
}

export type Arm = "treated" | "holdout";

export interface EnrolmentsTable {
  workspaceId: string;
  customerId: string;
  id: string;
  playId: string;
  version: number;
  entry: Generated<number>;
  unitId: string;
  place: number;
  arm: Arm;
  enteredAt: Time;
  scoreBefore: number | null;
  categoryBefore: "promoter" | "passive" | "detractor" | null;
  state: Generated<"active" | "done" | "stopped">;
  step: string | null;
  stoppedBy: string | null;
  endedAt: TimeOrNull;
  resultDue: Time;
  goalAt: TimeOrNull;
  reached: boolean | null;
  settledAt: TimeOrNull;
  stateBefore: string | null;
  planBefore: string | null;
  measuredAt: TimeOrNull;
  scoreAfter: number | null;
  retained: boolean | null;
  active: boolean | null;
  purchases: number | null;
  revenue: number | null;
  currency: string | null;
  unsubscribed: boolean | null;
  complained: boolean | null;
}

export interface PlayDecisionsTable {
  workspaceId: string;
  playId: string;
  id: string;
  decision: "keep" | "stop";
  decidedBy: string | null;
  at: Time;
  figures: Json<unknown>;
}

export interface StepRunsTable {
  workspaceId: string;
  customerId: string;
  id: string;
  enrolmentId: string;
  playId: string;
  version: number;
  step: string;
  visit: Generated<number>;
  kind: string;
  state: Generated<"due" | "running" | "done" | "skipped" | "failed" | "cancelled">;
  dueAt: Time;
  until: JsonOrNull<unknown>;
  attempts: Generated<number>;
  claimedAt: TimeOrNull;
  claim: string | null;
  doneAt: TimeOrNull;
  went: string | null;
  result: JsonOrNull<unknown>;
  reason: string | null;
}

export interface MessagesTable {
  workspaceId: string;
  customerId: string;
  id: string;
  direction: "out" | "in";
  enrolmentId: string | null;
  stepRunId: string | null;
  playId: string | null;
  caseId: string | null;
  caseBefore: JsonOrNull<unknown>;
  state: "held" | "queued" | "sending" | "sent" | "failed" | "cancelled" | "received";
  language: string | null;
  sender: string | null;
  replyTo: Generated<string | null>;
  recipient: string | null;
  subject: string;
  text: string;
  html: string | null;
  messageId: string | null;
  inReplyTo: string | null;
  content: Generated<string[]>;
  writtenBy: string | null;
  createdAt: Time;
  sendAfter: Time;
  attempts: Generated<number>;
  claimedAt: TimeOrNull;
  claim: string | null;
  sentAt: TimeOrNull;
  openedAt: TimeOrNull;
  clickedAt: TimeOrNull;
  bouncedAt: TimeOrNull;
  complainedAt: TimeOrNull;
  unsubscribedAt: TimeOrNull;
  reason: string | null;
}

export interface CodePoolsTable {
  workspaceId: string;
  id: string;
  name: string;
  worth: Generated<string>;
  amount: number | null;
  currency: string | null;
  lowStock: Generated<number>;
  expiresAt: TimeOrNull;
  createdBy: string | null;
  createdAt: DefaultTime;
  deletedAt: TimeOrNull;
  warnedAt: TimeOrNull;
}

export interface CodesTable {
  workspaceId: string;
  poolId: string;
  id: string;
  code: string;
  state: Generated<"free" | "given" | "withdrawn">;
  incentiveId: string | null;
  addedAt: DefaultTime;
}

export type IncentivePurpose = "answer" | "review" | "offer" | "thanks";

export interface IncentivesTable {
  workspaceId: string;
  customerId: string;
  id: string;
  poolId: string;
  codeId: string;
  code: string;
  purpose: IncentivePurpose;
  playId: string | null;
  enrolmentId: string | null;
  stepRunId: string | null;
  givenBy: string | null;
  reason: string | null;
  givenAt: Time;
  redeemedAt: TimeOrNull;
  redeemedBy: string | null;
  needsMail: Generated<boolean>;
  toldBy: Generated<string[]>;
}

export type ContentKind = "article" | "webinar" | "training" | "offer" | "product";

export interface ContentItemsTable {
  workspaceId: string;
  id: string;
  kind: ContentKind;
  name: string;
  languages: Json<Record<string, { title: string; text: string; link: string | null }>>;
  features: Generated<string[]>;
  products: Generated<string[]>;
  startsAt: TimeOrNull;
  endsAt: TimeOrNull;
  createdBy: string | null;
  createdAt: DefaultTime;
  updatedAt: DefaultTime;
  archivedAt: TimeOrNull;
}

export interface CasesTable {
  workspaceId: string;
  customerId: string;
  id: string;
  openedBy: "detractor" | "cooling" | "reply" | "task" | "member";
  title: string;
  responseId: string | null;
  enrolmentId: string | null;
  stepRunId: string | null;
  messageId: string | null;
  state: Generated<"open" | "waiting" | "snoozed" | "closed">;
  ownerId: string | null;
  openedAt: Time;
  dueAt: TimeOrNull;
  firstReplyAt: TimeOrNull;
  snoozedUntil: TimeOrNull;
  closedAt: TimeOrNull;
  closedBy: string | null;
  checklist: Json<Record<string, string>>;
  scoreBefore: number | null;
  nextResponseId: string | null;
  scoreAfter: number | null;
  recovered: boolean | null;
  replyFailed: string | null;
  updatedAt: DefaultTime;
}

export interface InboxTurnsTable {
  workspaceId: string;
  personId: string;
  number: Generated<number>;
}

export interface CaseNotesTable {
  workspaceId: string;
  customerId: string;
  id: string;
  caseId: string;
  at: Time;
  authorId: string | null;
  text: string;
}

export interface CaseChangesTable {
  workspaceId: string;
  customerId: string;
  id: string;
  caseId: string;
  at: Time;
  byId: string | null;
  what: string;
  fromValue: string | null;
  toValue: string | null;
}

export interface ReceiversTable {
  workspaceId: string;
  id: string;
  kind: "email" | "slack" | "webhook";
  language: Generated<string>;
  name: string;
  address: string;
  secret: string | null;
  oldSecret: string | null;
  oldSecretUntil: TimeOrNull;
  events: Generated<string[]>;
  state: Generated<"active" | "paused" | "disabled">;
  failingSince: TimeOrNull;
  disabledAt: TimeOrNull;
  failure: JsonOrNull<OutsideFailure>;
  createdBy: string | null;
  createdAt: DefaultTime;
  updatedAt: DefaultTime;
}

export interface DeliveriesTable {
  workspaceId: string;
  customerId: string;
  id: string;
  receiverId: string;
  event: string;
  body: string;
  state: Generated<"due" | "sending" | "delivered" | "failed" | "cancelled">;
  dueAt: Time;
  attempts: Generated<number>;
  claimedAt: TimeOrNull;
  claim: string | null;
  status: number | null;
  failure: JsonOrNull<OutsideFailure>;
  createdAt: Time;
  deliveredAt: TimeOrNull;
  says: JsonOrNull<{ score: number; comment: string | null }>;
  follows: string | null;
  mailId: string | null;
  newer: JsonOrNull<{ body: string; says: { score: number; comment: string | null } }>;
}

export interface DigestsTable {
  workspaceId: string;
  personId: string;
  rhythm: "daily" | "weekly" | "never";
  sentAt: TimeOrNull;
}

/** The tables of stage 4, in the names the code uses. */
export interface ActSchema {
  actSettings: ActSettingsTable;
  plays: PlaysTable;
  playVersions: PlayVersionsTable;
  guardOverrides: GuardOverridesTable;
  playLooks: PlayLooksTable;
  moveCounts: MoveCountsTable;
  playDecisions: PlayDecisionsTable;
  enrolments: EnrolmentsTable;
  stepRuns: StepRunsTable;
  messages: MessagesTable;
  codePools: CodePoolsTable;
  codes: CodesTable;
  incentives: IncentivesTable;
  contentItems: ContentItemsTable;
  cases: CasesTable;
  inboxTurns: InboxTurnsTable;
  caseNotes: CaseNotesTable;
  caseChanges: CaseChangesTable;
  receivers: ReceiversTable;
  deliveries: DeliveriesTable;
  digests: DigestsTable;
}

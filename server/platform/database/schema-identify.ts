import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { DefaultTime, Json, Time, TimeOrNull } from "./columns.ts";

export interface WriteKeysTable {
  workspaceId: string;
  id: string;
  name: string;
  start: string;
  keyHash: string;
  key: string | null;
  trusted: boolean;
  createdBy: string | null;
  createdAt: DefaultTime;
  lastUsedAt: TimeOrNull;
}

export type EventType = "track" | "page" | "screen";

export interface EventsTable {
  workspaceId: string;
  customerId: string;
  at: Time;
  id: string;
  receivedAt: Time;
  type: EventType;
  name: string;
  properties: Json<Record<string, unknown>>;
  context: Json<Record<string, unknown>>;
  writeKeyId: string | null;
}

export interface EventIdsTable {
  id: string;
  workspaceId: string;
  at: Time;
}

export interface EventFoldsTable {
  id: GeneratedAlways<number>;
  workspaceId: string;
  customerIds: string[];
  names: string[];
  times: ColumnType<Date[], (Date | string)[], (Date | string)[]>;
}

/** What an event name says of a customer: product use, a sign of life, or nothing they did. */
export type CountsAs = "feature" | "activity" | "nothing";

export interface EventNamesTable {
  workspaceId: string;
  name: string;
  countsAs: Generated<CountsAs>;
  proposed: CountsAs | null;
  decidedBy: string | null;
  decidedAt: TimeOrNull;
  firstAt: Time;
  lastAt: Time;
  n: Generated<number>;
}

export interface EventNameDaysTable {
  workspaceId: string;
  name: string;
  day: string;
  n: number;
}

export interface EventErrorsTable {
  workspaceId: string;
  id: string;
  at: Time;
  reason: string;
  message: string;
  values: Json<Record<string, string | number>>;
  payload: string;
  kept: boolean;
  n: Generated<number>;
  writeKeyId: string | null;
}

export interface PurchasesTable {
  workspaceId: string;
  customerId: string;
  id: string;
  at: Time;
  orderId: string | null;
  revenue: number | null;
  currency: string | null;
  discount: number | null;
  coupon: string | null;
}

export interface CustomerMergesTable {
  workspaceId: string;
  customerId: string;
  intoId: string;
  at: Time;
  reason: "identify" | "alias" | "member" | "api";
  mergedBy: string | null;
}

export type EngagementState = "cooling" | "flat" | "warming" | "dormant" | "unknown";

export interface EngagementTable {
  workspaceId: string;
  customerId: string;
  firstAt: Time;
  lastAt: Time;
  short: number;
  long: number;
  firstWeek: string;
  weekEvents: number[];
  weekDays: number[];
  evaluatedOn: string | null;
  state: Generated<EngagementState>;
  stateSince: string | null;
  usual: number | null;
  usualLow: number | null;
  usualHigh: number | null;
  recent: number | null;
  change: number | null;
  weekStates: Generated<string>;
  breadth: number | null;
  updatedAt: DefaultTime;
}

export interface FeatureUseTable {
  workspaceId: string;
  customerId: string;
  name: string;
  n: number;
  firstAt: Time;
  lastAt: Time;
  long: number;
}

export interface ActivityWeeksTable extends Record<EngagementState, number> {
  workspaceId: string;
  week: string;
  rhythm: number;
  spread: number;
  events: number;
  active: number;
  evaluatedAt: Time;
}

/** Of a customer who is passive: by their answer, by their behaviour, by both; or asked and silent. */
export type PassiveStatus = "stated" | "behavioural" | "both" | "silent";

export interface StandingsTable {
  workspaceId: string;
  customerId: string;
  score: number | null;
  category: "promoter" | "passive" | "detractor" | null;
  answeredAt: TimeOrNull;
  surveyId: string | null;
  previousScore: number | null;
  answers: Generated<number>;
  asked: Generated<number>;
  askedAt: TimeOrNull;
  state: Generated<EngagementState>;
  stateSince: string | null;
  change: number | null;
  features: number | null;
  plan: string | null;
  revenue: number | null;
  currency: string | null;
  countedRevenue: number | null;
  gone: Generated<boolean>;
  reasons: Generated<string[]>;
  reasonValues: Json<Record<string, Record<string, number | string>>>;
  status: PassiveStatus | null;
  statusSince: TimeOrNull;
  refreshedAt: DefaultTime;
  /** Its row of the map of passives, and the change of its activity in steps; both follow from the others. */
  mapRow: GeneratedAlways<"8" | "7" | "others" | "silent" | null>;
  changeBin: GeneratedAlways<number | null>;
}

export interface PassiveRulesTable {
  workspaceId: string;
  rule: string;
  enabled: Generated<boolean>;
  settings: Json<Record<string, unknown>>;
  updatedBy: string | null;
  updatedAt: DefaultTime;
}

/** What the promoters of a plan do. */
export interface NormFigures {
  promoters: number;
  /** Active days a week, and uses of features on such a day; medians. */
  days: number | null;
  depth: number | null;
  /** How many different features they use in 1, 2, 4, 8 … uses, on average. */
  variety: number[] | null;
  /** The share of the promoters that use each feature. */
  features: Record<string, number>;
  /** Purchases of the last year, and those of them at a discount; of all customers. */
  purchases?: number;
  discounted?: number;
}

export interface PassiveNormsTable {
  workspaceId: string;
  plan: string;
  figures: Json<NormFigures>;
  measuredAt: Time;
}

export interface SegmentsTable {
  workspaceId: string;
  id: string;
  name: string;
  filter: Json<unknown>;
  createdBy: string | null;
  createdAt: DefaultTime;
  updatedAt: DefaultTime;
  filterAt: DefaultTime;
  comparedAt: TimeOrNull;
  compareMs: number | null;
  members: number | null;
}

export interface SegmentMembersTable {
  workspaceId: string;
  customerId: string;
  segmentId: string;
  since: Time;
}

export interface SegmentMovesTable {
  workspaceId: string;
  customerId: string;
  id: string;
  segmentId: string;
  at: Time;
  entered: boolean;
}

/** The tables of stage 2, in the names the code uses. */
export interface IdentifySchema {
  writeKeys: WriteKeysTable;
  events: EventsTable;
  eventIds: EventIdsTable;
  eventFolds: EventFoldsTable;
  eventNames: EventNamesTable;
  eventNameDays: EventNameDaysTable;
  eventErrors: EventErrorsTable;
  purchases: PurchasesTable;
  customerMerges: CustomerMergesTable;
  engagement: EngagementTable;
  featureUse: FeatureUseTable;
  activityWeeks: ActivityWeeksTable;
  standings: StandingsTable;
  passiveRules: PassiveRulesTable;
  passiveNorms: PassiveNormsTable;
  segments: SegmentsTable;
  segmentMembers: SegmentMembersTable;
  segmentMoves: SegmentMovesTable;
}

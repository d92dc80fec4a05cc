import { CompiledQuery } from "kysely";
import type { Database } from "../database/open.ts";
import type { Mail } from "../mail/send-mail.ts";

/** Every job and what it carries. `server/jobs.ts` says who does it. */
export interface Jobs {
  /** Answers were stored, all in the transaction that sent this. */
  "response-recorded": {
    workspaceId: string;
    responses: { customerId: string; id: string }[];
    /** They were stored before, and now say something else. */
    isChange?: boolean;
  };
  "run-import": { workspaceId: string; importId: string };
  "undo-import": { workspaceId: string; importId: string };
  "send-mail": Mail & { id: string };
  /** Time has passed: invitations may be due. Sent every half minute. */
  "ask-customers": Record<string, never>;
  /** These invitations, or reminders of them, are to be mailed. */
  "send-invitations": { workspaceId: string; invitations: { customerId: string; id: string }[] };
  /** Time has passed, or a play was published: customers may enter plays. Sent every half minute. */
  "enter-plays": Record<string, never>;
  /** Steps of plays are due, or time has passed. Sent every five seconds. */
  "run-steps": Record<string, never>;
  /** A mail of a play or of the inbox was queued, or time has passed. Sent every five seconds. */
  "send-messages": Record<string, never>;
  /** What is known of these customers has changed: what they said, what they do, who they are. */
  "customers-changed": { workspaceId: string; customers: string[] };
  /** Where all customers stand is found anew: in this workspace, or in each where it was not yet found today. */
  "refresh-standings": { workspaceId?: string };
  /** Events were stored in this workspace, in the transaction that sent this; `event_folds` holds them. */
  "events-recorded": { workspaceId: string };
  /** States and usual levels are found anew: in this workspace, or in each where they were not yet found today. */
  "evaluate-engagement": { workspaceId?: string };
  /** All events of a workspace are counted anew, because others of them count. */
  "rebuild-engagement": { workspaceId: string };
  /** Customers did something after which surveys ask. */
  "ask-after-events": {
    workspaceId: string;
    events: { event: string; customerId: string; id: string; at: string }[];
  };
  /** Time has passed: what is no longer kept of events goes. */
  "purge-events": Record<string, never>;
  /** Messages said that these are one person each. */
  "merge-customers": {
    workspaceId: string;
    merges: { from: string; into: string; reason: "identify" | "alias" }[];
  };
  /** Something was written down for webhooks, or time has passed since an attempt failed. Sent every five seconds. */
  "deliver-webhooks": Record<string, never>;
  /** A customer has written to us, in answer to a mail of ours. */
  "message-received": {
    workspaceId: string;
    customerId: string;
    id: string;
    /** Of the mail that it answers. */
    playId: string | null;
    enrolmentId: string | null;
  };
  /** Time has passed: digests may be due. Sent every five minutes. */
  "send-digests": Record<string, never>;
  /** Time has passed: snoozed cases may have to wake. Sent every minute. */
  "wake-cases": Record<string, never>;
  /** Time has passed: pools of codes may be nearly empty. Sent every minute. */
  "check-code-pools": Record<string, never>;
  /** Somebody unsubscribed by the link of this mail of a play. */
  "message-unsubscribed": { workspaceId: string; customerId: string; messageId: string };
  /** Time has passed, or a filter was changed: customers may have entered or left segments. Sent every minute. */
  "compare-segments": Record<string, never>;
  /** Time has passed: the days of customers in plays may be over, and their results are to be written down. Sent every minute. */
  "measure-plays": Record<string, never>;
  /** Who moved between two periods (days, both included) is counted anew, which takes long. */
  "count-moves": {
    workspaceId: string;
    surveyId: string;
    from: { from: string; to: string };
    to: { from: string; to: string };
  };
  /** These customers entered or left this segment, in the transaction that sent this. */
  "segment-moved": {
    workspaceId: string;
    segmentId: string;
    entered: readonly string[];
    left: readonly string[];
  };
  /** The sample company was loaded at this time (ISO), with so many customers: what they did in the year before it is to come. */
  "live-through-year": { workspaceId: string; now: string; customers?: number };
}

export type JobName = keyof Jobs;
/** News that nobody has to listen to; where nobody does, it is not sent. */
export type News = "segment-moved" | "message-received";

export interface SendOptions {
  /** While a job with this key waits, another is not added. */
  key?: string;
  startAfter?: Date;
  /** What the queue keeps as the time of sending, where the real one must not be known. */
  sentAt?: Date;
}

/**
 * The statement that queues a job, for callers that pipeline their SQL; as one statement inside their transaction.
 * It writes what the insert of pg-boss writes (the version is pinned), which would first ask for the queue's settings.
 */
export function sendJob<Name extends JobName>(
  name: Name,
  data: Jobs[Name],
  { key, startAfter, sentAt }: SendOptions = {},
) {
  const parameters = [name, JSON.stringify(data), key ?? null, startAfter ?? null, sentAt ?? null];
  return { query: insertJob, parameters };
}

const insertJob = `
  insert into pgboss.job (name, data, singleton_key, start_after, created_on, keep_until, expire_seconds, deletion_seconds,
    retry_limit, retry_delay, retry_backoff, retry_delay_max, policy, dead_letter, heartbeat_seconds)
  select q.name, $2::jsonb, $3::text, t.start_after, coalesce($5::timestamptz, now()), t.start_after + q.retention_seconds * interval '1 second',
    q.expire_seconds, q.deletion_seconds, q.retry_limit, q.retry_delay, q.retry_backoff, q.retry_delay_max, q.policy,
    q.dead_letter, q.heartbeat_seconds
  from pgboss.queue q, (select coalesce($4::timestamptz, now()) as start_after) t
  where q.name = $1
  on conflict do nothing`;

/** Queues a job in the caller's transaction: it is done after the commit, or never existed. */
export async function send<Name extends JobName>(
  db: Database,
  name: Name,
  data: Jobs[Name],
  options: SendOptions = {},
): Promise<void> {
  const { query, parameters } = sendJob(name, data, options);
  await db.executeQuery(CompiledQuery.raw(query, parameters));
}

/** Whether a handler was ever made for this news. */
export async function hasListener(db: Database, name: News): Promise<boolean> {
  const { rows } = await db.executeQuery(
    CompiledQuery.raw("select from pgboss.queue where name = $1", [name]),
  );
  return rows.length > 0;
}

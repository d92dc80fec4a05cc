import { currentCustomer } from "../../../collect/customers/follow-merges.ts";
import type { Clock } from "../../../platform/clock.ts";
import type { Database } from "../../../platform/database/open.ts";
import { Refusal } from "../../../platform/errors.ts";
import { readActivity } from "./activity.ts";
import { readAnswers } from "./answers.ts";
import { readMessages } from "./messages.ts";
import { readPerson, readPurchases } from "./person.ts";
import {
  type OtherSources,
  type TimelineGroup,
  timelineGroups,
  type TimelineItem,
  type TimelineSource,
  type Wanted,
} from "./timeline.ts";
import { readVisits } from "./visits.ts";

const sources: Record<Exclude<TimelineGroup, "plays">, TimelineSource> & OtherSources = {
  answers: readAnswers,
  messages: readMessages,
  visits: async (db, wanted) => [...(await readVisits(db, wanted)), ...(await readActivity(db, wanted))],
  purchases: readPurchases,
  person: readPerson,
};

/** Beyond a page, for things of the very moment at which the page before ended. */
const spare = 30;

/**
 * Everything that happened with a customer, newest first, by pages.
 * @throws Refusal when there is no such customer, or for a cursor that is not one
 */
export async function readTimeline(
  db: Database,
  { clock, others }: { clock: Clock; others: OtherSources },
  { workspaceId, id }: { workspaceId: string; id: string },
  {
    groups = timelineGroups,
    cursor,
    limit = 50,
  }: { groups?: readonly TimelineGroup[] | undefined; cursor?: string | undefined; limit?: number } = {},
): Promise<{ items: TimelineItem[]; next: string | null }> {
  const customerId = await currentCustomer(db, id);
  await requireCustomer(db, workspaceId, customerId);
  const end = cursor === undefined ? undefined : readEnd(cursor);
  const wanted: Wanted = {
    workspaceId,
    customerId,
    upTo: end && new Date(end.at),
    limit: limit + 1 + spare,
    clock,
  };
  const asked = [...new Set(groups)].flatMap((group) =>
    [sources[group], others[group]].flatMap((source) => source ?? []),
  );
  const found = await Promise.all(asked.map((source) => source(db, wanted)));
  const items = found
    .flat()
    .toSorted(newestFirst)
    .filter((item) => !end || newestFirst(end, item) < 0);
  const page = items.slice(0, limit);
  const last = items.length > limit ? page.at(-1) : undefined;
  return { items: page, next: last ? writeEnd(last) : null };
}

async function requireCustomer(db: Database, workspaceId: string, id: string): Promise<void> {
  const row = await db
    .selectFrom("customers")
    .select("id")
    .where("workspaceId", "=", workspaceId)
    .where("id", "=", id)
    .executeTakeFirst();
  if (!row)
    throw new Refusal("not_found", "There is no such customer here; they may have been erased.", {
      reason: "no_such_customer",
    });
}

type End = Pick<TimelineItem, "at" | "kind" | "id">;

function newestFirst(a: End, b: End): number {
  return compare(b.at, a.at) || compare(b.kind, a.kind) || compare(b.id, a.id);
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

function writeEnd({ at, kind, id }: End): string {
  return Buffer.from(JSON.stringify([at, kind, id])).toString("base64url");
}

function readEnd(text: string): End {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    const [at, kind, id] = Array.isArray(parts) ? (parts as unknown[]) : [];
    if (typeof at === "string" && typeof kind === "string" && typeof id === "string" && isTime(at))
      return { at, kind: kind as End["kind"], id };
  } catch {
    // No JSON: refused below.
  }
  throw new Refusal("bad_input", "cursor: is not one of this timeline; take `next` of the page before.", {
    reason: "bad_cursor",
  });
}

function isTime(at: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(at) && !Number.isNaN(Date.parse(at));
}

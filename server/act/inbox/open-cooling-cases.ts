import { sql } from "kysely";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { idOf } from "../../platform/ids.ts";
import type { Resources } from "../../platform/resources.ts";
import { readInboxSettings } from "./inbox-settings.ts";
import { lockCasesOf } from "./lock-cases.ts";
import { openCase } from "./open-case.ts";

/** Who has cooled for longer did so before anybody here could notice. */
const newForDays = 14;
const day = 24 * 3_600_000;
/** How long the least revenue of the top stays as it was measured. */
const measuredFor = 3_600_000;

interface Cooling {
  customerId: string;
  score: number | null;
  change: number | null;
  stateSince: string;
}

/**
 * Opens cases for passives of high revenue who have started to cool: of these customers, or of all. One for each time that
 * somebody cools; none for whoever has a case in hand.
 */
export function newCoolingWatch({ database: { db }, clock }: Pick<Resources, "database" | "clock">) {
  const measured = new Map<string, { least: number | undefined; at: number; top: number }>();

  /** From this revenue on customers are in the top; undefined where no revenue is known. */
  async function leastRevenue(workspaceId: string, top: number): Promise<number | undefined> {
    const now = clock.now().getTime();
    const known = measured.get(workspaceId);
    if (known && known.top === top && now - known.at < measuredFor) return known.least;
    const { rows } = await sql<{ least: number | null }>`
      select percentile_disc(${top}) within group (order by revenue desc) as least
      from standings where workspace_id = ${workspaceId}::uuid and revenue > 0 and not gone`.execute(db);
    const least = rows[0]?.least ?? undefined;
    measured.set(workspaceId, { least, at: now, top });
    return least;
  }

  return async (workspaceId: string, customers?: ReadonlySet<string>): Promise<void> => {
    const { rules } = await readInboxSettings(db, workspaceId);
    const { enabled, top, mostADay } = rules.cooling;
    if (!enabled) return;
    const now = clock.now();
    if (!(await findCooling(db, workspaceId, { customers, now, least: 0, limit: 1 }))[0]) return;
    const least = await leastRevenue(workspaceId, top);
    const room = mostADay - (await openedToday(db, workspaceId, now));
    if (least === undefined || room <= 0) return;
    for (const { customerId } of await findCooling(db, workspaceId, { customers, now, least, limit: room }))
      await openFor(db, workspaceId, { customerId, least }, now);
  };
}

async function findCooling(
  db: Database,
  workspaceId: string,
  {
    customers,
    now,
    least,
    limit,
  }: { customers: ReadonlySet<string> | undefined; now: Date; least: number; limit: number },
): Promise<Cooling[]> {
  const since = new Date(now.getTime() - newForDays * day);
  const { rows } = await sql<Cooling>`
    select s.customer_id as "customerId", s.score, s.change, s.state_since::text as "stateSince"
    from standings s join customers c on c.id = s.customer_id
    where s.workspace_id = ${workspaceId}::uuid and s.status in ('stated', 'both') and s.state = 'cooling' and not s.gone
      and s.state_since >= ${since}::timestamptz::date and s.revenue >= ${least} and s.revenue > 0
      and not c.anonymous and c.verified
      ${customers ? sql`and s.customer_id = any (${[...customers]}::uuid[])` : sql``}
      and not exists (select from cases k where k.customer_id = s.customer_id
        and (k.state <> 'closed' or k.opened_by = 'cooling' and k.opened_at >= s.state_since))
    order by s.revenue desc, s.customer_id limit ${limit}`.execute(db);
  return rows;
}

async function openedToday(db: Database, workspaceId: string, now: Date): Promise<number> {
  const { n } = await db
    .selectFrom("cases")
    .select((e) => e.fn.countAll<number>().as("n"))
    .where("workspaceId", "=", workspaceId)
    .where("openedBy", "=", "cooling")
    .where("openedAt", ">", new Date(now.getTime() - day))
    .executeTakeFirstOrThrow();
  return n;
}

async function openFor(
  db: Database,
  workspaceId: string,
  { customerId, least }: { customerId: string; least: number },
  now: Date,
): Promise<void> {
  await inTransaction(db, async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    await lockCasesOf(db, customerId);
    // Somebody may have opened a case for them a moment ago, or erased them.
    const customers = new Set([customerId]);
    const [cooling] = await findCooling(db, workspaceId, { customers, now, least, limit: 1 });
    if (!cooling) return;
    const { score, change, stateSince } = cooling;
    await openCase(db, {
      workspaceId,
      customerId,
      id: idOf("case", "cooling", customerId, stateSince),
      openedBy: "cooling",
      title: change === null ? "" : `${change < 0 ? "−" : "+"}${Math.abs(Math.round(change * 100))} %`,
      scoreBefore: score,
      now,
    });
  });
}

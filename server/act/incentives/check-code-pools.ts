import { sql } from "kysely";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { sendMail } from "../../platform/mail/send-mail.ts";
import type { Resources } from "../../platform/resources.ts";

interface LowPool {
  workspaceId: string;
  id: string;
  name: string;
  free: number;
}

/** Does the job `check-code-pools`: writes to the owners once when a pool runs low, and again only after it was filled. */
export async function checkCodePools(resources: Resources): Promise<void> {
  const { db } = resources.database;
  // Counted only up to where it matters, so that a large pool costs no more than a small one.
  const { rows } = await sql<LowPool & { low: boolean }>`
    select p.workspace_id as "workspaceId", p.id, p.name, c.free, c.free <= p.low_stock as low
    from code_pools p cross join lateral (
      select count(*)::integer as free from (
        select from codes c where c.pool_id = p.id and c.state = 'free' limit p.low_stock + 1
      ) few
    ) c
    where p.deleted_at is null and (c.free <= p.low_stock) = (p.warned_at is null)
      -- Codes that come back are no filling: a pool at its limit would be told of with each of them. The newest has the last id.
      and (p.warned_at is null or p.warned_at < (
        select k.added_at from codes k where k.pool_id = p.id order by k.id desc limit 1))
      -- One that nobody has filled yet is no news.
      and exists (select from codes c where c.pool_id = p.id)`.execute(db);
  for (const { low, ...pool } of rows) {
    if (low) await inTransaction(db, (db) => warnOwners(resources, db, pool));
    else
      await db
        .updateTable("codePools")
        .set({ warnedAt: null })
        .where("id", "=", pool.id)
        .where("workspaceId", "=", pool.workspaceId)
        .execute();
  }
}

async function warnOwners(
  { clock, config }: Resources,
  db: Database,
  { workspaceId, id, name, free }: LowPool,
): Promise<void> {
  const warned = await db
    .updateTable("codePools")
    .set({ warnedAt: clock.now() })
    .where("id", "=", id)
    .where("workspaceId", "=", workspaceId)
    .where("warnedAt", "is", null)
    .returning("id")
    .executeTakeFirst();
  if (!warned) return;
  const owners = await db
    .selectFrom("members as m")
    .innerJoin("people as p", "p.id", "m.personId")
    .innerJoin("workspaces as w", "w.id", "m.workspaceId")
    .select(["p.id", "p.email", "p.language", "w.slug"])
    .where("m.workspaceId", "=", workspaceId)
    .where("m.role", "=", "owner")
    .execute();
  for (const { id: personId, email, language, slug } of owners) {
    const write = language?.toLowerCase().startsWith("de") ? german : english;
    const link = `${config.baseUrl}/${slug}/codes`;
    await sendMail(db, clock, { to: email, personId, workspaceId, ...write({ name, free, link }) });
  }
}

interface Facts {
  name: string;
  free: number;
  link: string;
}

const english = ({ name, free, link }: Facts) => ({
  subject: free === 0 ? `${name} has no codes left` : `${name} is running out of codes`,
  text: `Hello,\n\n${name} has ${free === 0 ? "no code" : free === 1 ? "one code" : `${free.toLocaleString("en")} codes`} left. When there are none, plays wait or go on without, as their steps say.\n\nAdd codes here:\n${link}\n`,
});

const german = ({ name, free, link }: Facts) => ({
  subject: free === 0 ? `${name}: keine Codes mehr` : `${name}: Die Codes werden knapp`,
  text: `Guten Tag,\n\nfür ${name} ${free === 0 ? "gibt es keinen Code mehr" : free === 1 ? "gibt es nur noch einen Code" : `gibt es noch ${free.toLocaleString("de")} Codes`}. Gibt es keine, warten die Aktionen darauf oder gehen ohne Code weiter, wie es ihr Schritt sagt.\n\nHier fügen Sie Codes hinzu:\n${link}\n`,
});

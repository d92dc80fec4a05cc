import { sql } from "kysely";
import { withinWorkspace } from "../../collect/imports/within-workspace.ts";
import { noteAudit } from "../../platform/accounts/note-audit.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { Caller } from "../../platform/http/router.ts";
import { newId } from "../../platform/ids.ts";
import type { AddedCodes } from "./code-pool.ts";
import { readPool } from "./list-pools.ts";
import type { CodeList } from "./read-code-list.ts";

const mostCodes = 1_000_000;
const mostShown = 100;

/**
 * Puts codes into a pool. One that is in any pool of the workspace already, in capitals or not, is passed over: it would
 * go out twice.
 */
export async function addCodes(
  db: Database,
  clock: Clock,
  by: Pick<Caller, "workspaceId" | "personId" | "apiKeyId">,
  { id: poolId, codes, faulty }: { id: string } & CodeList,
): Promise<AddedCodes> {
  const { workspaceId } = by;
  return withinWorkspace(db, workspaceId, async (db) => {
    // Two at once could not see each other's codes.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`codes of ${workspaceId}`}, 0))`.execute(db);
    const { name, free, given, withdrawn } = await readPool(db, workspaceId, poolId);
    if (free + given + withdrawn + codes.length > mostCodes)
      throw new Refusal(
        "conflict",
        `A pool holds at most ${mostCodes.toLocaleString("en")} codes; make another.`,
        {
          reason: "pool_full",
          values: { most: mostCodes },
        },
      );
    const seen = new Set<string>();
    const twice: string[] = [];
    const once = codes.filter((code) => {
      const key = code.toLowerCase();
      if (seen.has(key)) twice.push(code);
      return !seen.has(key) && seen.add(key);
    });
    const { rows } = await sql<{ code: string }>`
      insert into codes (workspace_id, pool_id, id, code, added_at)
      select ${workspaceId}::uuid, ${poolId}::uuid, n.id, n.code, ${clock.now()}::timestamptz
      from unnest(${once.map(() => newId(clock))}::uuid[], ${once}::text[]) as n (id, code)
      where not exists (
        select from codes c where c.workspace_id = ${workspaceId}::uuid and lower(c.code) = lower(n.code))
      returning code`.execute(db);
    const added = new Set(rows.map(({ code }) => code));
    const known = [...once.filter((code) => !added.has(code)), ...twice];
    await noteAudit(db, clock, by, {
      action: "codes.added",
      about: "code_pool",
      aboutId: poolId,
      details: { name, codes: added.size },
    });
    return {
      added: added.size,
      known: known.length,
      knownCodes: known.slice(0, mostShown),
      faulty: faulty.slice(0, mostShown),
    };
  });
}

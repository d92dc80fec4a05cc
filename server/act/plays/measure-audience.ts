import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import { withMoreMemory } from "../../identify/segments/with-more-memory.ts";
import type { Database } from "../../platform/database/open.ts";
import type { PermanentHoldout } from "../settings/act-settings.ts";
import { placeInSql } from "./place-in-sql.ts";
import {
  type EnteringPlay,
  fitsPlay,
  type HeldReason,
  heldReasons,
  reasonsToStayOut,
  unitInSql,
} from "./who-enters.ts";

/** Who would enter a play now. */
export interface MeasuredAudience {
  eligible: number;
  held: { reason: HeldReason; customers: number }[];
  treated: number;
  holdout: number;
  /** How many of the eligible one account has, on average; 1 where customers are assigned. */
  perAccount: number;
  /** The first of the eligible, by when they became known. */
  examples: { id: string; arm: "treated" | "holdout" }[];
}

const mostExamples = 10;

interface Counts {
  held: HeldReason | null;
  customers: number;
  treated: number;
  holdout: number;
  units: number;
  examples: MeasuredAudience["examples"] | null;
}

/** Looks at all customers for whom a play is meant, and counts who would enter it now and why others would not. */
export async function measureAudience(
  db: Database,
  clock: Clock,
  play: EnteringPlay & { salt: string },
  permanent: PermanentHoldout,
): Promise<MeasuredAudience> {
  const { workspaceId, id, salt, definition } = play;
  const now = clock.now();
  const fits = await fitsPlay(db, { workspaceId, audience: definition.audience }, { now });
  const reasons = Object.entries(reasonsToStayOut(play, permanent, now)).map(
    ([reason, holds]) => sql`when ${holds} then ${reason}`,
  );
  const unit = unitInSql(definition);
  const { share } = definition.holdout;
  const rows = await withMoreMemory(db, async (db) => {
    const { rows } = await sql<Counts>`
      with fitting as materialized (
        select c.id, ${unit} as unit, case ${sql.join(reasons, sql` `)} end as held,
          case when ${placeInSql(id, salt, unit)} < ${share}::float8 then 'holdout' else 'treated' end as arm
        from customers c where c.workspace_id = ${workspaceId}::uuid and ${fits}
      ), examples as (
        select id, arm from fitting where held is null order by id limit ${mostExamples}
      )
      select held, count(*) as customers, count(*) filter (where arm = 'treated') as treated,
        count(*) filter (where arm = 'holdout') as holdout, count(distinct unit) filter (where held is null) as units,
        case when held is null then (
          select json_agg(json_build_object('id', id, 'arm', arm) order by id) from examples) end as examples
      from fitting group by held`.execute(db);
    return rows;
  });
  const free = rows.find(({ held }) => held === null);
  return {
    eligible: free?.customers ?? 0,
    held: rows
      .flatMap(({ held, customers }) => (held === null ? [] : [{ reason: held, customers }]))
      .toSorted((a, b) => heldReasons.indexOf(a.reason) - heldReasons.indexOf(b.reason)),
    treated: free?.treated ?? 0,
    holdout: free?.holdout ?? 0,
    perAccount: free ? free.customers / free.units : 1,
    examples: free?.examples ?? [],
  };
}

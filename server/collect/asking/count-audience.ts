import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import type { Audience } from "../surveys/survey-settings.ts";
import { fitsAudience } from "./fits-audience.ts";
import type { Segments } from "./segments.ts";

/** How many customers fit an audience. @throws Refusal when a rule cannot be understood */
export async function countAudience(
  db: Database,
  segments: Segments,
  { workspaceId, audience }: { workspaceId: string; audience: Audience },
  now: Date,
): Promise<number> {
  const fits = await fitsAudience(db, segments, { workspaceId, audience }, { now });
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from customers c where c.workspace_id = ${workspaceId}::uuid and ${fits}`.execute(
    db,
  );
  return rows[0]!.n;
}

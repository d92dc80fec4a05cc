import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { idOf } from "../../platform/ids.ts";
import { withinWorkspace } from "../imports/within-workspace.ts";
import { findSurveyRow } from "./find-survey-row.ts";
import { imageTypeOf } from "./survey-image.ts";

/**
 * Stores a logo for a survey's content to name; gives its id, the same for the same picture. Pictures of yesterday that
 * no survey names any more are removed.
 * @throws Refusal when it is no picture, or too large
 */
export async function storeImage(
  db: Database,
  clock: Clock,
  { workspaceId, surveyId }: { workspaceId: string; surveyId: string },
  bytes: Buffer,
): Promise<string> {
  const type = imageTypeOf(bytes);
  const id = idOf(workspaceId, "image", createHash("sha256").update(bytes).digest("hex"));
  await withinWorkspace(db, workspaceId, async (db) => {
    await findSurveyRow(db, workspaceId, surveyId);
    await sql`
      delete from survey_images i where workspace_id = ${workspaceId}
        and created_at < ${clock.now()}::timestamptz - interval '1 day'
        and not exists (select 1 from survey_versions v where v.workspace_id = i.workspace_id
          and v.content -> 'branding' ->> 'logo' = i.id::text)
        and not exists (select 1 from surveys s where s.workspace_id = i.workspace_id
          and s.draft -> 'content' -> 'branding' ->> 'logo' = i.id::text)`.execute(db);
    await db
      .insertInto("surveyImages")
      .values({ workspaceId, id, type, bytes, createdAt: clock.now() })
      .onConflict((c) => c.column("id").doUpdateSet({ createdAt: clock.now() }))
      .execute();
  });
  return id;
}

import type { Clock } from "../clock.ts";
import type { Database } from "../database/open.ts";
import { newId } from "../ids.ts";

/** What was done, to what, and what else whoever asks later should know. */
export interface Audited {
  /** As `play.published`. */
  action: string;
  about: string;
  aboutId?: string | null;
  details?: Record<string, unknown>;
}

/** A member, a key, or neither of them: Nines itself. */
export interface AuditedBy {
  workspaceId: string;
  personId?: string | undefined;
  apiKeyId?: string | undefined;
}

/** Notes in the audit log who did what; in the transaction that does it, so that neither is there without the other. */
export async function noteAudit(
  db: Database,
  clock: Clock,
  { workspaceId, personId, apiKeyId }: AuditedBy,
  { action, about, aboutId = null, details = {} }: Audited,
): Promise<void> {
  await db
    .insertInto("auditLog")
    .values({
      workspaceId,
      id: newId(clock),
      at: clock.now(),
      personId: personId ?? null,
      apiKeyId: apiKeyId ?? null,
      action,
      about,
      aboutId,
      details: JSON.stringify(details),
    })
    .execute();
}

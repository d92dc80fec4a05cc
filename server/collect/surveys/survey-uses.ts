import type { Database } from "../../platform/database/open.ts";

/**
 * Refuses to let a survey be deleted while a later stage needs it, in the caller's transaction. The stages that use surveys
 * give it; here they are not known.
 * @throws Refusal with who needs it
 */
export type RefuseWhileUsed = (
  db: Database,
  survey: { workspaceId: string; id: string; name: string },
) => Promise<void>;

import type { Jobs } from "../../platform/jobs/send.ts";
import type { Resources } from "../../platform/resources.ts";

/** Does the job `send-invitations`. */
export function openInvitationDelivery(
  resources: Resources,
): (jobs: Jobs["send-invitations"][], signal: AbortSignal) => Promise<void> {
  void resources;
  return async () => {};
}

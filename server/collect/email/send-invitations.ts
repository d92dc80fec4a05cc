import { isSample } from "../../platform/accounts/is-sample.ts";
import type { Jobs } from "../../platform/jobs/send.ts";
import { type BulkMail, openBulkMail } from "../../platform/mail/open-bulk-mail.ts";
import type { Resources } from "../../platform/resources.ts";
import { giveUpMessages } from "../asking/give-up-messages.ts";
import { checkMessages, type CheckedMessage } from "./check-messages.ts";
import {
  type ClaimedInvitation,
  claimInvitations,
  type InvitationKey,
  renewClaims,
} from "./claim-invitations.ts";
import { newHandOver } from "./hand-over.ts";
import { invitationMail } from "./invitation-mail.ts";
import { keepClaims } from "./keep-claims.ts";
import { keepInOutbox } from "./keep-in-outbox.ts";
import { postpone, putBack } from "./settle-invitations.ts";
import { newInvitationWriter, readSurveys, type ReadyMessage } from "./write-invitations.ts";

type Job = Jobs["send-invitations"];

/**
 * Does the job `send-invitations`: claims what is due, looks again whether it may be sent, writes it and hands it to the
 * mail server, a few at a time. Each message is claimed before and marked after, so that it is sent twice only when the
 * process ends between the mail server's yes and our note of it.
 */
export function openInvitationDelivery(
  resources: Resources,
  bulk: BulkMail | undefined = openBulkMail(resources.config),
): (jobs: Job[], signal: AbortSignal) => Promise<void> {
  const { database, clock, log } = resources;
  const { db } = database;
  const writer = newInvitationWriter(resources);
  const handOver =
    bulk &&
    newHandOver(resources, bulk.transport, {
      connections: bulk.connections,
      kind: invitationMail(resources),
    });

  const deliver = async (workspaceId: string, wanted: readonly InvitationKey[], signal: AbortSignal) => {
    const claimed = await claimInvitations(db, workspaceId, wanted, clock.now());
    if (claimed.length === 0) return;
    const keeping = {
      renew: (held: readonly ClaimedInvitation[]) => renewClaims(db, held, clock.now()),
      putBack: (untouched: readonly ClaimedInvitation[]) =>
        putBack(db, untouched, { sendAfter: clock.now(), counted: false }),
    };
    await keepClaims(log, claimed, keeping, async ({ began, settled }) => {
      const surveys = await readSurveys(db, claimed);
      const now = clock.now();
      const checked = await checkMessages(db, workspaceId, { claimed, surveys, now });
      const { ready, dropped, postponed, moved } = checked;
      await putBack(db, moved, { sendAfter: now, counted: false });
      moved.forEach(settled);
      for (const { invitation, state, reason } of dropped) {
        await giveUpMessages(db, [invitation], { state, reason, claim: invitation.claim });
        settled(invitation);
      }
      for (const some of Map.groupBy(postponed, ({ sendAfter }) => sendAfter.getTime()).values()) {
        const later = some.map(({ invitation }) => invitation);
        await postpone(db, later, some[0]!.sendAfter);
        later.forEach(settled);
      }
      const written = await writeAll(ready, settled);
      if (!handOver || (await isSample(db, workspaceId)))
        return keepInOutbox(resources, workspaceId, written);
      await handOver.send(written, signal, {
        began: ({ invitation }) => began(invitation),
        settled: ({ invitation }) => settled(invitation),
      });
    });
  };

  const writeAll = async (
    messages: readonly CheckedMessage[],
    settled: (invitation: ClaimedInvitation) => void,
  ): Promise<ReadyMessage[]> => {
    const written: ReadyMessage[] = [];
    for (const { survey, invitation, addressee } of messages) {
      try {
        written.push(await writer.write(survey, invitation, addressee));
      } catch (error) {
        log.error(
          { err: error, survey: survey.id, version: survey.version },
          "an invitation could not be written",
        );
        const { claim } = invitation;
        await giveUpMessages(db, [invitation], { state: "failed", reason: "text_broken", claim });
        settled(invitation);
      }
    }
    return written;
  };

  return async (jobs, signal) => {
    for (const { workspaceId, invitations } of jobs) {
      for (let next = 0; next < invitations.length && !signal.aborted;) {
        if (handOver?.isPaused()) break;
        const size = handOver?.chunk() ?? 200;
        await deliver(workspaceId, invitations.slice(next, next + size), signal);
        next += size;
      }
    }
  };
}

import { isSample } from "../../platform/accounts/is-sample.ts";
import type { Jobs } from "../../platform/jobs/send.ts";
import { openTransport } from "../../platform/mail/open-transport.ts";
import type { Resources } from "../../platform/resources.ts";
import { giveUpMessages } from "../asking/give-up-messages.ts";
import { checkMessages, type CheckedMessage } from "./check-messages.ts";
import {
  type ClaimedInvitation,
  claimInvitations,
  type InvitationKey,
  renewClaims,
} from "./claim-invitations.ts";
import { keepInOutbox } from "./keep-in-outbox.ts";
import { newHandOver } from "./hand-over.ts";
import { postpone, putBack } from "./settle-invitations.ts";
import { newInvitationWriter, readSurveys, type ReadyMessage } from "./write-invitations.ts";

type Job = Jobs["send-invitations"];

const connections = 5;
const renewEvery = 30_000;

/**
 * Does the job `send-invitations`: claims what is due, looks again whether it may be sent, writes it and hands it to the
 * mail server, a few at a time. Each message is claimed before and marked after, so that it is sent twice only when the
 * process ends between the mail server's yes and our note of it.
 */
export function openInvitationDelivery(
  resources: Resources,
): (jobs: Job[], signal: AbortSignal) => Promise<void> {
  const { config, database, clock, log } = resources;
  const { db } = database;
  const writer = newInvitationWriter(resources);
  // Connections of its own: a member's password reset does not wait behind a wave.
  const handOver =
    config.smtpUrl === undefined
      ? undefined
      : newHandOver(
          resources,
          openTransport(config, { connections, perSecond: config.mailRate }),
          connections,
        );

  const deliver = async (workspaceId: string, wanted: readonly InvitationKey[], signal: AbortSignal) => {
    const claimed = await claimInvitations(db, workspaceId, wanted, clock.now());
    if (claimed.length === 0) return;
    const held = new Map(claimed.map((each) => [each.id, each]));
    const untouched = new Map(held);
    const progress = {
      began: ({ id }: ClaimedInvitation) => void untouched.delete(id),
      settled: ({ id }: ClaimedInvitation) => {
        held.delete(id);
        untouched.delete(id);
      },
    };
    const renewing = setInterval(() => {
      renewClaims(db, [...held.values()], clock.now()).catch((error: unknown) =>
        log.warn({ err: error }, "the claims on invitations could not be renewed"),
      );
    }, renewEvery);
    try {
      const surveys = await readSurveys(db, claimed);
      const now = clock.now();
      const { ready, dropped, postponed } = await checkMessages(db, workspaceId, { claimed, surveys, now });
      for (const { invitation, state, reason } of dropped) {
        await giveUpMessages(db, [invitation], { state, reason, claim: invitation.claim });
        progress.settled(invitation);
      }
      for (const some of Map.groupBy(postponed, ({ sendAfter }) => sendAfter.getTime()).values()) {
        const later = some.map(({ invitation }) => invitation);
        await postpone(db, later, some[0]!.sendAfter);
        later.forEach(progress.settled);
      }
      const written = await writeAll(ready, progress.settled);
      if (handOver && !(await isSample(db, workspaceId))) await handOver.send(written, signal, progress);
      else await keepInOutbox(resources, workspaceId, written);
    } catch (error) {
      // What was not touched goes back, so that nobody waits for the claim to run out.
      await putBack(db, [...untouched.values()], { sendAfter: clock.now(), counted: false }).catch(
        () => undefined,
      );
      throw error;
    } finally {
      clearInterval(renewing);
    }
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

import { newHandOver } from "../../collect/email/hand-over.ts";
import { keepClaims } from "../../collect/email/keep-claims.ts";
import { isSample } from "../../platform/accounts/is-sample.ts";
import { type BulkMail, openBulkMail } from "../../platform/mail/open-bulk-mail.ts";
import type { Resources } from "../../platform/resources.ts";
import { checkMessages } from "./check-messages.ts";
import { type ClaimedMessage, claimMessages, renewMessages } from "./claim-messages.ts";
import { keepMessagesInOutbox } from "./keep-messages-in-outbox.ts";
import { completeMessage, messageMail } from "./message-mail.ts";
import { giveUpHeldMessages, putMessagesBack } from "./settle-messages.ts";

const withoutServer = 200;

/**
 * Does the job `send-messages`: as with invitations, claims mails of plays and of the inbox that are due, looks again whether
 * they may be sent, and hands them to the mail server. Each is claimed before and marked after, so that it is sent twice
 * only when the process ends between the mail server's yes and our note of it.
 */
export function openMessageDelivery(
  resources: Resources,
  bulk: BulkMail | undefined = openBulkMail(resources.config),
): (signal: AbortSignal) => Promise<void> {
  const { database, clock, log } = resources;
  const { db } = database;
  const handOver =
    bulk &&
    newHandOver(resources, bulk.transport, { connections: bulk.connections, kind: messageMail(resources) });

  const deliver = async (workspaceId: string, claimed: readonly ClaimedMessage[], signal: AbortSignal) => {
    const keeping = {
      renew: (held: readonly ClaimedMessage[]) => renewMessages(db, held, clock.now()),
      putBack: (untouched: readonly ClaimedMessage[]) =>
        putMessagesBack(db, untouched, { sendAfter: clock.now(), counted: false }),
    };
    await keepClaims(log, claimed, keeping, async ({ began, settled }) => {
      const { ready, dropped, moved } = await checkMessages(db, workspaceId, claimed, clock.now());
      await putMessagesBack(db, moved, { sendAfter: clock.now(), counted: false });
      moved.forEach(settled);
      for (const { message, ...why } of dropped) {
        await giveUpHeldMessages(db, [message], { ...why, tried: false, now: clock.now() });
        settled(message);
      }
      const written = await Promise.all(ready.map((each) => completeMessage(resources, each)));
      if (!handOver || (await isSample(db, workspaceId)))
        return keepMessagesInOutbox(resources, workspaceId, written);
      await handOver.send(written, signal, {
        began: ({ message }) => began(message),
        settled: ({ message }) => settled(message),
      });
    });
  };

  return async (signal) => {
    while (!signal.aborted && !handOver?.isPaused()) {
      const most = handOver?.chunk() ?? withoutServer;
      const { found, claimed } = await claimMessages(db, clock.now(), most);
      const byWorkspace = Map.groupBy(claimed, ({ workspaceId }) => workspaceId);
      await Promise.all([...byWorkspace].map(([workspaceId, some]) => deliver(workspaceId, some, signal)));
      if (found === 0) return;
    }
  };
}

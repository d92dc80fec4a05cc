import type { Resources } from "../../platform/resources.ts";
import { nextForCustomer } from "../asking/hours.ts";
import { giveUpMessages } from "../asking/give-up-messages.ts";
import { suppressAddress } from "../asking/suppress-address.ts";
import type { MailKind } from "./hand-over.ts";
import { invitationMessage } from "./invitation-message.ts";
import { sentMessage } from "./keep-in-outbox.ts";
import { markSent, postpone, putBack } from "./settle-invitations.ts";
import type { ReadyMessage } from "./write-invitations.ts";

/** Invitations as mails that are handed over. */
export function invitationMail({ config, database, clock }: Resources): MailKind<ReadyMessage> {
  const { db } = database;
  return {
    name: "invitation",
    describe: ({ invitation: { id, attempts }, survey: { workspaceId } }) => ({ id, attempts, workspaceId }),
    write: ({
      invitation: { customerId, id, reminders: number },
      survey,
      recipient,
      mail,
      unsubscribeLink,
    }) =>
      invitationMessage(config, survey, {
        message: { customerId, id, number },
        recipient,
        mail,
        unsubscribeLink,
      }),
    opens: ({ survey, timeZone }, at) => nextForCustomer(survey, timeZone, at),
    markSent: (db, sent) =>
      markSent(
        db,
        sent.map(({ message, at }) => sentMessage(message, at)),
      ),
    async putBack({ invitation }, sendAfter) {
      await putBack(db, [invitation], { sendAfter, counted: true });
    },
    postpone: (messages, sendAfter) =>
      postpone(
        db,
        messages.map(({ invitation }) => invitation),
        sendAfter,
      ),
    async giveUp({ invitation }, reason) {
      await giveUpMessages(db, [invitation], { state: "failed", reason, claim: invitation.claim });
    },
    async suppress({ invitation, survey, recipient }, detail) {
      await suppressAddress(db, clock, {
        workspaceId: survey.workspaceId,
        email: recipient,
        reason: "bounced",
        source: "smtp",
        detail,
        surveyId: survey.id,
        customerId: invitation.customerId,
        invitationId: invitation.id,
      });
    },
  };
}

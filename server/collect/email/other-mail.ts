import type { Database } from "../../platform/database/open.ts";
import type { SuppressionReason } from "../asking/suppression.ts";

/** A mail that a later stage has sent to a customer. */
export interface FoundMail {
  workspaceId: string;
  customerId: string;
  id: string;
  recipient: string;
  language: string | null;
  sentAt: Date | null;
}

/**
 * What bounces and complaints must know of mails other than invitations. The stage that sends them gives it; their
 * Message-IDs are made as those of invitations, with number 0.
 */
export interface OtherMail {
  find(db: Database, mail: { customerId: string; id: string }): Promise<FoundMail | undefined>;
  /** The mails that this customer was sent since, newest first; at most a hundred. */
  sentSince(db: Database, customerId: string, since: Date): Promise<FoundMail[]>;
  /** Notes what came of one. */
  mark(
    db: Database,
    mail: Pick<FoundMail, "workspaceId" | "customerId" | "id">,
    what: SuppressionReason | "soft_bounce",
    at: Date,
  ): Promise<void>;
}

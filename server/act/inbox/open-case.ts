import { currentCustomer } from "../../collect/customers/follow-merges.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { announceCase } from "../alerts/announce-case.ts";
import { chooseOwner, type OwnerWish } from "./choose-owner.ts";
import { readInboxSettings } from "./inbox-settings.ts";
import { noteChange } from "./note-change.ts";
import { replyDue } from "./reply-due.ts";
import { writeNote } from "./write-note.ts";

export interface NewCase {
  workspaceId: string;
  customerId: string;
  /** Names the case: the same twice opens one. */
  id: string;
  openedBy: "detractor" | "cooling" | "reply" | "task" | "member";
  title: string;
  /** A first note; of whoever opens it, or of Nines. */
  note?: string | null;
  /** Default: as the settings of the inbox say. */
  owner?: OwnerWish;
  /** Business hours until the first reply is late; default: as the settings of the inbox say. */
  hours?: number;
  responseId?: string | null;
  enrolmentId?: string | null;
  stepRunId?: string | null;
  messageId?: string | null;
  scoreBefore?: number | null;
  /** The member who opens it; default: Nines. */
  by?: string | null;
  now: Date;
}

export interface OpenedCase {
  id: string;
  customerId: string;
  ownerId: string | null;
  /** false: it was opened before. */
  isNew: boolean;
}

/** Opens a case for a customer, with an owner and the time until which they are to hear of us; in the caller's transaction. */
export async function openCase(
  db: Database,
  { now, owner, hours, by = null, note, ...wanted }: NewCase,
): Promise<OpenedCase> {
  return inTransaction(db, async (db) => {
    const { workspaceId, id } = wanted;
    const customerId = await currentCustomer(db, wanted.customerId);
    const known = await db
      .selectFrom("cases")
      .select("ownerId")
      .where("customerId", "=", customerId)
      .where("id", "=", id)
      .executeTakeFirst();
    if (known) return { id, customerId, ownerId: known.ownerId, isNew: false };
    const settings = await readInboxSettings(db, workspaceId);
    const ownerId = await chooseOwner(
      db,
      { workspaceId, customerId },
      owner ?? { kind: settings.owner },
      settings,
    );
    const made = await db
      .insertInto("cases")
      .values({
        ...wanted,
        customerId,
        ownerId,
        openedAt: now,
        updatedAt: now,
        dueAt: await replyDue(db, workspaceId, settings, now, hours),
        checklist: "{}",
      })
      .onConflict((c) => c.doNothing())
      .returning("id")
      .executeTakeFirst();
    const named = { workspaceId, customerId, caseId: id };
    // Two at the same moment: the other has it.
    if (!made) return { id, customerId, ownerId, isNew: false };
    await noteChange(db, named, { what: "opened", byId: by, toValue: wanted.openedBy, at: now });
    if (note) await writeNote(db, named, { authorId: by, text: note, at: now });
    await announceCase(db, { workspaceId, customerId, id, event: "case.opened", now });
    return { id, customerId, ownerId, isNew: true };
  });
}

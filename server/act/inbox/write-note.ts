import { randomUUID } from "node:crypto";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockCase } from "./find-case.ts";
import type { CaseName } from "./note-change.ts";

/** Writes an internal note into a case; the same id twice writes one. `authorId` null: Nines itself, for a play. */
export async function writeNote(
  db: Database,
  name: CaseName,
  { id = randomUUID(), ...note }: { id?: string; authorId: string | null; text: string; at: Date },
): Promise<string> {
  await db
    .insertInto("caseNotes")
    .values({ ...name, id, ...note })
    .onConflict((c) => c.doNothing())
    .execute();
  return id;
}

/** The same for a member. @throws Refusal when there is no such case */
export async function writeNoteByMember(
  db: Database,
  { workspaceId, caseId }: Omit<CaseName, "customerId">,
  note: { id?: string; authorId: string; text: string; at: Date },
): Promise<string> {
  return inTransaction(db, async (db) => {
    const { customerId } = await lockCase(db, workspaceId, caseId);
    return writeNote(db, { workspaceId, customerId, caseId }, note);
  });
}

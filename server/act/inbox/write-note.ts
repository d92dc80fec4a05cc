import { randomUUID } from "node:crypto";
import type { Database } from "../../platform/database/open.ts";
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

import { randomUUID } from "node:crypto";
import type { Database } from "../../platform/database/open.ts";

/** Which case of whom. */
export interface CaseName {
  workspaceId: string;
  customerId: string;
  caseId: string;
}

/** What can happen to a case, besides notes and mails. */
export const caseChanges = [
  "opened",
  "owner",
  "state",
  "woke",
  "answered",
  "answer_changed",
  "reply_failed",
] as const;
export type CaseChangeKind = (typeof caseChanges)[number];

/** Writes down that something happened to a case; `byId` null: by Nines itself. @returns whether it was not there before */
export async function noteChange(
  db: Database,
  name: CaseName,
  {
    id = randomUUID(),
    ...change
  }: {
    /** The same twice is written once. */
    id?: string;
    what: CaseChangeKind;
    byId: string | null;
    at: Date;
    fromValue?: string | null;
    toValue?: string | null;
  },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto("caseChanges")
    .values({ ...name, id, fromValue: null, toValue: null, ...change })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows > 0n;
}

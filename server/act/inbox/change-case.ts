import type { z } from "@hono/zod-openapi";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { Resources } from "../../platform/resources.ts";
import { announceCase } from "../alerts/announce-case.ts";
import type { CaseChange } from "./case.ts";
import { isMember } from "./choose-owner.ts";
import { lockCase } from "./find-case.ts";
import { readInboxSettings } from "./inbox-settings.ts";
import { noteChange } from "./note-change.ts";
import { replyDue } from "./reply-due.ts";

const longestSnooze = 366 * 24 * 3_600_000;

interface Who {
  workspaceId: string;
  personId?: string | undefined;
}

/** Changes state, owner or checklist of a case, and writes down who did. @throws Refusal with the reason */
export async function changeCase(
  { database, clock }: Pick<Resources, "database" | "clock">,
  { workspaceId, personId }: Who,
  id: string,
  change: z.infer<typeof CaseChange>,
): Promise<void> {
  const now = clock.now();
  refuseWrongSnooze(change, now);
  await inTransaction(database.db, async (db) => {
    const found = await lockCase(db, workspaceId, id);
    const name = { workspaceId, customerId: found.customerId, caseId: id };
    const by = { byId: personId ?? null, at: now };
    if (change.ownerId !== undefined && change.ownerId !== found.ownerId) {
      await refuseStranger(db, workspaceId, change.ownerId);
      await noteChange(db, name, { ...by, what: "owner", fromValue: found.ownerId, toValue: change.ownerId });
    }
    const { state } = change;
    if (state && (state !== found.state || state === "snoozed"))
      await noteChange(db, name, {
        ...by,
        what: "state",
        fromValue: found.state,
        toValue: state === "snoozed" ? `snoozed ${change.snoozedUntil!}` : state,
      });
    await db
      .updateTable("cases")
      .set({
        updatedAt: now,
        ...(change.ownerId !== undefined && { ownerId: change.ownerId }),
        ...(state && (await stateColumns(db, found, { ...change, state }, by))),
        ...(change.checklist && {
          checklist: JSON.stringify(ticked(found.checklist, change.checklist, now)),
        }),
      })
      .where("customerId", "=", found.customerId)
      .where("id", "=", id)
      .execute();
    if (state === "closed" && found.state !== "closed")
      await announceCase(db, { workspaceId, customerId: found.customerId, id, event: "case.closed", now });
  });
}

type Found = Awaited<ReturnType<typeof lockCase>>;

async function stateColumns(
  db: Database,
  found: Found,
  { state, snoozedUntil }: CaseChange & { state: NonNullable<CaseChange["state"]> },
  { byId, at }: { byId: string | null; at: Date },
) {
  const awake = { state, snoozedUntil: null, closedAt: null, closedBy: null };
  if (state === "closed") return { ...awake, closedAt: at, closedBy: byId, replyFailed: null };
  if (state === "snoozed") return { ...awake, snoozedUntil: snoozedUntil! };
  if (state === "waiting" || found.state === "open") return awake;
  // What is opened again owes a reply again; what only slept still has the time it had.
  const settings = await readInboxSettings(db, found.workspaceId);
  const isOwed = found.state === "snoozed" && found.dueAt !== null;
  return { ...awake, dueAt: isOwed ? found.dueAt : await replyDue(db, found.workspaceId, settings, at) };
}

function ticked(
  before: Record<string, string>,
  ticks: NonNullable<CaseChange["checklist"]>,
  now: Date,
): Record<string, string> {
  const after = { ...before };
  for (const [item, isDone] of Object.entries(ticks)) {
    if (isDone) after[item] ??= now.toISOString();
    else delete after[item];
  }
  return after;
}

function refuseWrongSnooze({ state, snoozedUntil }: CaseChange, now: Date): void {
  const refuse = (message: string, reason: string): never => {
    throw new Refusal("bad_input", `snoozedUntil: ${message}.`, {
      problems: [{ path: "snoozedUntil", message, reason }],
    });
  };
  if (state !== "snoozed") {
    if (snoozedUntil !== undefined)
      refuse("only goes with the state snoozed; send both", "snooze_without_state");
    return;
  }
  if (snoozedUntil === undefined) refuse("is needed to snooze; say until when", "snooze_without_end");
  const ahead = Date.parse(snoozedUntil!) - now.getTime();
  if (ahead <= 0) refuse("lies in the past; choose a time to come", "snooze_in_past");
  if (ahead > longestSnooze) refuse("is more than a year ahead; close the case instead", "snooze_too_long");
}

async function refuseStranger(db: Database, workspaceId: string, ownerId: string | null): Promise<void> {
  if (ownerId === null || (await isMember(db, workspaceId, ownerId))) return;
  const message = "is not a member who may reply; choose an editor, admin or owner of this workspace";
  throw new Refusal("bad_input", `ownerId: ${message}.`, {
    problems: [{ path: "ownerId", message, reason: "no_such_member" }],
  });
}

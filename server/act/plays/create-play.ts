import { withinWorkspace } from "../../collect/imports/within-workspace.ts";
import { noteAudit } from "../../platform/accounts/note-audit.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { Caller } from "../../platform/http/router.ts";
import { newId } from "../../platform/ids.ts";
import { newSalt } from "../settings/act-settings.ts";
import type { NewPlay } from "./play.ts";
import { newDefinition } from "./play-definition.ts";

/** How many plays a workspace may have, ended ones too. */
export const mostPlays = 500;

/** Makes a draft of a play; gives its id. */
export async function createPlay(
  db: Database,
  clock: Clock,
  caller: Caller,
  { name, language }: NewPlay,
): Promise<string> {
  const { workspaceId, personId = null } = caller;
  const id = newId(clock);
  const now = clock.now();
  await withinWorkspace(db, workspaceId, async (db) => {
    await refuseMore(db, workspaceId);
    const definition = newDefinition(await countCustomers(db, workspaceId));
    const called = name ?? (language?.startsWith("de") ? "Neue Aktion" : "New play");
    await db
      .insertInto("plays")
      .values({
        workspaceId,
        id,
        name: called,
        draft: JSON.stringify(definition),
        draftAt: now,
        salt: newSalt(),
        ownerId: personId,
        createdBy: personId,
        createdAt: now,
      })
      .execute();
    await noteAudit(db, clock, caller, {
      action: "play.created",
      about: "play",
      aboutId: id,
      details: { name: called },
    });
  });
  return id;
}

async function refuseMore(db: Database, workspaceId: string): Promise<void> {
  const { n } = await db
    .selectFrom("plays")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .where("workspaceId", "=", workspaceId)
    .executeTakeFirstOrThrow();
  if (n < mostPlays) return;
  throw new Refusal(
    "conflict",
    `A workspace has at most ${mostPlays} plays. Delete drafts that are not needed any more.`,
    { reason: "too_many_plays", values: { most: mostPlays } },
  );
}

async function countCustomers(db: Database, workspaceId: string): Promise<number> {
  const { n } = await db
    .selectFrom("customers")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .where("workspaceId", "=", workspaceId)
    .where("anonymous", "=", false)
    .where("verified", "=", true)
    .executeTakeFirstOrThrow();
  return n;
}

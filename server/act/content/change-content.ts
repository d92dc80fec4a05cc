import { sql } from "kysely";
import { withinWorkspace } from "../../collect/imports/within-workspace.ts";
import { noteAudit } from "../../platform/accounts/note-audit.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { Caller } from "../../platform/http/router.ts";
import { newId } from "../../platform/ids.ts";
import type { ContentDraft } from "./content-item.ts";
import { noSuchItem, readContentItem } from "./list-content.ts";

const mostItems = 1_000;
type By = Pick<Caller, "workspaceId" | "personId" | "apiKeyId">;

const columnsOf = ({ kind, name, languages, features, products, startsAt, endsAt }: ContentDraft) => ({
  kind,
  name,
  languages: JSON.stringify(languages),
  features,
  products,
  startsAt,
  endsAt,
});

/** Puts an item into the library; gives its id. */
export async function addContent(db: Database, clock: Clock, by: By, draft: ContentDraft): Promise<string> {
  const { workspaceId, personId = null } = by;
  return withinWorkspace(db, workspaceId, async (db) => {
    const { n } = await db
      .selectFrom("contentItems")
      .select(({ fn }) => fn.countAll<number>().as("n"))
      .where("workspaceId", "=", workspaceId)
      .where("archivedAt", "is", null)
      .executeTakeFirstOrThrow();
    if (n >= mostItems)
      throw new Refusal("conflict", `The library holds at most ${mostItems} items; archive some first.`, {
        reason: "too_much_content",
        values: { most: mostItems },
      });
    const id = newId(clock);
    const now = clock.now();
    await db
      .insertInto("contentItems")
      .values({ workspaceId, id, ...columnsOf(draft), createdBy: personId, createdAt: now, updatedAt: now })
      .execute();
    await noteAudit(db, clock, by, {
      action: "content.created",
      about: "content",
      aboutId: id,
      details: { name: draft.name },
    });
    return id;
  });
}

/** Writes an item anew; one that was archived is back in the library. */
export async function changeContent(
  db: Database,
  clock: Clock,
  by: By,
  { id, draft }: { id: string; draft: ContentDraft },
): Promise<void> {
  const { workspaceId } = by;
  await withinWorkspace(db, workspaceId, async (db) => {
    const changed = await db
      .updateTable("contentItems")
      .set({ ...columnsOf(draft), updatedAt: clock.now(), archivedAt: null })
      .where("id", "=", id)
      .where("workspaceId", "=", workspaceId)
      .returning("id")
      .executeTakeFirst();
    if (!changed) throw noSuchItem();
    await noteAudit(db, clock, by, {
      action: "content.changed",
      about: "content",
      aboutId: id,
      details: { name: draft.name },
    });
  });
}

/**
 * Takes an item out of the library: archived where a mail brought it to somebody, else deleted.
 * @throws Refusal while a play always sends it
 */
export async function removeContent(
  db: Database,
  clock: Clock,
  by: By,
  id: string,
): Promise<"archived" | "deleted"> {
  const { workspaceId } = by;
  return withinWorkspace(db, workspaceId, async (db) => {
    // Locked before the plays are looked at: one that is being published with it either is seen, or no longer finds it.
    await sql`
      select from content_items where workspace_id = ${workspaceId}::uuid and id = ${id}::uuid for update`.execute(
      db,
    );
    const { name, sent, plays } = await readContentItem(db, workspaceId, id);
    if (plays[0])
      throw new Refusal(
        "conflict",
        `The play “${plays[0].name}” sends this item. Choose another one there and wait for those who are under way, or end it.`,
        { reason: "content_in_play", values: { play: plays[0].name } },
      );
    const outcome = sent > 0 ? "archived" : "deleted";
    if (sent > 0)
      await db
        .updateTable("contentItems")
        .set({ archivedAt: clock.now() })
        .where("id", "=", id)
        .where("workspaceId", "=", workspaceId)
        .execute();
    else
      await db
        .deleteFrom("contentItems")
        .where("id", "=", id)
        .where("workspaceId", "=", workspaceId)
        .execute();
    await noteAudit(db, clock, by, {
      action: `content.${outcome}`,
      about: "content",
      aboutId: id,
      details: { name },
    });
    return outcome;
  });
}

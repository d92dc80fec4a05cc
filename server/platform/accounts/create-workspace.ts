import type { Clock } from "../clock.ts";
import type { Database } from "../database/open.ts";
import { newId } from "../ids.ts";
import { type NewWorkspace, slugOf } from "./workspace.ts";

/** Makes a workspace whose owner is this person; a slug that is taken gets a number. */
export async function createWorkspace(
  db: Database,
  clock: Clock,
  ownerId: string,
  { id = newId(clock), name, timeZone = "UTC", sample = false }: NewWorkspace,
): Promise<{ id: string; slug: string }> {
  const base = slugOf(name);
  for (let number = 1; ; number++) {
    const slug = number === 1 ? base : `${base}-${number}`;
    const made = await db
      .insertInto("workspaces")
      .values({ id, name, slug, timeZone, sample, createdAt: clock.now() })
      .onConflict((c) => c.column("slug").doNothing())
      .executeTakeFirst();
    if (!made.numInsertedOrUpdatedRows) continue;
    await db
      .insertInto("members")
      .values({ workspaceId: id, personId: ownerId, role: "owner", createdAt: clock.now() })
      .execute();
    return { id, slug };
  }
}

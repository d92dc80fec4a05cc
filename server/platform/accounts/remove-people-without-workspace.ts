import type { Database } from "../database/open.ts";

/** Removes those of these people who belong to no workspace any more, with their sessions and passwords. */
export async function removePeopleWithoutWorkspace(db: Database, personIds: string[]): Promise<void> {
  if (personIds.length === 0) return;
  await db
    .deleteFrom("people")
    .where("id", "in", personIds)
    .where((eb) =>
      eb.not(
        eb.exists(eb.selectFrom("members").select("role").whereRef("members.personId", "=", "people.id")),
      ),
    )
    .execute();
}

import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { newId } from "../../platform/ids.ts";
import { send } from "../../platform/jobs/send.ts";
import { changingSegments } from "./changing-segments.ts";
import { resolveFilter } from "./resolve-filter.ts";
import { mostSegments, type NewSegment } from "./segment.ts";

/** Makes a segment; gives its id. @throws Refusal when the filter or the name cannot be */
export async function createSegment(
  db: Database,
  clock: Clock,
  { workspaceId, personId }: { workspaceId: string; personId?: string | undefined },
  { name, filter }: NewSegment,
): Promise<string> {
  return changingSegments(db, workspaceId, async (db) => {
    await refuseTakenName(db, workspaceId, name);
    await refuseTooMany(db, workspaceId);
    await resolveFilter(db, workspaceId, filter);
    const now = clock.now();
    const id = newId(clock);
    await db
      .insertInto("segments")
      .values({
        workspaceId,
        id,
        name,
        filter: JSON.stringify(filter),
        createdBy: personId ?? null,
        createdAt: now,
        updatedAt: now,
        filterAt: now,
      })
      .execute();
    await send(db, "compare-segments", {});
    return id;
  });
}

/** @throws Refusal when another segment has this name, in whatever case */
export async function refuseTakenName(
  db: Database,
  workspaceId: string,
  name: string,
  except?: string,
): Promise<void> {
  const taken = await db
    .selectFrom("segments")
    .select("name")
    .where("workspaceId", "=", workspaceId)
    .where((eb) => eb(eb.fn("lower", ["name"]), "=", eb.fn("lower", [eb.val(name)])))
    .$if(except !== undefined, (query) => query.where("id", "!=", except!))
    .executeTakeFirst();
  if (!taken) return;
  throw new Refusal("conflict", `There is a segment “${taken.name}” already; choose another name.`, {
    reason: "segment_name_taken",
    values: { name: taken.name },
  });
}

async function refuseTooMany(db: Database, workspaceId: string): Promise<void> {
  const { n } = await db
    .selectFrom("segments")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .where("workspaceId", "=", workspaceId)
    .executeTakeFirstOrThrow();
  if (n < mostSegments) return;
  throw new Refusal("conflict", `There are ${mostSegments} segments already; delete one that nobody needs.`, {
    reason: "too_many_segments",
    values: { most: mostSegments },
  });
}

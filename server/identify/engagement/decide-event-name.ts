import type { Clock } from "../../platform/clock.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import type { CountsAs } from "../../platform/database/schema-identify.ts";
import { Refusal } from "../../platform/errors.ts";
import type { Caller } from "../../platform/http/router.ts";
import { send } from "../../platform/jobs/send.ts";

/** A member's word on what an event name says of customers; null leaves it to what is proposed. */
export interface EventNameDecision {
  name: string;
  countsAs: CountsAs | null;
}

/**
 * Decides what an event name counts as. Where events begin or cease to count at all, everything is counted anew;
 * otherwise only what follows from it is found anew. Both in the background.
 * @throws Refusal when no event of this name was ever sent
 */
export async function decideEventName(
  db: Database,
  clock: Clock,
  { workspaceId, personId }: Pick<Caller, "workspaceId" | "personId">,
  { name, countsAs }: EventNameDecision,
): Promise<{ name: string; countsAs: CountsAs; proposed: CountsAs | null; decided: boolean }> {
  return inTransaction(db, async (db) => {
    const known = await db
      .selectFrom("eventNames")
      .select(["countsAs", "proposed"])
      .where("workspaceId", "=", workspaceId)
      .where("name", "=", name)
      .forUpdate()
      .executeTakeFirst();
    if (!known)
      throw new Refusal(
        "not_found",
        `No event is called “${name}” here; names are written exactly as they are sent.`,
        {
          reason: "no_such_event_name",
          values: { name },
        },
      );
    // What is only proposed as nothing still counts as a sign of life.
    const byItself = known.proposed === "nothing" ? "activity" : (known.proposed ?? "activity");
    const now = countsAs ?? byItself;
    await db
      .updateTable("eventNames")
      .set({
        countsAs: now,
        decidedBy: countsAs === null ? null : (personId ?? null),
        decidedAt: countsAs === null ? null : clock.now(),
      })
      .where("workspaceId", "=", workspaceId)
      .where("name", "=", name)
      .execute();
    if (now !== known.countsAs) {
      const counts = now === "nothing" || known.countsAs === "nothing";
      await send(
        db,
        counts ? "rebuild-engagement" : "evaluate-engagement",
        { workspaceId },
        { key: workspaceId },
      );
      if (!counts) await send(db, "refresh-standings", { workspaceId }, { key: workspaceId });
    }
    return { name, countsAs: now, proposed: known.proposed, decided: countsAs !== null };
  });
}

import type { Database } from "../../platform/database/open.ts";

/**
 * Where customers are now who were found to be others: the id before → the id today. Who was never merged is not in it.
 * Links in mails, Message-IDs, jobs and what programs keep name a customer for ever, so whoever reads one of them and
 * finds nobody looks here.
 */
export async function followMerges(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  // One hop is enough: whenever somebody is merged, all who had led to them lead on.
  const rows = await db
    .selectFrom("customerMerges")
    .select(["customerId", "intoId"])
    .where("customerId", "in", [...new Set(ids)])
    .execute();
  return new Map(rows.map(({ customerId, intoId }) => [customerId, intoId]));
}

/** The customer that this id leads to today: itself, unless they were merged. */
export async function currentCustomer(db: Database, id: string): Promise<string> {
  return (await followMerges(db, [id])).get(id) ?? id;
}

/** Of these things, those whose customers were merged into others, under the names of today. */
export async function movedSince<Thing extends { customerId: string }>(
  db: Database,
  things: readonly Thing[],
): Promise<Thing[]> {
  const merges = await followMerges(
    db,
    things.map(({ customerId }) => customerId),
  );
  return things.flatMap((thing) => {
    const customerId = merges.get(thing.customerId);
    return customerId === undefined ? [] : [{ ...thing, customerId }];
  });
}

/**
 * Writes to rows that were in hand for a while, and again to those whose customers were merged meanwhile.
 * @param write gives the ids of those it wrote to
 * @returns the ids of all that were written to
 */
export async function writeFollowing<Thing extends { customerId: string; id: string }>(
  db: Database,
  things: readonly Thing[],
  write: (things: readonly Thing[]) => Promise<readonly { id: string }[]>,
): Promise<Set<string>> {
  if (things.length === 0) return new Set();
  const written = new Set((await write(things)).map(({ id }) => id));
  const others = things.filter(({ id }) => !written.has(id));
  return new Set([...written, ...(await writeFollowing(db, await movedSince(db, others), write))]);
}

import type { Database } from "../../platform/database/open.ts";

/**
 * The case that news of a mail raises: the mail's own while it is in hand, else the one that is, else its own once more, so that
 * nobody has two in hand. Tasks of plays stand beside. Whoever calls holds `lockCasesOf`.
 */
export async function findCaseToRaise(
  db: Database,
  { customerId, caseId }: { customerId: string; caseId: string | null },
) {
  const cases = await db
    .selectFrom("cases")
    .select(["id", "state", "dueAt"])
    .where("customerId", "=", customerId)
    .where((eb) =>
      eb.or([eb("id", "=", caseId), eb.and([eb("state", "!=", "closed"), eb("openedBy", "!=", "task")])]),
    )
    .orderBy("openedAt", "desc")
    .forUpdate()
    .execute();
  const own = cases.find(({ id }) => id === caseId);
  if (own && own.state !== "closed") return own;
  return cases.find(({ id }) => id !== caseId) ?? own;
}

import type { Database } from "../../platform/database/open.ts";
import { readListedCase } from "../inbox/list-cases.ts";
import { findReceivers, writeDeliveries } from "./write-deliveries.ts";

interface CaseNews {
  workspaceId: string;
  customerId: string;
  id: string;
  event: "case.opened" | "case.closed";
  now: Date;
}

/** Tells who wants to know that a case was opened or closed; in the transaction that did it. */
export async function announceCase(
  db: Database,
  { workspaceId, customerId, id, event, now }: CaseNews,
): Promise<void> {
  const wanting = await findReceivers(db, workspaceId, event);
  if (wanting.length === 0) return;
  const found = await readListedCase(db, { customerId, id });
  // Whoever is told of the detractor's answer anyway is not told again of the case that it opened.
  const receivers =
    event === "case.opened" && found.openedBy === "detractor"
      ? wanting.filter(({ kind, events }) => kind === "webhook" || !events.includes("response.detractor"))
      : wanting;
  const { customer, score, comment, owner, dueAt, title } = found;
  const { slug, timeZone } = await db
    .selectFrom("workspaces")
    .select(["slug", "timeZone"])
    .where("id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  const isOpened = event === "case.opened";
  await writeDeliveries(db, receivers, {
    workspaceId,
    customerId,
    event,
    // A case can be closed often, and each time is news.
    about: isOpened ? [id] : [id, now.toISOString()],
    facts: {
      customer: customer.name ?? customer.email ?? customer.externalId ?? customer.id,
      account: customer.account?.name ?? null,
      score,
      title,
      comment: isOpened && found.openedBy === "detractor" ? comment : null,
      owner: isOpened ? (owner?.name ?? null) : null,
      dueAt: isOpened && dueAt ? new Date(dueAt) : null,
      timeZone,
      path: casePath(slug, id),
    },
    data: { case: found },
    now,
  });
}

/** Where a case is in the pages of a workspace. */
export const casePath = (slug: string, id: string) => `/${slug}/inbox?case=${id}`;

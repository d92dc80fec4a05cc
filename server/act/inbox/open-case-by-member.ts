import { currentCustomer } from "../../collect/customers/follow-merges.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { Refusal } from "../../platform/errors.ts";
import { idOf, newId } from "../../platform/ids.ts";
import type { Resources } from "../../platform/resources.ts";
import type { NewCaseByMember } from "./case.ts";
import { isMember } from "./choose-owner.ts";
import { openCase } from "./open-case.ts";

/** Opens a case because a member says so. @throws Refusal when there is no such customer or member */
export async function openCaseByMember(
  { database, clock }: Pick<Resources, "database" | "clock">,
  { workspaceId, personId = null }: { workspaceId: string; personId?: string | null | undefined },
  { customerId: named, title, note, ownerId, hours, id }: NewCaseByMember,
): Promise<string> {
  return inTransaction(database.db, async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    const customerId = await currentCustomer(db, named);
    const customer = await db
      .selectFrom("customers as c")
      .leftJoin("standings as s", "s.customerId", "c.id")
      .select(["c.id", "s.score"])
      .where("c.workspaceId", "=", workspaceId)
      .where("c.id", "=", customerId)
      .executeTakeFirst();
    if (!customer)
      throw wrong("customerId", "there is no such customer here; choose another", "no_such_customer");
    if (ownerId && !(await isMember(db, workspaceId, ownerId)))
      throw wrong("ownerId", "is not a member who may reply; choose another", "no_such_member");
    const opened = await openCase(db, {
      workspaceId,
      customerId,
      id: id ? idOf(workspaceId, "case", id) : newId(clock),
      openedBy: "member",
      title,
      note: note ?? null,
      ...(ownerId && { owner: { kind: "person", person: ownerId } }),
      ...(ownerId === null && { owner: { kind: "nobody" } }),
      ...(hours !== undefined && { hours }),
      scoreBefore: customer.score,
      by: personId,
      now: clock.now(),
    });
    return opened.id;
  });
}

function wrong(path: string, message: string, reason: string): Refusal {
  return new Refusal("bad_input", `${path}: ${message}.`, { problems: [{ path, message, reason }] });
}

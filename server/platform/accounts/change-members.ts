import { inTransaction } from "../database/in-transaction.ts";
import type { Database } from "../database/open.ts";
import { Refusal } from "../errors.ts";
import { type Role, roles } from "../http/router.ts";
import { removePeopleWithoutWorkspace } from "./remove-people-without-workspace.ts";

interface Actor {
  personId: string;
  role: Role;
}

/**
 * Gives a member another role.
 * @throws Refusal beyond the actor's own role, and when the last owner would go
 */
export async function changeRole(
  db: Database,
  workspaceId: string,
  actor: Actor,
  memberId: string,
  role: Role,
): Promise<void> {
  await inTransaction(db, async (db) => {
    const { member, mine, owners } = await lockMembers(db, workspaceId, actor, memberId);
    refuseAbove(mine, member.role);
    refuseAbove(mine, role);
    if (member.role === "owner" && role !== "owner") refuseLastOwner(owners);
    await db
      .updateTable("members")
      .set({ role })
      .where("workspaceId", "=", workspaceId)
      .where("personId", "=", memberId)
      .execute();
  });
}

/**
 * Ends somebody's membership; anybody may end their own. Who belongs to no other workspace loses the account.
 * @throws Refusal beyond the actor's own role, and when the last owner would go
 */
export async function removeMember(
  db: Database,
  workspaceId: string,
  actor: Actor,
  memberId: string,
): Promise<void> {
  await inTransaction(db, async (db) => {
    const { member, mine, owners } = await lockMembers(db, workspaceId, actor, memberId);
    if (memberId !== actor.personId) {
      if (roles.indexOf(mine) < roles.indexOf("admin"))
        throw new Refusal(
          "not_allowed",
          `This needs the role admin; yours is ${mine}. You can remove only yourself.`,
        );
      refuseAbove(mine, member.role);
    }
    if (member.role === "owner") refuseLastOwner(owners);
    await db
      .deleteFrom("members")
      .where("workspaceId", "=", workspaceId)
      .where("personId", "=", memberId)
      .execute();
    await removePeopleWithoutWorkspace(db, [memberId]);
  });
}

/** Nobody gives, or acts on, more than they are. */
export function refuseAbove(mine: Role, role: Role): void {
  if (roles.indexOf(role) <= roles.indexOf(mine)) return;
  throw new Refusal(
    "not_allowed",
    `Your role is ${mine}, so you cannot give or change the role ${role}. An owner can.`,
    { reason: "role_above_own", values: { role } },
  );
}

/** Locks the members of a workspace, so that two owners cannot remove each other at the same moment. */
async function lockMembers(db: Database, workspaceId: string, actor: Actor, memberId: string) {
  const members = await db
    .selectFrom("members")
    .select(["personId", "role"])
    .where("workspaceId", "=", workspaceId)
    .orderBy("personId")
    .forUpdate()
    .execute();
  const member = members.find(({ personId }) => personId === memberId);
  // Read again under the lock: the actor may just have been demoted.
  const mine = members.find(({ personId }) => personId === actor.personId)?.role;
  if (!member || !mine) throw new Refusal("not_found", "There is no such member in this workspace.");
  return { member, mine, owners: members.filter(({ role }) => role === "owner").length };
}

function refuseLastOwner(owners: number): void {
  if (owners > 1) return;
  throw new Refusal("conflict", "A workspace needs an owner. Make somebody else owner first.", {
    reason: "last_owner",
  });
}

import type { Clock } from "../clock.ts";
import { inTransaction } from "../database/in-transaction.ts";
import type { Database } from "../database/open.ts";
import { Refusal } from "../errors.ts";
import { newId } from "../ids.ts";
import type { Role } from "../http/router.ts";
import { sendMail } from "../mail/send-mail.ts";
import { memberInvitationMail } from "../mail/templates.ts";
import { refuseAbove } from "./change-members.ts";
import { hashToken, newToken } from "./hash-token.ts";

const openFor = 14 * 86_400_000;

interface NewInvitation {
  workspaceId: string;
  inviter: { personId: string; role: Role };
  email: string;
  role: Role;
  baseUrl: string;
}

/**
 * Makes an invitation link, good once within 14 days, and mails it. An earlier open one to the same address ends.
 * @throws Refusal when the role is above the inviter's, or the address is a member already
 */
export async function inviteMember(
  db: Database,
  clock: Clock,
  { workspaceId, inviter, email, role, baseUrl }: NewInvitation,
): Promise<{ id: string; link: string }> {
  refuseAbove(inviter.role, role);
  return inTransaction(db, async (db) => {
    await refuseMember(db, workspaceId, email);
    await db
      .deleteFrom("memberInvitations")
      .where("workspaceId", "=", workspaceId)
      .where("email", "=", email)
      .where("acceptedAt", "is", null)
      .execute();
    const id = newId(clock);
    const token = newToken();
    const createdAt = clock.now();
    await db
      .insertInto("memberInvitations")
      .values({
        workspaceId,
        id,
        email,
        role,
        tokenHash: hashToken(token),
        invitedBy: inviter.personId,
        createdAt,
        expiresAt: new Date(createdAt.getTime() + openFor),
      })
      .execute();
    const link = `${baseUrl}/invitation/${token}`;
    const who = await db
      .selectFrom("people")
      .innerJoin("workspaces", (join) => join.on("workspaces.id", "=", workspaceId))
      .select(["people.name as inviter", "people.language", "workspaces.name as workspace"])
      .where("people.id", "=", inviter.personId)
      .executeTakeFirstOrThrow();
    await sendMail(db, clock, { ...memberInvitationMail({ ...who, link }), to: email, workspaceId });
    return { id, link };
  });
}

async function refuseMember(db: Database, workspaceId: string, email: string): Promise<void> {
  const member = await db
    .selectFrom("members")
    .innerJoin("people", "people.id", "members.personId")
    .select("people.id")
    .where("members.workspaceId", "=", workspaceId)
    .where("people.email", "=", email)
    .executeTakeFirst();
  if (member) {
    throw new Refusal("conflict", `${email} is a member already. Change the role under Members.`, {
      reason: "already_member",
    });
  }
}

import type { Clock } from "../clock.ts";
import { inTransaction } from "../database/in-transaction.ts";
import type { Database } from "../database/open.ts";
import { Refusal } from "../errors.ts";
import { type Person, roles } from "../http/router.ts";
import { createPerson } from "./create-person.ts";
import { hashToken } from "./hash-token.ts";
import type { NewPerson } from "./person.ts";

/** What a person who is new here chooses; the address is the invited one. */
export type Newcomer = Omit<NewPerson, "email">;

interface Acceptance {
  personId: string;
  workspace: { id: string; slug: string; name: string };
  /** Was the account made just now? */
  isNew: boolean;
}

/**
 * Uses an invitation link: makes a new person, or the one who has that address and proved it, a member.
 * @throws Refusal when the link is used, expired or unknown, or belongs to another address
 */
export async function acceptInvitation(
  db: Database,
  clock: Clock,
  token: string,
  { person, newcomer }: { person: Pick<Person, "id" | "email"> | undefined; newcomer: Newcomer | undefined },
): Promise<Acceptance> {
  return inTransaction(db, async (db) => {
    const invitation = await findOpenInvitation(db, clock, token, { lock: true });
    const personId = person
      ? personOf(person, invitation.email)
      : await newPersonOf(db, clock, newcomer, invitation);
    await db
      .updateTable("memberInvitations")
      .set({ acceptedAt: clock.now() })
      .where("id", "=", invitation.id)
      .execute();
    await db
      .insertInto("members")
      .values({
        workspaceId: invitation.workspaceId,
        personId,
        role: invitation.role,
        createdAt: clock.now(),
      })
      .onConflict((c) => c.columns(["workspaceId", "personId"]).doNothing())
      .execute();
    const { workspaceId: id, slug, workspace: name } = invitation;
    return { personId, workspace: { id, slug, name }, isNew: !person };
  });
}

/** @throws Refusal when there is no open invitation behind this token; why is not told apart */
export async function findOpenInvitation(
  db: Database,
  clock: Clock,
  token: string,
  { lock = false }: { lock?: boolean } = {},
) {
  const invitation = await db
    .selectFrom("memberInvitations")
    .innerJoin("workspaces", "workspaces.id", "memberInvitations.workspaceId")
    .innerJoin("members as inviter", (join) =>
      join
        .onRef("inviter.workspaceId", "=", "memberInvitations.workspaceId")
        .onRef("inviter.personId", "=", "memberInvitations.invitedBy"),
    )
    .innerJoin("people as inviterPerson", "inviterPerson.id", "inviter.personId")
    .leftJoin("people as invited", "invited.email", "memberInvitations.email")
    .select([
      "inviter.role as inviterRole",
      "inviterPerson.name as inviter",
      "invited.id as personId",
      "memberInvitations.id",
      "memberInvitations.workspaceId",
      "memberInvitations.email",
      "memberInvitations.role",
      "memberInvitations.expiresAt",
      "workspaces.slug",
      "workspaces.name as workspace",
    ])
    .where("memberInvitations.tokenHash", "=", hashToken(token))
    .where("memberInvitations.acceptedAt", "is", null)
    .where("memberInvitations.expiresAt", ">", clock.now())
    .$if(lock, (query) => query.forUpdate("memberInvitations"))
    .executeTakeFirst();
  // Who has left or was demoted since can no longer let anybody in above their present role.
  if (!invitation || roles.indexOf(invitation.role) > roles.indexOf(invitation.inviterRole)) {
    throw new Refusal(
      "not_found",
      "This invitation link is not open: it was used, withdrawn, or is older than 14 days. Ask for a new one.",
      { reason: "invitation_closed" },
    );
  }
  return invitation;
}

function personOf(person: Pick<Person, "id" | "email">, email: string): string {
  if (person.email === email) return person.id;
  throw new Refusal(
    "not_allowed",
    `This invitation is for ${email}, and you are signed in as ${person.email}. Sign out first, or ask for an invitation to your address.`,
    { reason: "invitation_for_another" },
  );
}

async function newPersonOf(
  db: Database,
  clock: Clock,
  newcomer: Newcomer | undefined,
  { email, personId }: { email: string; personId: string | null },
): Promise<string> {
  if (personId !== null) {
    throw new Refusal("conflict", `${email} has an account here. Sign in, then open the link again.`, {
      reason: "sign_in_first",
    });
  }
  if (!newcomer) throw new Refusal("bad_input", "Send your name and a password to make your account.");
  return createPerson(db, clock, { ...newcomer, email });
}

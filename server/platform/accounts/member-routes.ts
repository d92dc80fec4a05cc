import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { Refusal } from "../errors.ts";
import { type Caller, type Env, json, jsonBody, newRouter, roles, route } from "../http/router.ts";
import { refuseOtherSitesOfBrowsers } from "../http/refuse-other-sites.ts";
import { emailAddress } from "../mail/address.ts";
import type { Resources } from "../resources.ts";
import { acceptInvitation, findOpenInvitation, type Newcomer } from "./accept-invitation.ts";
import { changeRole, removeMember } from "./change-members.ts";
import { inviteMember } from "./invite-member.ts";
import { limitAttempts } from "./limit-attempts.ts";
import type { Accounts } from "./open-accounts.ts";
import { newPerson } from "./person.ts";
import { signInByPassword } from "./sign-in-by-password.ts";
import { signInHeaders } from "./sign-in-headers.ts";

const id = z.object({ id: z.uuid() });
const token = z.object({ token: z.string().min(1).max(100) });

const member = z
  .object({
    id: z.string().describe("The id of the membership, which is the person's."),
    personId: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    createdAt: z.iso.datetime(),
  })
  .openapi("Member");

const invitation = z
  .object({
    id: z.string(),
    email: z.string(),
    role: z.enum(roles),
    invitedBy: z.string().nullable().describe("Name of the member who invited."),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .openapi("MemberInvitation");

const getMembers = route({
  method: "get",
  path: "/members",
  summary: "The members of the workspace",
  access: { role: "viewer" },
  responses: { 200: json(z.object({ members: z.array(member) }), "By name.") },
});

const patchMember = route({
  method: "patch",
  path: "/members/{id}",
  summary: "Give a member another role",
  description: "Nobody gives or changes a role above their own, and the last owner stays owner.",
  access: { role: "admin" },
  request: { params: id, body: jsonBody(z.strictObject({ role: z.enum(roles) })) },
  responses: { 204: { description: "The role is changed." } },
});

const deleteMember = route({
  method: "delete",
  path: "/members/{id}",
  summary: "End a membership: anybody their own, admins also others'",
  access: { role: "viewer" },
  request: { params: id },
  responses: { 204: { description: "The person is no member any more." } },
});

const getInvitations = route({
  method: "get",
  path: "/member-invitations",
  summary: "Invitations that are open",
  access: { role: "admin" },
  responses: { 200: json(z.object({ invitations: z.array(invitation) }), "Newest first.") },
});

const postInvitation = route({
  method: "post",
  path: "/member-invitations",
  summary: "Invite somebody by a link, which is also mailed",
  access: { role: "admin" },
  request: { body: jsonBody(z.strictObject({ email: emailAddress, role: z.enum(roles) })) },
  responses: {
    201: json(
      z.object({ id: z.string(), link: z.string() }),
      "The link. It is shown only now, works once, within 14 days.",
    ),
  },
});

const deleteInvitation = route({
  method: "delete",
  path: "/member-invitations/{id}",
  summary: "Withdraw an invitation",
  access: { role: "admin" },
  request: { params: id },
  responses: { 204: { description: "The link no longer works." } },
});

const getInvitation = route({
  method: "get",
  path: "/member-invitations/by-token/{token}",
  summary: "What an invitation link is for",
  access: "public",
  request: { params: token },
  responses: {
    200: json(
      z.object({
        workspace: z.object({ name: z.string(), slug: z.string() }),
        inviter: z.object({ name: z.string() }),
        email: z.string(),
        role: z.enum(roles),
        hasAccount: z.boolean().describe("Then accepting takes that account's password, or its session."),
      }),
      "The invitation.",
    ),
  },
});

const postAcceptance = route({
  method: "post",
  path: "/member-invitations/by-token/{token}/accept",
  summary: "Accept an invitation, as the signed-in person or as a new one",
  access: "public",
  request: {
    params: token,
    body: { ...jsonBody(newPerson.omit({ email: true }).partial()), required: false },
  },
  responses: {
    201: json(
      z.object({ workspace: z.object({ id: z.string(), slug: z.string(), name: z.string() }) }),
      "The workspace; a new person is signed in.",
    ),
  },
});

/** Members and the links that invite them. */
export function memberRoutes(resources: Resources, accounts: Accounts) {
  const { config, database, clock } = resources;
  const { db } = database;
  const limit = (address: string) =>
    limitAttempts(db, clock, { what: "invitation", address, limit: config.signInLimit * 6 });

  /** Somebody who has an account, but no session here, proves it by the password. */
  const signInInvited = async (c: Context<Env>, token: string, password: string | undefined) => {
    const { email, personId } = await findOpenInvitation(db, clock, token);
    if (personId === null || password === undefined) return undefined;
    await signInByPassword(c, resources, accounts, { email, password });
    return { id: personId, email };
  };

  return newRouter()
    .openapi(getMembers, async (c) => {
      const rows = await db
        .selectFrom("members")
        .innerJoin("people", "people.id", "members.personId")
        .select(["people.id", "people.name", "people.email", "members.role", "members.createdAt"])
        .where("members.workspaceId", "=", c.var.caller.workspaceId)
        .orderBy("people.name")
        .execute();
      const members = rows.map((row) =>
        Object.assign(row, { personId: row.id, createdAt: row.createdAt.toISOString() }),
      );
      return c.json({ members }, 200);
    })
    .openapi(patchMember, async (c) => {
      const { id } = c.req.valid("param");
      await changeRole(db, c.var.caller.workspaceId, actor(c.var.caller), id, c.req.valid("json").role);
      return c.body(null, 204);
    })
    .openapi(deleteMember, async (c) => {
      await removeMember(db, c.var.caller.workspaceId, actor(c.var.caller), c.req.valid("param").id);
      return c.body(null, 204);
    })
    .openapi(getInvitations, async (c) => {
      const rows = await db
        .selectFrom("memberInvitations as i")
        .leftJoin("people", "people.id", "i.invitedBy")
        .select(["i.id", "i.email", "i.role", "people.name as invitedBy", "i.createdAt", "i.expiresAt"])
        .where("i.workspaceId", "=", c.var.caller.workspaceId)
        .where("i.acceptedAt", "is", null)
        .where("i.expiresAt", ">", clock.now())
        .orderBy("i.createdAt", "desc")
        .execute();
      const invitations = rows.map((row) =>
        Object.assign(row, {
          createdAt: row.createdAt.toISOString(),
          expiresAt: row.expiresAt.toISOString(),
        }),
      );
      return c.json({ invitations }, 200);
    })
    .openapi(postInvitation, async (c) => {
      const { workspaceId } = c.var.caller;
      const made = await inviteMember(db, clock, {
        workspaceId,
        inviter: actor(c.var.caller),
        ...c.req.valid("json"),
        baseUrl: config.baseUrl,
      });
      return c.json(made, 201);
    })
    .openapi(deleteInvitation, async (c) => {
      const gone = await db
        .deleteFrom("memberInvitations")
        .where("workspaceId", "=", c.var.caller.workspaceId)
        .where("id", "=", c.req.valid("param").id)
        .where("acceptedAt", "is", null)
        .executeTakeFirst();
      if (!gone.numDeletedRows) throw new Refusal("not_found", "There is no such open invitation.");
      return c.body(null, 204);
    })
    .openapi(getInvitation, async (c) => {
      await limit(c.var.address);
      const invitation = await findOpenInvitation(db, clock, c.req.valid("param").token);
      const { workspace: name, slug, inviter, email, role, personId } = invitation;
      const hasAccount = personId !== null;
      return c.json({ workspace: { name, slug }, inviter: { name: inviter }, email, role, hasAccount }, 200);
    })
    .openapi(postAcceptance, async (c) => {
      refuseOtherSitesOfBrowsers(c.req.method, c.req.raw.headers, config.baseUrl);
      await limit(c.var.address);
      const { token } = c.req.valid("param");
      const given = c.req.valid("json") ?? {};
      const person = await accounts.findPerson(c.req.raw.headers);
      const proof = person ?? (await signInInvited(c, token, given.password));
      const accepted = await acceptInvitation(db, clock, token, {
        person: proof,
        newcomer: isNewcomer(given) ? given : undefined,
      });
      if (accepted.isNew) {
        for (const cookie of await signInHeaders(accounts, accepted.personId))
          c.header("set-cookie", cookie, { append: true });
      }
      return c.json({ workspace: accepted.workspace }, 201);
    });
}

function isNewcomer(given: { [Key in keyof Newcomer]?: Newcomer[Key] | undefined }): given is Newcomer {
  return given.name !== undefined && given.password !== undefined;
}

function actor({ personId, role }: Caller) {
  if (!personId) throw new Refusal("not_allowed", "API keys cannot do this; a member can, in the browser.");
  return { personId, role };
}

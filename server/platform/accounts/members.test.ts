import { expect, test } from "vitest";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import { browserOf, cookiesOf, newMember, newWorkspace, signIn } from "../../../test/sign-in.ts";
import { type Role, roles } from "../http/router.ts";

type Workspace = Awaited<ReturnType<typeof newWorkspace>>;

async function invite(workspace: Workspace, email: string, role: Role = "editor", by = workspace.owner) {
  const response = await by.fetch("POST", "/api/v1/member-invitations", { email, role });
  const body = (await response.json()) as {
    id: string;
    link: string;
    error?: { details?: { reason?: string } };
  };
  return {
    status: response.status,
    reason: body.error?.details?.reason,
    id: body.id,
    path: `/api/v1/member-invitations/by-token/${body.link?.split("/").at(-1)}`,
  };
}

async function accept(
  nines: TestApp,
  path: string,
  body: object = { name: "Nora New", password: "long enough" },
) {
  return nines.app.request(`${path}/accept`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function reasonOf(response: Response) {
  const body = (await response.json()) as { error?: { details?: { reason?: string } } };
  return `${response.status} ${body.error?.details?.reason}`;
}

test("an invited person makes an account by the link, and is signed in as a member", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const { path } = await invite(acme, "Nora@Example.com");
  expect(await (await nines.app.request(path)).json()).toEqual({
    workspace: { name: "Acme", slug: "acme" },
    inviter: { name: "Olga Owner" },
    email: "nora@example.com",
    role: "editor",
    hasAccount: false,
  });
  const accepted = await accept(nines, path);
  expect(accepted.status).toBe(201);
  const session = await browserOf(nines, cookiesOf(accepted))("GET", "/api/v1/session");
  expect(await session.json()).toMatchObject({
    person: { name: "Nora New", email: "nora@example.com" },
    workspaces: [{ slug: "acme", role: "editor" }],
  });
  const members = await acme.owner.fetch("GET", "/api/v1/members");
  expect(await members.json()).toMatchObject({
    members: [
      { name: "Nora New", email: "nora@example.com", role: "editor" },
      { name: "Olga Owner", role: "owner" },
    ],
  });
  const open = await acme.owner.fetch("GET", "/api/v1/member-invitations");
  expect(await open.json()).toEqual({ invitations: [] });
});

test("an invitation works once, also of two at the same moment", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const { path } = await invite(acme, "nora@example.com");
  const answers = await Promise.all([accept(nines, path), accept(nines, path), accept(nines, path)]);
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 404, 404]);
  expect(await reasonOf(await nines.app.request(path))).toBe("404 invitation_closed");
});

test("an invitation ends after 14 days, when it is withdrawn, and when another replaces it", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const first = await invite(acme, "nora@example.com");
  const second = await invite(acme, "nora@example.com");
  expect(await reasonOf(await accept(nines, first.path))).toBe("404 invitation_closed");
  const withdrawn = await acme.owner.fetch("DELETE", `/api/v1/member-invitations/${second.id}`);
  expect(withdrawn.status).toBe(204);
  expect(await reasonOf(await accept(nines, second.path))).toBe("404 invitation_closed");
  const third = await invite(acme, "nora@example.com");
  nines.clock.advance(14 * 86_400_000 - 1);
  expect((await nines.app.request(third.path)).status).toBe(200);
  nines.clock.advance(1);
  expect(await reasonOf(await accept(nines, third.path))).toBe("404 invitation_closed");
});

test("an existing person accepts by their session, or by their password; nobody else does", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const other = await newWorkspace(nines, { name: "Other", email: "owner@other.example" });
  const viewer = await newMember(nines, acme, "viewer");

  const { path } = await invite(acme, "owner@other.example");
  expect(await (await nines.app.request(path)).json()).toMatchObject({ hasAccount: true });
  expect(await reasonOf(await accept(nines, path, { name: "Eve", password: "a guessed one" }))).toBe(
    "401 wrong_credentials",
  );
  expect(await reasonOf(await accept(nines, path, {}))).toBe("409 sign_in_first");
  expect(await reasonOf(await viewer.fetch("POST", `${path}/accept`, {}))).toBe("403 invitation_for_another");
  expect((await other.owner.fetch("POST", `${path}/accept`, {})).status).toBe(201);

  const back = await invite(other, "viewer@acme.example", "viewer");
  const accepted = await accept(nines, back.path, { password: "correct horse battery" });
  expect(accepted.status).toBe(201);
  const session = await browserOf(nines, cookiesOf(accepted))("GET", "/api/v1/session");
  expect(await session.json()).toMatchObject({
    workspaces: [
      { slug: "acme", role: "viewer" },
      { slug: "other", role: "viewer" },
    ],
  });
});

test("nobody invites above their own role, and who was demoted since lets nobody in", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const admin = await newMember(nines, acme, "admin");
  const editor = await newMember(nines, acme, "editor");
  expect(await invite(acme, "a@example.com", "owner", admin)).toMatchObject({
    status: 403,
    reason: "role_above_own",
  });
  expect(await invite(acme, "a@example.com", "viewer", editor)).toMatchObject({ status: 403 });
  const asAdmin = await invite(acme, "b@example.com", "admin", admin);
  await acme.owner.fetch("PATCH", `/api/v1/members/${admin.personId}`, { role: "editor" });
  expect(await reasonOf(await accept(nines, asAdmin.path))).toBe("404 invitation_closed");
});

test("a member is not invited again", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  expect(await invite(acme, "owner@acme.example")).toMatchObject({ status: 409, reason: "already_member" });
});

test("guessing invitation links is limited", async () => {
  const nines = await newTestApp({ env: { SIGN_IN_LIMIT: "1" } });
  const answers = await Promise.all(
    Array.from({ length: 20 }, async (_, index) =>
      nines.app.request(`/api/v1/member-invitations/by-token/guess${index}`),
    ),
  );
  expect(answers.filter(({ status }) => status === 404)).toHaveLength(6);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(14);
});

test("each role changes other roles only within its own", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const target = await newMember(nines, acme, "viewer", "target@acme.example");
  const level = (role: Role) => roles.indexOf(role);
  const setRole = (role: Role) =>
    nines.db.updateTable("members").set({ role }).where("personId", "=", target.personId).execute();
  for (const mine of roles) {
    const actor = await newMember(nines, acme, mine, `${mine}-actor@acme.example`);
    for (const theirs of roles) {
      for (const wanted of roles) {
        await setRole(theirs);
        const may = level(mine) >= 2 && level(theirs) <= level(mine) && level(wanted) <= level(mine);
        const changed = await actor.fetch("PATCH", `/api/v1/members/${target.personId}`, { role: wanted });
        expect(changed.status, `${mine} makes ${theirs} ${wanted}`).toBe(may ? 204 : 403);
        const row = await nines.db
          .selectFrom("members")
          .select("role")
          .where("personId", "=", target.personId)
          .executeTakeFirst();
        expect(row?.role).toBe(may ? wanted : theirs);
      }
    }
  }
});

test("nobody raises their own role", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  for (const role of ["viewer", "editor", "admin"] as const) {
    const member = await newMember(nines, acme, role);
    for (const above of roles.slice(roles.indexOf(role) + 1)) {
      const raised = await member.fetch("PATCH", `/api/v1/members/${member.personId}`, { role: above });
      expect(raised.status, `${role} to ${above}`).toBe(403);
    }
  }
});

test("the last owner stays owner, also when two owners go at the same moment", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const path = (personId: string) => `/api/v1/members/${personId}`;
  expect(await reasonOf(await acme.owner.fetch("DELETE", path(acme.personId)))).toBe("409 last_owner");
  expect(await reasonOf(await acme.owner.fetch("PATCH", path(acme.personId), { role: "admin" }))).toBe(
    "409 last_owner",
  );
  const second = await newMember(nines, acme, "owner", "second@acme.example");
  const answers = await Promise.all([
    acme.owner.fetch("PATCH", path(second.personId), { role: "viewer" }),
    second.fetch("PATCH", path(acme.personId), { role: "viewer" }),
  ]);
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([204, 403]);
  const owners = await nines.db
    .selectFrom("members")
    .select("personId")
    .where("role", "=", "owner")
    .execute();
  expect(owners).toHaveLength(1);
});

test("a removed member is out at once, and without another workspace the account is gone", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const other = await newWorkspace(nines, { name: "Other", email: "owner@other.example" });
  const only = await newMember(nines, acme, "editor");
  await nines.db
    .insertInto("members")
    .values({ workspaceId: acme.workspaceId, personId: other.personId, role: "viewer" })
    .execute();
  const elsewhere = await signIn(nines, "owner@other.example");
  for (const { personId } of [only, other])
    expect((await acme.owner.fetch("DELETE", `/api/v1/members/${personId}`)).status).toBe(204);
  expect((await only.fetch("GET", "/api/v1/workspace")).status).toBe(401);
  const session = await elsewhere.fetch("GET", "/api/v1/session");
  expect(await session.json()).toMatchObject({ workspaces: [{ slug: "other", role: "owner" }] });
  const people = await nines.db.selectFrom("people").select("email").orderBy("email").execute();
  expect(people.map(({ email }) => email)).toEqual(["owner@acme.example", "owner@other.example"]);
});

test("anybody may leave; only admins remove others", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const viewer = await newMember(nines, acme, "viewer");
  const editor = await newMember(nines, acme, "editor");
  expect((await viewer.fetch("DELETE", `/api/v1/members/${editor.personId}`)).status).toBe(403);
  expect((await viewer.fetch("DELETE", `/api/v1/members/${viewer.personId}`)).status).toBe(204);
});

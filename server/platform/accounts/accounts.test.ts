import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import { browserOf, cookiesOf, newMember, newWorkspace } from "../../../test/sign-in.ts";
import { createApiKey } from "./create-api-key.ts";

const own = {
  name: "Ada",
  email: "Ada@Example.com",
  password: "long enough",
  workspaceName: "Müller & Söhne",
};

async function post(nines: TestApp, path: string, body: unknown, headers: Record<string, string> = {}) {
  return nines.app.request(path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

async function errorOf(response: Response) {
  const { error } = (await response.json()) as {
    error: { code: string; message: string; details?: { reason?: string } };
  };
  return { status: response.status, code: error.code, reason: error.details?.reason, message: error.message };
}

// First run

test("the first run makes the owner and the workspace, and signs in", async () => {
  const nines = await newTestApp();
  const before = await nines.app.request("/api/v1/session");
  expect(await before.json()).toMatchObject({
    person: null,
    workspaces: [],
    firstRun: true,
    setupTokenNeeded: false,
    mail: "outbox",
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
  });

  const response = await post(nines, "/api/v1/first-run/own", own);
  expect(response.status).toBe(201);
  expect(await response.json()).toMatchObject({
    workspace: { slug: "mueller-soehne", name: "Müller & Söhne" },
  });
  const ada = browserOf(nines, cookiesOf(response));
  const session = await ada("GET", "/api/v1/session");
  expect(await session.json()).toMatchObject({
    person: { name: "Ada", email: "ada@example.com" },
    workspaces: [{ slug: "mueller-soehne", name: "Müller & Söhne", role: "owner", sample: false }],
    firstRun: false,
  });
  expect((await ada("GET", "/api/v1/workspace")).status).toBe(200);
});

test("there is one first run, also of two at the same moment", async () => {
  const nines = await newTestApp();
  const answers = await Promise.all(
    ["a@example.com", "b@example.com"].map((email) =>
      post(nines, "/api/v1/first-run/own", { ...own, email }),
    ),
  );
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409]);
  expect(
    await errorOf(await post(nines, "/api/v1/first-run/own", { ...own, email: "c@example.com" })),
  ).toMatchObject({
    status: 409,
    reason: "already_set_up",
  });
  expect(await nines.db.selectFrom("people").select("email").execute()).toHaveLength(1);
});

test("on a database server the first run asks for the token from the log", async () => {
  const secret = "s".repeat(40);
  const nines = await newTestApp({ env: { DATABASE_URL: "postgres://elsewhere/nines", SECRET: secret } });
  const session = await nines.app.request("/api/v1/session");
  expect(await session.json()).toMatchObject({ setupTokenNeeded: true });
  for (const setupToken of [undefined, "", "wrong"])
    expect(await errorOf(await post(nines, "/api/v1/first-run/own", { ...own, setupToken }))).toMatchObject({
      status: 403,
      reason: "setup_token_wrong",
    });
  const setupToken = createHmac("sha256", secret)
    .update("set up the first workspace")
    .digest("base64url")
    .slice(0, 24);
  expect((await post(nines, "/api/v1/first-run/own", { ...own, setupToken })).status).toBe(201);
});

const wrongFirstRuns: [object, RegExp][] = [
  [{ password: "short" }, /at least 8/],
  [{ password: "x".repeat(129) }, /at most 128/],
  [{ email: "ada" }, /no e-mail address/],
  [{ email: "ada@example.com\r\nBcc: eve@example.com" }, /no e-mail address/],
  [{ name: "Ada\nEve" }, /one line/],
  [{ workspaceName: " " }, /name is needed/],
  [{ timeZone: "Mars/Olympus" }, /no time zone/],
];

test("a first run with something wrong in it is refused with a sentence", async () => {
  const nines = await newTestApp();
  for (const [wrong, sentence] of wrongFirstRuns) {
    const refused = await errorOf(await post(nines, "/api/v1/first-run/own", { ...own, ...wrong }));
    expect(refused, JSON.stringify(wrong)).toMatchObject({
      status: 422,
      code: "bad_input",
      message: expect.stringMatching(sentence),
    });
  }
});

// Sessions

test("signing out ends the session on the server, not only in the browser", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  expect((await acme.owner.fetch("POST", "/api/auth/sign-out")).status).toBe(200);
  expect((await acme.owner.fetch("GET", "/api/v1/workspace")).status).toBe(401);
});

test("the cookie is httpOnly and lax, and secure behind https", async () => {
  const plain = await newTestApp();
  const [cookie] = (await post(plain, "/api/v1/first-run/own", own)).headers.getSetCookie();
  expect(cookie).toMatch(/^nines\.session_token=.+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);
  const https = await newTestApp({ env: { BASE_URL: "https://nps.example.com" } });
  const response = await post(https, "/api/v1/first-run/own", own);
  expect(response.headers.getSetCookie()[0]).toMatch(/^__Secure-nines\.session_token=.+Secure/);
  expect(response.headers.get("strict-transport-security")).toBeTruthy();
  const session = await browserOf(https, cookiesOf(response))("GET", "/api/v1/session");
  expect(await session.json()).toMatchObject({ person: { name: "Ada" } });
});

test("no token, key, link or password is stored as it is", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const response = await post(nines, "/api/auth/sign-in/email", {
    email: "owner@acme.example",
    password: "correct horse battery",
  });
  const sessionToken = decodeURIComponent(cookiesOf(response)).split("=")[1]?.split(".")[0] ?? "";
  const invited = await acme.owner.fetch("POST", "/api/v1/member-invitations", {
    email: "new@example.com",
    role: "viewer",
  });
  const { link } = (await invited.json()) as { link: string };
  const made = await acme.owner.fetch("POST", "/api/v1/api-keys", { name: "k", scopes: ["score:read"] });
  const { key } = (await made.json()) as { key: string };
  const secrets = [sessionToken, link.split("/").at(-1) ?? "", key, "correct horse battery"];
  for (const table of [
    "people",
    "sessions",
    "credentials",
    "verifications",
    "member_invitations",
    "api_keys",
  ]) {
    const { rows } = await nines.pool.query(`select * from ${table}`);
    const text = JSON.stringify(rows);
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(20);
      expect(text, table).not.toContain(secret);
    }
  }
  const { rows } = await nines.pool.query("select password from credentials");
  expect(rows[0].password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

const forgeries: [string, (token: string) => string][] = [
  ["forged", (token: string) => `${token}x.${"A".repeat(43)}=`],
  ["of another secret", (token: string) => sign(token, "another secret that is long enough to be one")],
  ["unsigned", (token: string) => token],
  ["a JWT without algorithm", () => jwt({ alg: "none" }, { sub: "1", email: "owner@acme.example" })],
  ["empty", () => ""],
  ["very long", () => "a".repeat(20_000)],
];

test("a session cookie that is made up opens nothing", async () => {
  const nines = await newTestApp();
  await newWorkspace(nines);
  const { rows } = await nines.pool.query("select token from sessions");
  for (const [name, forge] of forgeries) {
    const cookie = `nines.session_token=${encodeURIComponent(forge(rows[0].token))}`;
    const response = await browserOf(nines, cookie)("GET", "/api/v1/workspace");
    expect(response.status, name).toBe(401);
  }
});

test("a copy of the database signs nobody in: the stored hash, rightly signed, opens nothing", async () => {
  const secret = "s".repeat(40);
  const nines = await newTestApp({ env: { SECRET: secret } });
  await newWorkspace(nines);
  const { rows } = await nines.pool.query("select token from sessions");
  const cookie = `nines.session_token=${encodeURIComponent(sign(rows[0].token, secret))}`;
  const response = await post(nines, "/api/auth/sign-in/email", {
    email: "owner@acme.example",
    password: "correct horse battery",
  });
  const [token = ""] = decodeURIComponent(cookiesOf(response).split("=")[1] ?? "").split(".");
  const right = `nines.session_token=${encodeURIComponent(sign(token, secret))}`;
  expect((await browserOf(nines, right)("GET", "/api/v1/workspace")).status).toBe(200);
  expect((await browserOf(nines, cookie)("GET", "/api/v1/workspace")).status).toBe(401);
});

test("a session that has expired opens nothing", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  // better-auth reads the system clock, so the session is moved instead of the clock.
  await nines.pool.query("update sessions set expires_at = now() - interval '1 second'");
  expect((await acme.owner.fetch("GET", "/api/v1/workspace")).status).toBe(401);
});

test("a token for one purpose does not serve another", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const invited = await acme.owner.fetch("POST", "/api/v1/member-invitations", {
    email: "new@example.com",
    role: "viewer",
  });
  const { link } = (await invited.json()) as { link: string };
  const invitation = link.split("/").at(-1) ?? "";
  const resetToken = await askReset(nines, "owner@acme.example");
  const { key } = await createApiKey(nines.db, nines.clock, acme.workspaceId, {
    name: "k",
    scopes: ["score:read"],
  });
  for (const token of [invitation, resetToken]) {
    const bearer = await nines.app.request("/api/v1/score", {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(bearer.status).toBe(401);
  }
  for (const token of [resetToken, key])
    expect((await nines.app.request(`/api/v1/member-invitations/by-token/${token}`)).status).toBe(404);
  for (const token of [invitation, key])
    expect(
      (await post(nines, "/api/auth/reset-password", { token, newPassword: "another long one" })).status,
    ).toBe(422);
});

// Signing in

test("a wrong password and an unknown address get the same answer", async () => {
  const nines = await newTestApp();
  await newWorkspace(nines);
  const wrong = await post(nines, "/api/auth/sign-in/email", {
    email: "owner@acme.example",
    password: "wrong one",
  });
  const unknown = await post(nines, "/api/auth/sign-in/email", {
    email: "no@acme.example",
    password: "wrong one",
  });
  expect(await errorOf(wrong)).toMatchObject({ status: 401, code: "wrong_credentials" });
  expect(await errorOf(unknown)).toMatchObject({ status: 401, code: "wrong_credentials" });
});

test("of 200 attempts to sign in at once, at most the limit are tried, whatever X-Forwarded-For says", async () => {
  const nines = await newTestApp();
  await newWorkspace(nines);
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      post(
        nines,
        "/api/auth/sign-in/email",
        { email: "owner@acme.example", password: `wrong ${index}` },
        { "x-forwarded-for": `203.0.113.${index}`, "x-real-ip": `203.0.113.${index}` },
      ),
    ),
  );
  const count = (status: number) => answers.filter((answer) => answer.status === status).length;
  expect(count(401)).toBe(10);
  expect(count(429)).toBe(190);
  const refused = answers.find(({ status }) => status === 429);
  expect(refused?.headers.get("retry-after")).toBe("60");
  nines.clock.advance(60_000);
  const later = await post(nines, "/api/auth/sign-in/email", {
    email: "owner@acme.example",
    password: "correct horse battery",
  });
  expect(later.status).toBe(200);
});

test("behind a trusted proxy attempts are counted by the address that the proxy saw", async () => {
  const nines = await newTestApp({ env: { TRUST_PROXY: "true", SIGN_IN_LIMIT: "1" } });
  await newWorkspace(nines);
  const attempt = async (forwarded: string) => {
    const body = { email: "owner@acme.example", password: "wrong one" };
    return (await post(nines, "/api/auth/sign-in/email", body, { "x-forwarded-for": forwarded })).status;
  };
  expect(await attempt("198.51.100.1, 203.0.113.1")).toBe(401);
  expect(await attempt("198.51.100.2, 203.0.113.1")).toBe(429);
  expect(await attempt("198.51.100.1, 203.0.113.2")).toBe(401);
  expect(await attempt("2001:db8::1")).toBe(401);
  expect(await attempt("2001:db8::ffff:2")).toBe(429);
  expect(await attempt("2001:db8:0:1::1")).toBe(401);
});

test("only the listed endpoints of better-auth exist", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const closed = [
    ["POST", "/api/auth/sign-up/email"],
    ["POST", "/api/auth/update-user"],
    ["POST", "/api/auth/change-email"],
    ["POST", "/api/auth/delete-user"],
    ["GET", "/api/auth/list-sessions"],
    ["GET", "/api/auth/get-session"],
    ["GET", "/api/auth/reset-password/abc?callbackURL=https://evil.example"],
    ["GET", "/api/auth/verify-email?token=a&callbackURL=https://evil.example"],
    ["POST", "/api/auth/sign-in/social"],
    ["GET", "/api/auth/callback/github"],
    ["POST", "/api/auth/api-key/create"],
    ["POST", "/api/auth/organization/create"],
    ["POST", "/api/auth/sign-in-person"],
    ["GET", "/api/auth/error"],
    ["GET", "/api/auth/ok"],
  ] as const;
  for (const [method, path] of closed) {
    const response = await acme.owner.fetch(
      method,
      path,
      method === "POST" ? { personId: acme.personId } : undefined,
    );
    expect(response.status, `${method} ${path}`).toBe(404);
  }
});

const foreignUrls = [
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "/%5cevil.example",
  "javascript:alert('evil')",
];

test("a callback address in a request leads nowhere", async () => {
  const nines = await newTestApp();
  await newWorkspace(nines);
  const credentials = { email: "owner@acme.example", password: "correct horse battery" };
  for (const url of foreignUrls) {
    const signedIn = await post(nines, "/api/auth/sign-in/email", { ...credentials, callbackURL: url });
    expect(signedIn.status).toBe(200);
    expect(signedIn.headers.get("location")).toBeNull();
    expect(await signedIn.text()).not.toContain("evil");
    await post(nines, "/api/auth/request-password-reset", { email: credentials.email, redirectTo: url });
  }
  await nines.runJobs();
  const mails = await nines.db.selectFrom("outbox").select("text").execute();
  expect(mails).toHaveLength(foreignUrls.length);
  for (const { text } of mails) expect(text).not.toContain("evil");
});

// Password reset

test("a reset link changes the password once, ends all sessions, and names the fixed address whatever the Host", async () => {
  const nines = await newTestApp({ env: { BASE_URL: "http://nps.acme.example" } });
  const acme = await newWorkspace(nines);
  const headers = { host: "evil.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" };
  await post(nines, "/api/auth/request-password-reset", { email: "owner@acme.example" }, headers);
  await nines.runJobs();
  const mail = await nines.db.selectFrom("outbox").select(["text", "html"]).executeTakeFirstOrThrow();
  expect(mail.text).toMatch(/http:\/\/nps\.acme\.example\/reset-password\?token=\w{24}\n/);
  expect(mail.text + mail.html).not.toContain("evil");

  const token = /token=(\w+)/.exec(mail.text)?.[1];
  const reset = () => post(nines, "/api/auth/reset-password", { token, newPassword: "a new long password" });
  expect((await reset()).status).toBe(200);
  expect(await errorOf(await reset())).toMatchObject({ status: 422, reason: "reset_token_closed" });
  expect((await acme.owner.fetch("GET", "/api/v1/workspace")).status).toBe(401);
  const signIn = (password: string) =>
    post(nines, "/api/auth/sign-in/email", { email: "owner@acme.example", password });
  expect((await signIn("correct horse battery")).status).toBe(401);
  expect((await signIn("a new long password")).status).toBe(200);
});

test("of many uses of one reset link at once, one counts", async () => {
  const nines = await newTestApp();
  await newWorkspace(nines);
  const token = await askReset(nines, "owner@acme.example");
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      post(nines, "/api/auth/reset-password", { token, newPassword: `a new password ${index}` }),
    ),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

test("a reset link older than an hour is refused", async () => {
  const nines = await newTestApp();
  await newWorkspace(nines);
  const token = await askReset(nines, "owner@acme.example");
  await nines.pool.query("update verifications set expires_at = now() - interval '1 second'");
  const late = await post(nines, "/api/auth/reset-password", { token, newPassword: "a new long password" });
  expect(await errorOf(late)).toMatchObject({ status: 422, reason: "reset_token_closed" });
});

test("asking for a reset answers the same for an address without an account, and mails nothing", async () => {
  const nines = await newTestApp();
  await newWorkspace(nines);
  const known = await post(nines, "/api/auth/request-password-reset", { email: "owner@acme.example" });
  const unknown = await post(nines, "/api/auth/request-password-reset", { email: "no@acme.example" });
  expect(unknown.status).toBe(known.status);
  expect(await unknown.text()).toBe(await known.text());
  await nines.runJobs();
  expect(await nines.db.selectFrom("outbox").select("recipient").execute()).toEqual([
    { recipient: "owner@acme.example" },
  ]);
});

test("changing the password takes the current one and ends the other sessions", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const second = await post(nines, "/api/auth/sign-in/email", {
    email: "owner@acme.example",
    password: "correct horse battery",
  });
  const change = (currentPassword: string) =>
    acme.owner.fetch("POST", "/api/auth/change-password", {
      currentPassword,
      newPassword: "a new long password",
    });
  expect(await errorOf(await change("wrong one"))).toMatchObject({ status: 422, reason: "wrong_password" });
  const changed = await change("correct horse battery");
  expect(changed.status).toBe(200);
  expect((await browserOf(nines, cookiesOf(second))("GET", "/api/v1/workspace")).status).toBe(401);
  expect((await browserOf(nines, cookiesOf(changed))("GET", "/api/v1/workspace")).status).toBe(200);
});

// Cross-site requests

const origins: [Record<string, string>, number][] = [
  [{ "sec-fetch-site": "cross-site" }, 403],
  [{ "sec-fetch-site": "same-site" }, 403],
  [{ "sec-fetch-site": "none" }, 403],
  [{ "sec-fetch-site": "same-origin" }, 200],
  [{ "sec-fetch-site": "cross-site", origin: "http://localhost:9090" }, 403],
  [{ origin: "http://evil.example" }, 403],
  [{ origin: "null" }, 403],
  [{ origin: "http://localhost:9090" }, 200],
  [{ origin: "http://127.0.0.1:9090", host: "127.0.0.1:9090" }, 200],
  [{}, 403],
];

test("a session changes something only from Nines' own pages", async () => {
  const nines = await newTestApp();
  const cookie = cookiesOf(await post(nines, "/api/v1/first-run/own", own));
  for (const [headers, status] of origins) {
    const changed = await nines.app.request("/api/v1/workspace", {
      method: "PATCH",
      headers: { cookie, "content-type": "application/json", ...headers },
      body: JSON.stringify({ name: "New" }),
    });
    expect(changed.status, JSON.stringify(headers)).toBe(status);
  }
});

test("another site cannot sign a visitor in, nor set Nines up", async () => {
  const nines = await newTestApp();
  const foreign = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
  expect((await post(nines, "/api/v1/first-run/own", own, foreign)).status).toBe(403);
  await newWorkspace(nines);
  const credentials = { email: "owner@acme.example", password: "correct horse battery" };
  expect((await post(nines, "/api/auth/sign-in/email", credentials, foreign)).status).toBe(403);
  expect((await post(nines, "/api/auth/request-password-reset", credentials, foreign)).status).toBe(403);
});

// Several workspaces

test("a person with several workspaces says which, and a second of the same name gets its own address", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const made = await acme.owner.fetch("POST", "/api/v1/workspaces", {
    name: "Acme",
    timeZone: "Europe/Berlin",
  });
  expect(made.status).toBe(201);
  expect(await made.json()).toMatchObject({ slug: "acme-2", role: "owner" });
  const second = await acme.owner.fetch("GET", "/api/v1/workspace", undefined, { "x-workspace": "acme-2" });
  expect(await second.json()).toMatchObject({ slug: "acme-2", timeZone: "Europe/Berlin" });
  const response = await post(nines, "/api/auth/sign-in/email", {
    email: "owner@acme.example",
    password: "correct horse battery",
  });
  const unsaid = await browserOf(nines, cookiesOf(response))("GET", "/api/v1/workspace");
  expect(await errorOf(unsaid)).toMatchObject({ status: 400, reason: "workspace_missing" });
});

test("a viewer may not rename the workspace; an admin may, but not make up other columns", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const viewer = await newMember(nines, acme, "viewer");
  const admin = await newMember(nines, acme, "admin");
  expect((await viewer.fetch("PATCH", "/api/v1/workspace", { name: "New" })).status).toBe(403);
  const renamed = await admin.fetch("PATCH", "/api/v1/workspace", { name: "New" });
  expect(await renamed.json()).toMatchObject({ name: "New", slug: "acme" });
  expect((await admin.fetch("PATCH", "/api/v1/workspace", { sample: true })).status).toBe(422);
});

async function askReset(nines: TestApp, email: string): Promise<string> {
  await post(nines, "/api/auth/request-password-reset", { email });
  await nines.runJobs();
  const mail = await nines.db
    .selectFrom("outbox")
    .select("text")
    .where("recipient", "=", email)
    .executeTakeFirst();
  return /token=(\w+)/.exec(mail?.text ?? "")?.[1] ?? "";
}

function sign(token: string, secret: string): string {
  return `${token}.${createHmac("sha256", secret).update(token).digest("base64")}`;
}

function jwt(header: object, payload: object): string {
  return `${[header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".")}.`;
}

import { expect, test } from "vitest";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import { newMember, newWorkspace } from "../../../test/sign-in.ts";
import { createApiKey } from "./create-api-key.ts";

const path = "/api/v1/api-keys";

async function withKey(nines: TestApp, key: string, route = "/api/v1/surveys") {
  return nines.app.request(route, { headers: { authorization: `Bearer ${key}` } });
}

test("an API key is shown once, does what its scopes say, and is revoked at once", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const made = await acme.owner.fetch("POST", path, {
    name: "Shop",
    scopes: ["responses:read", "responses:read"],
  });
  expect(made.status).toBe(201);
  const { id, key } = (await made.json()) as { id: string; key: string };
  expect(key).toMatch(/^nines_[\w-]{43}$/);
  const list = await (await acme.owner.fetch("GET", path)).json();
  expect(list).toMatchObject({
    apiKeys: [
      {
        id,
        name: "Shop",
        start: key.slice(0, 10),
        scopes: ["responses:read"],
        createdBy: "Olga Owner",
        lastUsedAt: null,
      },
    ],
  });
  expect(JSON.stringify(list)).not.toContain(key);

  expect((await withKey(nines, key)).status).toBe(200);
  expect((await withKey(nines, key, "/api/v1/score")).status).toBe(403);
  expect((await withKey(nines, key, "/api/v1/members")).status).toBe(403);
  expect((await acme.owner.fetch("DELETE", `${path}/${id}`)).status).toBe(204);
  expect((await withKey(nines, key)).status).toBe(401);
});

test("nobody makes a key without a session of an admin (CVE-2025-61928)", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const editor = await newMember(nines, acme, "editor");
  const body = { name: "k", scopes: ["responses:read"], userId: acme.personId, personId: acme.personId };
  const anonymous = await nines.app.request(path, {
    method: "POST",
    headers: { "content-type": "application/json", "sec-fetch-site": "same-origin", "x-workspace": "acme" },
    body: JSON.stringify(body),
  });
  expect(anonymous.status).toBe(401);
  expect((await editor.fetch("POST", path, body)).status).toBe(403);
  const { key } = await createApiKey(nines.db, nines.clock, acme.workspaceId, {
    name: "k",
    scopes: ["responses:write"],
  });
  const byKey = await nines.app.request(path, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify(body),
  });
  expect(byKey.status).toBe(403);
  expect(await nines.db.selectFrom("apiKeys").select("id").execute()).toHaveLength(1);
});

const wrongKeys = [
  "",
  "nines_",
  "nines_wrong",
  "Bearer",
  "nines_' or 1=1 --",
  "x".repeat(9_000),
  "nines_\u00e9",
];

test("a wrong key opens nothing", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  await createApiKey(nines.db, nines.clock, acme.workspaceId, { name: "k", scopes: ["responses:read"] });
  for (const key of wrongKeys) expect((await withKey(nines, key)).status, key).toBe(401);
});

test("a wrong key never falls back to the session that came with it", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  for (const authorization of ["Bearer nines_wrong", "Basic b3duZXI6cGFzcw=="]) {
    const response = await acme.owner.fetch("GET", "/api/v1/workspace", undefined, { authorization });
    expect(response.status).toBe(401);
  }
});

test("the workspace is that of the key, whatever x-workspace says", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const other = await newWorkspace(nines, { name: "Other", email: "owner@other.example" });
  await nines.db
    .insertInto("surveys")
    .values({ workspaceId: other.workspaceId, id: other.workspaceId, name: "Theirs", question: "?" })
    .execute();
  const { key } = await createApiKey(nines.db, nines.clock, acme.workspaceId, {
    name: "k",
    scopes: ["responses:read"],
  });
  const response = await nines.app.request("/api/v1/surveys", {
    headers: { authorization: `Bearer ${key}`, "x-workspace": "other" },
  });
  expect(await response.text()).not.toContain("Theirs");
});

test("a known key asks the database nothing for ten seconds, then notices that it was deleted elsewhere", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const { id, key } = await createApiKey(nines.db, nines.clock, acme.workspaceId, {
    name: "k",
    scopes: ["responses:read"],
  });
  // A route the key may not use is refused before it asks anything itself, so every query is the key's.
  const ask = () => withKey(nines, key, "/api/v1/members");
  await Promise.all(Array.from({ length: 20 }, ask));
  await nines.db.deleteFrom("apiKeys").where("id", "=", id).execute();
  expect((await ask()).status).toBe(403);
  nines.clock.advance(9_999);
  expect((await ask()).status).toBe(403);
  nines.clock.advance(1);
  expect((await ask()).status).toBe(401);
});

test("when a key was last used is noted, at most once a minute", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const { key } = await createApiKey(nines.db, nines.clock, acme.workspaceId, {
    name: "k",
    scopes: ["responses:read"],
  });
  const lastUsed = async () => {
    const list = await acme.owner.fetch("GET", path);
    return ((await list.json()) as { apiKeys: { lastUsedAt: string | null }[] }).apiKeys[0]?.lastUsedAt;
  };
  await withKey(nines, key);
  await expect.poll(lastUsed).toBe("2026-10-13T08:00:00.000Z");
  nines.clock.advance(30_000);
  await withKey(nines, key);
  nines.clock.advance(31_000);
  await withKey(nines, key);
  await expect.poll(lastUsed).toBe("2026-10-13T08:01:01.000Z");
});

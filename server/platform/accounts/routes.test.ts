import { expect, test } from "vitest";
import { newTestApp } from "../../../test/new-test-app.ts";
import { browserOf, cookiesOf } from "../../../test/sign-in.ts";

test("the first run makes the owner and the workspace, and signs in", async () => {
  const nines = await newTestApp();
  const before = await nines.app.request("/api/v1/session");
  expect(await before.json()).toMatchObject({
    person: null,
    workspaces: [],
    firstRun: true,
    setupTokenNeeded: false,
  });

  const response = await nines.app.request("/api/v1/first-run/own", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      name: "Ada",
      email: "Ada@Example.com",
      password: "long enough",
      workspaceName: "Müller & Söhne",
    }),
  });
  expect(response.status).toBe(201);
  expect(await response.json()).toMatchObject({ workspace: { slug: "mueller-soehne" } });
  const ada = browserOf(nines, cookiesOf(response));
  const session = await ada("GET", "/api/v1/session");
  expect(await session.json()).toMatchObject({
    person: { name: "Ada", email: "ada@example.com" },
    workspaces: [{ slug: "mueller-soehne", name: "Müller & Söhne", role: "owner", sample: false }],
    firstRun: false,
  });
  expect((await ada("GET", "/api/v1/workspace")).status).toBe(200);
  const signOut = await ada("POST", "/api/auth/sign-out", {});
  expect(signOut.status).toBe(200);
  expect((await ada("GET", "/api/v1/workspace")).status).toBe(401);
});

import { createOwnerAndWorkspace } from "../server/platform/accounts/create-owner-and-workspace.ts";
import { createPerson } from "../server/platform/accounts/create-person.ts";
import type { Role } from "../server/platform/http/router.ts";
import type { TestApp } from "./new-test-app.ts";

const password = "correct horse battery";

/** A browser that is signed in: its requests carry the cookie, and say that they come from Nines' own pages. */
export interface Browser {
  personId: string;
  email: string;
  /** Sends a request in the name of this person; a text is sent as it is, any other `body` as JSON. */
  fetch: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Response>;
}

/** Makes a workspace with its owner, who is not signed in. */
export async function newOwner(test: TestApp, { name = "Acme", email = "owner@acme.example" } = {}) {
  const made = await createOwnerAndWorkspace(test.db, test.clock, {
    name: "Olga Owner",
    email,
    password,
    workspaceName: name,
  });
  return { ...made, email };
}

/** Makes a workspace with its owner, and signs the owner in. */
export async function newWorkspace(test: TestApp, named?: { name?: string; email?: string }) {
  const { email, ...made } = await newOwner(test, named);
  return { ...made, owner: await signIn(test, email, made.slug) };
}

/** Makes a member of a workspace with this role, and signs them in. */
export async function newMember(
  test: TestApp,
  workspace: { workspaceId: string; slug: string },
  role: Role,
  email = `${role}@${workspace.slug}.example`,
) {
  const personId = await createPerson(test.db, test.clock, { name: `Mr ${role}`, email, password });
  await test.db
    .insertInto("members")
    .values({ workspaceId: workspace.workspaceId, personId, role })
    .execute();
  return signIn(test, email, workspace.slug);
}

/** Signs a person in through the front door. */
export async function signIn(test: TestApp, email: string, workspace?: string): Promise<Browser> {
  const response = await test.app.request("/api/auth/sign-in/email", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  if (response.status !== 200) throw new Error(`${email} could not sign in: ${await response.text()}`);
  const { person } = (await response.json()) as { person: { id: string } };
  const cookie = cookiesOf(response);
  // Each test person comes from an address of their own, or the limit of sign-ins would count them together.
  await test.db.deleteFrom("rateLimits").execute();
  return { personId: person.id, email, fetch: browserOf(test, cookie, workspace) };
}

/** The `Cookie` header that answers to this response's `Set-Cookie`. */
export function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

/** A browser with this cookie and an open page of this workspace. */
export function browserOf(test: TestApp, cookie: string, workspace?: string): Browser["fetch"] {
  return fetchWith(test, {
    cookie,
    "sec-fetch-site": "same-origin",
    ...(workspace && { "x-workspace": workspace }),
  });
}

/** Sends requests that all carry these headers. */
export function fetchWith(test: TestApp, common: Record<string, string>): Browser["fetch"] {
  return async (method, path, body, headers) => {
    const isText = typeof body === "string";
    return test.app.request(path, {
      method,
      headers: {
        ...common,
        ...(body !== undefined && { "content-type": isText ? "text/csv" : "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
    });
  };
}

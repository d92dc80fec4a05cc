import type { Caller, Person } from "../http/router.ts";
import { Refusal } from "../errors.ts";
import type { Resources } from "../resources.ts";
import { openApiKeys } from "./find-api-key.ts";
import { type Auth, openAuth } from "./open-auth.ts";
import { readSecret } from "./read-secret.ts";

/** Who comes in, for one app: better-auth is opened at the first question, because its secret is in the database. */
export function openAccounts(resources: Resources) {
  const { database } = resources;
  const apiKeys = openApiKeys(resources);
  let opening: Promise<{ auth: Auth; secret: string }> | undefined;

  const open = () => {
    opening ??= (async () => {
      const secret = await readSecret(resources);
      return { auth: openAuth(resources, secret), secret };
    })().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
  const auth = async () => (await open()).auth;

  const findPerson = async (headers: Headers): Promise<Person | undefined> => {
    if (!headers.get("cookie")?.includes("nines.session_token")) return undefined;
    const found = await (await auth()).api.getSession({ headers, query: { disableRefresh: true } });
    if (!found) return undefined;
    const {
      id,
      name,
      email,
      language = null,
    } = found.user as typeof found.user & { language?: string | null };
    return { id, name, email, language, sessionId: found.session.id };
  };

  const findCaller = async (headers: Headers): Promise<Caller | undefined> => {
    const authorization = headers.get("authorization");
    // A caller who sends a key means the key: a wrong one never falls back to the cookie.
    if (authorization)
      return /^bearer /i.test(authorization) ? apiKeys.find(authorization.slice(7).trim()) : undefined;
    const person = await findPerson(headers);
    return person && findMember(person.id, headers.get("x-workspace"));
  };

  const findMember = async (personId: string, slug: string | null): Promise<Caller> => {
    const rows = await database.db
      .selectFrom("members")
      .innerJoin("workspaces", "workspaces.id", "members.workspaceId")
      .select(["members.workspaceId", "members.role"])
      .where("members.personId", "=", personId)
      .$if(slug !== null, (query) => query.where("workspaces.slug", "=", slug))
      .limit(2)
      .execute();
    const [row, second] = rows;
    if (!row) {
      const sentence =
        slug === null
          ? "You are not a member of any workspace. Ask an owner or admin for an invitation link."
          : "You are not a member of this workspace, or there is none of this name.";
      throw new Refusal("not_allowed", sentence, { reason: "not_a_member" });
    }
    if (second) {
      throw new Refusal(
        "bad_request",
        "You are a member of several workspaces; say which one by the header `x-workspace: <slug>`.",
        { reason: "workspace_missing" },
      );
    }
    return { workspaceId: row.workspaceId, role: row.role, personId };
  };

  return { auth, secret: async () => (await open()).secret, apiKeys, findPerson, findCaller };
}

export type Accounts = ReturnType<typeof openAccounts>;

import { expect, test } from "vitest";
import { tablesOfWorkspaces } from "../server/platform/accounts/delete-workspace.ts";
import { childTables } from "../server/platform/database/tables.ts";
import { type Access, roles, scopes, scopesOf } from "../server/platform/http/router.ts";
import { type Caller, type Company, newCompany } from "./isolation/company.ts";
import { type Ask, nobody } from "./isolation/row.ts";
import { table } from "./isolation/table.ts";
import { newTestApp, type TestApp } from "./new-test-app.ts";

const names = Object.keys(table);

test("every route of the app has its row, and says the same about who may use it", async () => {
  const { app } = await newTestApp();
  const routes = new Set(app.routes.map(({ method, path }) => `${method} ${path}`));
  routes.delete("ALL /*");
  routes.delete("ALL /api/widget/*");
  routes.delete("ALL /v1/*");
  expect([...routes].sort()).toEqual([...names].sort());
  const response = await app.request("/api/v1/openapi.json");
  const { paths } = (await response.json()) as {
    paths: Record<string, Record<string, { "x-access": Access }>>;
  };
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const name = `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ":$1")}`;
      expect(operation["x-access"], name).toEqual(table[name]?.access);
    }
  }
});

test("two workspaces: no route gives one the other's data", async () => {
  const nines = await newTestApp({ env: { SIGN_IN_LIMIT: "1000" } });
  const acme = await newCompany(nines, "acme");
  const zulu = await newCompany(nines, "zulu");
  const before = await checksum(nines, zulu);

  // Deleting the workspace comes last, or nobody could ask for anything afterwards.
  const isLast = (name: string) => Number(name === "DELETE /api/v1/workspace");
  for (const name of names.toSorted((a, b) => isLast(a) - isLast(b))) {
    await refusesForeignIds(name, acme, zulu);
    await refusesStrangers(name, acme, zulu);
    await answersAsItsRowSays(name, acme, zulu);
  }

  expect(await checksum(nines, zulu)).toEqual(before);
  expect((await zulu.owner.fetch("GET", "/api/v1/workspace")).status).toBe(200);
}, 300_000);

test("the same ids of customer and response in two workspaces are two customers and two responses", async () => {
  const nines = await newTestApp();
  const acme = await newCompany(nines, "acme");
  const zulu = await newCompany(nines, "zulu");
  const before = await checksum(nines, zulu);
  const { score: _, comment: __, ...same } = zulu.answer;
  const answered = await acme.key.fetch("POST", "/api/v1/responses", { ...same, score: 0, comment: "ours" });
  expect(answered.status).toBe(201);
  expect(await checksum(nines, zulu)).toEqual(before);
});

/** Anonymous, each role, a key with all scopes, a key with all but the one needed: each gets what the row says. */
async function answersAsItsRowSays(name: string, acme: Company, zulu: Company): Promise<void> {
  const { access, ok, ask } = table[name]!;
  const wanted = typeof access === "object" ? scopesOf(access) : [];
  const lacking: Caller = {
    kind: "key",
    fetch: await acme.withScopes(scopes.filter((each) => !wanted.includes(each))),
  };
  // Signing out is public too, and would end the sessions that the other rows need.
  const members = name === "POST /api/auth/sign-out" ? [] : acme.members;
  for (const caller of [acme.anonymous, lacking, acme.key, ...members]) {
    const { path, body } = await ask(acme);
    const response = await caller.fetch(methodOf(name), path, body);
    const text = await response.text();
    const said = `${name} by ${caller.kind}: ${text.slice(0, 300)}`;
    const status = caller === lacking && typeof access === "object" ? 403 : expected(access, caller, ok);
    expect(response.status, said).toBe(status);
    showsNothingOf(zulu, text, said);
  }
}

/** The owner and a key of one workspace, with ids of the other: answered exactly as ids that nobody has. */
async function refusesForeignIds(name: string, acme: Company, zulu: Company): Promise<void> {
  const { foreign } = table[name]!;
  const isWithIds = /:(?!token)\w+/.test(name);
  if (isWithIds) expect(foreign, `${name} takes an id, so its row needs foreign ones`).toBeDefined();
  for (const asked of foreign?.(zulu, acme) ?? []) {
    for (const caller of [acme.key, { kind: "owner", fetch: acme.owner.fetch } as const]) {
      const theirs = await answerTo(caller, methodOf(name), asked);
      const nobodys = await answerTo(caller, methodOf(name), withIdsOfNobody(asked, zulu));
      const said = `${name} by ${caller.kind} with ${JSON.stringify(asked)}: ${theirs.status} ${theirs.text}`;
      expect(withIdsOfNobody(theirs, zulu), said).toEqual(nobodys);
      // A filter may find nothing; everything else is refused. 422 only as "there is no such …".
      const isEmpty = methodOf(name) === "GET" && theirs.status === 200 && asked.path.includes("?");
      const isUnknown = theirs.status === 422 && theirs.text.includes('"reason":"no_such_');
      if (!isEmpty && !isUnknown) expect([403, 404], said).toContain(theirs.status);
      const sent = JSON.stringify(asked);
      showsNothingOf(zulu, theirs.text, said, (id) => sent.includes(id));
    }
  }
}

async function answerTo(caller: Caller, method: string, { path, body }: Ask) {
  const response = await caller.fetch(method, path, body);
  const text = (await response.text()).replace(/"requestId":"[^"]+"/, "");
  return { status: response.status, text };
}

/** The same, with ids that exist in no workspace. */
function withIdsOfNobody<T>(value: T, company: Company): T {
  let text = JSON.stringify(value);
  for (const id of Object.values(company.ids)) text = text.replaceAll(id, nobody);
  return JSON.parse(text) as T;
}

/** Members of the other workspace who name this one. */
async function refusesStrangers(name: string, acme: Company, zulu: Company): Promise<void> {
  const { access, ask } = table[name]!;
  if (typeof access === "string") return;
  // At once, because none of them may have an effect.
  const { path, body } = await ask(acme);
  await Promise.all(
    zulu.members.map(async (stranger) => {
      const response = await stranger.fetch(methodOf(name), path, body, { "x-workspace": "acme" });
      const text = await response.text();
      const said = `${name} by ${stranger.kind} of another workspace: ${text.slice(0, 200)}`;
      expect(response.status, said).toBe(403);
      showsNothingOf(acme, text, said);
    }),
  );
}

function expected(access: Access, { kind }: Caller, ok: number): number {
  if (access === "public" || access === "write-key") return ok;
  if (kind === "anonymous") return 401;
  if (access === "signed-in") return kind === "key" ? 401 : ok;
  if (kind === "key") return scopesOf(access).length > 0 ? ok : 403;
  return roles.indexOf(kind) >= roles.indexOf(access.role) ? ok : 403;
}

function showsNothingOf(
  company: Company,
  text: string,
  said: string,
  wasSent: (id: string) => boolean = () => false,
): void {
  expect(text.toLowerCase(), said).not.toContain(`of ${company.slug}`);
  expect(text, said).not.toContain(`@${company.slug}.example`);
  for (const id of Object.values(company.ids)) if (!wasSent(id)) expect(text, said).not.toContain(id);
}

function methodOf(name: string): string {
  return name.split(" ")[0] ?? "";
}

/** A hash of each table's rows of a workspace, and of its members' accounts. */
async function checksum({ pool, db }: TestApp, { workspaceId }: Company): Promise<Record<string, string>> {
  const sums: Record<string, string> = {};
  const add = async (table: string, where: string) => {
    const { rows } = await pool.query(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') as sum from ${table} t where ${where}`,
      [workspaceId],
    );
    sums[table] = rows[0].sum;
  };
  for (const table of await tablesOfWorkspaces(db)) await add(table, "workspace_id = $1");
  for (const [table, { column, parent }] of Object.entries(childTables))
    await add(table, `${column} in (select id from ${parent} where workspace_id = $1)`);
  await add("workspaces", "id = $1");
  await add("people", "id in (select person_id from members where workspace_id = $1)");
  await add("credentials", "person_id in (select person_id from members where workspace_id = $1)");
  return sums;
}

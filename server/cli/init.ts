import { createApiKey } from "../platform/accounts/create-api-key.ts";
import { createOwnerAndWorkspace } from "../platform/accounts/create-owner-and-workspace.ts";
import { newPerson } from "../platform/accounts/person.ts";
import { slugOf, workspaceName } from "../platform/accounts/workspace.ts";
import type { Database } from "../platform/database/open.ts";
import { Refusal } from "../platform/errors.ts";
import { scopes } from "../platform/http/router.ts";
import { command } from "./command.ts";
import { withResources } from "./with-resources.ts";

export const initCommand = command({
  name: "init",
  summary: "Makes a workspace, its owner and an API key, without a browser.",
  options: {
    workspace: { value: "NAME", required: true, help: "Name of the workspace." },
    email: { value: "ADDRESS", required: true, help: "The owner signs in with it." },
    password: {
      value: "PASSWORD",
      required: true,
      help: "At least 8 characters; - reads it from standard input.",
    },
    name: { value: "NAME", help: "The owner's name; default: the first part of the address." },
    json: { help: "Print only JSON: {workspaceId, apiKey}." },
  },
  more: "The API key may do everything a key can. It is shown only now.",
  async run({ workspace, email, password, name = email.split("@")[0], json }) {
    const given = newPerson.safeParse({
      name,
      email,
      password: password === "-" ? await firstLine() : password,
    });
    if (!given.success) throw new Refusal("bad_input", given.error.issues[0]!.message);
    const called = workspaceName.safeParse(workspace);
    if (!called.success) throw new Refusal("bad_input", called.error.issues[0]!.message);

    await withResources(async ({ database, clock, config }) => {
      const { db } = database;
      await refuseTaken(db, called.data);
      const { workspaceId, slug } = await createOwnerAndWorkspace(db, clock, {
        ...given.data,
        workspaceName: called.data,
      });
      const { key } = await createApiKey(db, clock, workspaceId, { name: "Made by nines init", scopes });
      process.stdout.write(
        json
          ? `${JSON.stringify({ workspaceId, apiKey: key })}\n`
          : `The workspace ${called.data} is ready at ${config.baseUrl}/${slug}; ${given.data.email} is its owner.\nAPI key, shown only now: ${key}\n`,
      );
    });
  },
});

async function refuseTaken(db: Database, name: string): Promise<void> {
  const taken = await db
    .selectFrom("workspaces")
    .select("name")
    .where((where) => where.or([where("slug", "=", slugOf(name)), where("name", "=", name)]))
    .executeTakeFirst();
  if (taken)
    throw new Refusal("conflict", `There is a workspace ${taken.name} already. Choose another name.`);
}

async function firstLine(): Promise<string> {
  let text = "";
  for await (const chunk of process.stdin) {
    text += String(chunk);
    if (text.includes("\n")) break;
  }
  return text.split(/\r?\n/)[0]!;
}

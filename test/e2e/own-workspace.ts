import { type BrowserContext, expect } from "@playwright/test";
import type { Nines } from "../start-nines.ts";

/** A client of the API in the name of a new workspace's owner, who is signed in in this browser. */
export async function ownWorkspace(context: BrowserContext, { url, output }: Pick<Nines, "url" | "output">) {
  // Asked for where the database is not Nines' own.
  const [, setupToken] = /set-up token (\S+)/.exec(output.stderr) ?? [];
  const made = await context.request.post(`${url}/api/v1/first-run/own`, {
    data: {
      name: "Ada",
      email: "ada@acme.example",
      password: "a long password",
      workspaceName: "Acme",
      setupToken,
    },
    headers: { origin: url },
  });
  expect(made.ok(), await made.text()).toBe(true);
  const headers = { origin: url, "x-workspace": "acme" };
  return async <Answer>(method: string, path: string, data?: unknown): Promise<Answer> => {
    const answer = await context.request.fetch(`${url}/api/v1${path}`, { method, data, headers });
    expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true);
    return (await answer.json()) as Answer;
  };
}

import { createApiKey } from "../server/platform/accounts/create-api-key.ts";
import { scopes } from "../server/platform/http/router.ts";
import type { TestApp } from "./new-test-app.ts";
import { newOwner } from "./sign-in.ts";

/** A workspace and a program that talks to it with an API key that may do all that keys may. */
export async function newApiClient(test: TestApp, workspace?: { name: string; email: string }) {
  const { workspaceId } = await newOwner(test, workspace);
  const { key } = await createApiKey(test.db, test.clock, workspaceId, { name: "test", scopes });
  const send = async (method: string, path: string, body?: unknown) =>
    test.app.request(`/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  return {
    workspaceId,
    key,
    send,
    /** Sends a request that must succeed; gives what it answers. */
    ask: async <Answer = Record<string, unknown>>(
      method: string,
      path: string,
      body?: unknown,
    ): Promise<Answer> => {
      const response = await send(method, path, body);
      const answer = (await response.json()) as Answer;
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
      return answer;
    },
  };
}

export type ApiClient = Awaited<ReturnType<typeof newApiClient>>;

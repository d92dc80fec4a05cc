import { randomUUID } from "node:crypto";
import type { TestApp } from "./new-test-app.ts";

/** Makes a workspace that has no members, for tests below the API; gives its id. */
export async function bareWorkspace({ db, clock }: Pick<TestApp, "db" | "clock">): Promise<string> {
  const id = randomUUID();
  await db.insertInto("workspaces").values({ id, name: "Bare", slug: id, createdAt: clock.now() }).execute();
  return id;
}

import type { Database } from "../database/open.ts";
import { newToken } from "./hash-token.ts";

/** The key that signs sessions: made once and kept; whichever process is first, all get the same. */
export async function keepSecret(db: Database): Promise<string> {
  await db
    .insertInto("settings")
    .values({ name: "secret", value: newToken() })
    .onConflict((c) => c.column("name").doNothing())
    .execute();
  const kept = await db
    .selectFrom("settings")
    .select("value")
    .where("name", "=", "secret")
    .executeTakeFirstOrThrow();
  return kept.value;
}

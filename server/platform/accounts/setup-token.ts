import { createHmac, timingSafeEqual } from "node:crypto";
import { Refusal } from "../errors.ts";
import type { Config } from "../config.ts";
import type { Resources } from "../resources.ts";
import { hasWorkspace } from "./create-owner-and-workspace.ts";
import { readSecret } from "./read-secret.ts";

/**
 * On a database server others may find the new Nines before its operator does, so making the first workspace asks for a
 * token that only the log shows. It follows from the secret: each process prints the same one.
 */
function setupTokenOf(secret: string): string {
  return createHmac("sha256", secret).update("set up the first workspace").digest("base64url").slice(0, 24);
}

/** The token to print at start; undefined when none is needed. */
export async function neededSetupToken({ config, database }: Resources): Promise<string | undefined> {
  if (!config.databaseUrl || (await hasWorkspace(database.db))) return undefined;
  return setupTokenOf(await readSecret({ config, database }));
}

/** @throws Refusal when this Nines asks for a set-up token and the given one is not it */
export function checkSetupToken(config: Config, secret: string, given: string | undefined): void {
  if (!config.databaseUrl) return;
  const expected = Buffer.from(setupTokenOf(secret));
  const received = Buffer.from((given ?? "").trim());
  if (expected.length === received.length && timingSafeEqual(expected, received)) return;
  throw new Refusal(
    "not_allowed",
    "The set-up token is not right. Nines printed it when it started; look for “set-up token” in its log.",
    { reason: "setup_token_wrong" },
  );
}

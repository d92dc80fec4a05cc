import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { readSecret } from "../../platform/accounts/read-secret.ts";
import type { Resources } from "../../platform/resources.ts";

/**
 * The key with which the server of a page signs who is looking at it, the same for all surveys of a workspace: 64
 * hexadecimal digits, made from the server's secret and not stored.
 */
export async function widgetKeyOf(
  resources: Pick<Resources, "config" | "database">,
  workspaceId: string,
): Promise<string> {
  const secret = await readSecret(resources);
  return Buffer.from(hkdfSync("sha256", secret, workspaceId, "nines widget key", 32)).toString("hex");
}

/** The key from which the ids of anonymous answers are drawn. Unlike the one above, nobody is ever told it. */
export async function anonymousKeyOf(
  resources: Pick<Resources, "config" | "database">,
  surveyId: string,
): Promise<string> {
  const secret = await readSecret(resources);
  return Buffer.from(hkdfSync("sha256", secret, surveyId, "nines anonymous widget answers", 32)).toString(
    "hex",
  );
}

/** Whether this is the HMAC-SHA256 of a text, in hexadecimal. */
export function fits(key: string, text: string, signature: string): boolean {
  return timingSafeEqual(Buffer.from(signature, "hex"), createHmac("sha256", key).update(text).digest());
}

import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { readSecret } from "../../platform/accounts/read-secret.ts";
import type { Resources } from "../../platform/resources.ts";
import type { WidgetCustomer } from "./widget-answer.ts";

/**
 * The key with which a page's server signs who is looking at it: 64 hexadecimal digits, made from the server's secret
 * and not stored.
 */
export async function widgetKeyOf(
  resources: Pick<Resources, "config" | "database">,
  surveyId: string,
): Promise<string> {
  const secret = await readSecret(resources);
  return Buffer.from(hkdfSync("sha256", secret, surveyId, "nines widget key", 32)).toString("hex");
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

/** Whether the signature covers all that says who the customer is. Without id and e-mail there is nothing to sign. */
export function isSigned(key: string, { id, email, signature }: WidgetCustomer): boolean {
  const signed = [id, email].filter(Boolean).join("\n");
  if (!signed || !signature) return false;
  return timingSafeEqual(Buffer.from(signature, "hex"), createHmac("sha256", key).update(signed).digest());
}

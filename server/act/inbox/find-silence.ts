import { normaliseEmail } from "../../collect/customer.ts";
import type { Database } from "../../platform/database/open.ts";
import type { Silence } from "./case.ts";

/**
 * Why nobody can write to a customer by hand; null when somebody can. Whoever wants no more surveys can still be answered,
 * and whoever did not want to hear of their answer can be once they have written to us.
 */
export async function findSilence(
  db: Database,
  { workspaceId, customerId }: { workspaceId: string; customerId: string },
  responseId: string | null,
): Promise<Silence | null> {
  const customer = await db
    .selectFrom("customers")
    .select(["email", "anonymous", "verified"])
    .where("workspaceId", "=", workspaceId)
    .where("id", "=", customerId)
    .executeTakeFirst();
  if (!customer || customer.anonymous) return "anonymous";
  if (!customer.verified) return "unverified";
  if (customer.email === null) return "no_address";
  const suppressed = await db
    .selectFrom("suppressions")
    .select("reason")
    .where("key", "=", `email:${normaliseEmail(customer.email)}`)
    .where("workspaceId", "=", workspaceId)
    .execute();
  for (const reason of ["complained", "bounced"] as const)
    if (suppressed.some((each) => each.reason === reason)) return reason;
  return (await refusedContact(db, customerId, responseId)) ? "no_contact_wanted" : null;
}

async function refusedContact(db: Database, customerId: string, responseId: string | null): Promise<boolean> {
  if (responseId === null) return false;
  const answer = await db
    .selectFrom("responses")
    .select("mayContact")
    .where("customerId", "=", customerId)
    .where("id", "=", responseId)
    .executeTakeFirst();
  if (answer?.mayContact !== false) return false;
  const written = await db
    .selectFrom("messages")
    .select("id")
    .where("customerId", "=", customerId)
    .where("direction", "=", "in")
    .limit(1)
    .executeTakeFirst();
  return written === undefined;
}

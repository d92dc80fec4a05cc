import type { Accounts } from "./open-accounts.ts";

/** Begins a session for a person who has proved themselves; the `Set-Cookie` values to answer with. */
export async function signInHeaders(accounts: Accounts, personId: string): Promise<string[]> {
  const auth = await accounts.auth();
  const { headers } = await auth.api.signInPerson({ body: { personId }, returnHeaders: true });
  return headers.getSetCookie();
}

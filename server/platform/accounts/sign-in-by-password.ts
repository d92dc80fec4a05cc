import { isAPIError } from "better-auth/api";
import type { Context } from "hono";
import { Refusal } from "../errors.ts";
import type { Env } from "../http/router.ts";
import type { Resources } from "../resources.ts";
import { limitAttempts } from "./limit-attempts.ts";
import type { Accounts } from "./open-accounts.ts";

/**
 * Signs somebody in by e-mail and password, and sets the cookie. Counts the attempt before the password is looked at.
 * @throws Refusal when they do not belong together, or there were too many attempts
 */
export async function signInByPassword(
  c: Context<Env>,
  { config, database, clock }: Resources,
  accounts: Accounts,
  {
    email,
    password,
    rememberMe = true,
  }: { email: string; password: string; rememberMe?: boolean | undefined },
): Promise<{ id: string; name: string; email: string }> {
  await limitAttempts(database.db, clock, {
    what: "sign-in",
    address: c.var.address,
    limit: config.signInLimit,
  });
  const auth = await accounts.auth();
  const { headers, response } = await refusing(
    auth.api.signInEmail({
      body: { email, password, rememberMe },
      headers: c.req.raw.headers,
      returnHeaders: true,
    }),
  );
  passCookies(c, headers);
  return { id: response.user.id, name: response.user.name, email };
}

/** Answers with the cookies better-auth wants set. */
export function passCookies(c: Context<Env>, headers: Headers): void {
  for (const cookie of headers.getSetCookie()) c.header("set-cookie", cookie, { append: true });
}

const refusals: Record<string, () => Refusal> = {
  INVALID_EMAIL_OR_PASSWORD: () =>
    new Refusal("wrong_credentials", "This e-mail and this password do not belong together.", {
      reason: "wrong_credentials",
    }),
  INVALID_PASSWORD: () =>
    new Refusal("bad_input", "The current password is not right.", { reason: "wrong_password" }),
  INVALID_TOKEN: () =>
    new Refusal(
      "bad_input",
      "The token of this link was used, or is older than one hour. Ask for a new link.",
      {
        reason: "reset_token_closed",
      },
    ),
};

/** Turns better-auth's errors into refusals; what is unknown stays a bug. */
export async function refusing<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const code = isAPIError(error) ? error.body?.code : undefined;
    throw (code !== undefined && refusals[code]?.()) || error;
  }
}

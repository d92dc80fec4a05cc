import { betterAuth, type BetterAuthPlugin } from "better-auth";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";
import { newId } from "../ids.ts";
import { sendMail } from "../mail/send-mail.ts";
import { passwordResetMail } from "../mail/templates.ts";
import type { Resources } from "../resources.ts";
import { hashSessionTokens } from "./hash-session-tokens.ts";
import { hashPassword, verifyPassword } from "./password.ts";
import { longestPassword, shortestPassword } from "./person.ts";

const day = 86_400;

/**
 * better-auth on our tables: sign-in by password, sessions, password reset. Workspaces, members, invitations and API keys
 * are ours (docs/decisions/0010-accounts.md). It reads the system clock itself, not `Clock`.
 */
export function openAuth({ config, database, clock, log }: Resources, secret: string) {
  return betterAuth({
    appName: "Nines",
    baseURL: config.baseUrl,
    basePath: "/api/auth",
    secret,
    trustedOrigins: [new URL(config.baseUrl).origin],
    database: { db: database.db, type: "postgres", transaction: true },
    telemetry: { enabled: false },
    // Messages only: the arguments may hold addresses.
    logger: { level: "warn", log: (level, message) => log[level]({ from: "better-auth" }, message) },
    user: {
      modelName: "people",
      additionalFields: { language: { type: "string", required: false } },
    },
    session: {
      modelName: "sessions",
      fields: { userId: "personId" },
      expiresIn: 30 * day,
      updateAge: day,
    },
    account: { modelName: "credentials", fields: { userId: "personId" }, accountLinking: { enabled: false } },
    verification: { modelName: "verifications", storeIdentifier: "hashed" },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
      password: { hash: hashPassword, verify: verifyPassword },
      resetPasswordTokenExpiresIn: 3600,
      revokeSessionsOnPasswordReset: true,
      // The address is ours: better-auth's own link would be a GET that acts, and its host could come from the request.
      sendResetPassword: async ({ user, token }) => {
        const person = user as typeof user & { language?: string | null };
        const link = `${config.baseUrl}/reset-password?token=${token}`;
        const mail = passwordResetMail({ name: user.name, link, language: person.language });
        await sendMail(database.db, clock, { ...mail, to: user.email, personId: user.id });
      },
    },
    // limit-attempts.ts counts in one atomic statement, by an address we trust.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: "nines",
      useSecureCookies: config.baseUrl.startsWith("https://"),
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax" },
      database: { generateId: () => newId(clock) },
      ipAddress: { disableIpTracking: true },
      // Said outright, because better-auth leaves it out by default when it believes it is being tested.
      disableOriginCheck: false,
      // Ours is stricter and knows the Host header: http/refuse-other-sites.ts.
      disableCSRFCheck: true,
    },
    plugins: [hashSessionTokens, signInPerson],
  });
}

export type Auth = ReturnType<typeof openAuth>;

/** Signs a person in who has proved themselves otherwise, by an invitation link or by making the first workspace. */
const signInPerson = {
  id: "sign-in-person",
  endpoints: {
    // No path, so no request reaches it.
    signInPerson: createAuthEndpoint(
      { method: "POST", body: z.object({ personId: z.string() }) },
      async (ctx) => {
        const { internalAdapter } = ctx.context;
        const user = await internalAdapter.findUserById(ctx.body.personId);
        if (!user) throw ctx.error("NOT_FOUND");
        const session = await internalAdapter.createSession(user.id);
        await setSessionCookie(ctx, { session, user });
        return ctx.json({ personId: user.id });
      },
    ),
  },
} satisfies BetterAuthPlugin;

import type { BetterAuthPlugin } from "better-auth";
import { hashToken } from "./hash-token.ts";

type Context = Parameters<NonNullable<BetterAuthPlugin["init"]>>[0];
type Adapter = Context["adapter"];
type Where = NonNullable<Parameters<Adapter["findMany"]>[0]["where"]>[number];
type Call = {
  model: string;
  where?: Where[];
  data?: Record<string, unknown>;
  update?: Record<string, unknown>;
};

/**
 * Keeps session tokens hashed, so that a copy of the database signs nobody in; better-auth stores them as they are.
 * It sits between better-auth and its adapter: hashes on the way in, and gives the token back that the caller knew.
 */
export const hashSessionTokens = {
  id: "hash-session-tokens",
  init: (context) => ({ context: { adapter: hashing(context.adapter) } }),
} satisfies BetterAuthPlugin;

const calls = [
  "create",
  "findOne",
  "findMany",
  "count",
  "update",
  "updateMany",
  "delete",
  "deleteMany",
  "consumeOne",
  "incrementOne",
] as const;

function hashing(adapter: Adapter): Adapter {
  const wrapped = { ...adapter };
  for (const name of calls) {
    const original = adapter[name].bind(adapter) as (call: Call) => Promise<unknown>;
    Object.assign(wrapped, { [name]: (call: Call) => withHashedToken(call, original) });
  }
  wrapped.transaction = (work) =>
    adapter.transaction((inside) => work(hashing(inside as Adapter) as Parameters<typeof work>[0]));
  return wrapped;
}

async function withHashedToken(call: Call, run: (call: Call) => Promise<unknown>): Promise<unknown> {
  if (call.model !== "session") return run(call);
  let known: string | undefined;
  const hashed = (token: string) => {
    known = token;
    return hashToken(token);
  };
  const row = await run({
    ...call,
    ...(call.where && { where: call.where.map((each) => hashWhere(each, hashed)) }),
    ...(call.data && { data: hashRow(call.data, hashed) }),
    ...(call.update && { update: hashRow(call.update, hashed) }),
  });
  if (known === undefined || typeof row !== "object" || row === null || !("token" in row)) return row;
  return { ...row, token: known };
}

function hashWhere(where: Where, hashed: (token: string) => string): Where {
  if (where.field !== "token") return where;
  const { value } = where;
  if (Array.isArray(value)) return { ...where, value: value.map((each) => hashToken(String(each))) };
  return { ...where, value: hashed(String(value)) };
}

function hashRow(row: Record<string, unknown>, hashed: (token: string) => string) {
  return typeof row["token"] === "string" ? { ...row, token: hashed(row["token"]) } : row;
}

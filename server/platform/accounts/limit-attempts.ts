import { sql } from "kysely";
import type { Clock } from "../clock.ts";
import type { Database } from "../database/open.ts";
import { Refusal } from "../errors.ts";

const minute = 60_000;

/**
 * Counts an attempt at something that can be guessed (password, set-up token, invitation link) and refuses beyond the
 * limit of the minute. One statement counts and reads, so attempts at the same moment, also in other processes, cannot
 * pass together.
 */
export async function limitAttempts(
  db: Database,
  clock: Clock,
  { what, address, limit }: { what: string; address: string; limit: number },
): Promise<void> {
  const key = `${what} ${network(address)}`;
  const now = clock.now();
  const until = new Date(now.getTime() + minute);
  const { rows } = await sql<{ count: number; until: Date }>`
    insert into rate_limits (key, count, until) values (${key}, 1, ${until})
    on conflict (key) do update set
      count = case when rate_limits.until <= ${now} then 1 else rate_limits.count + 1 end,
      until = case when rate_limits.until <= ${now} then ${until} else rate_limits.until end
    returning count, until`.execute(db);
  const row = rows[0];
  if (!row) return;
  if (row.count === 1) await db.deleteFrom("rateLimits").where("until", "<=", now).execute();
  if (row.count <= limit) return;
  const wait = Math.max(1, Math.ceil((row.until.getTime() - now.getTime()) / 1000));
  throw new Refusal("too_many", `Too many attempts. Wait ${wait} seconds, then try again.`, {
    reason: "too_many_attempts",
    values: { seconds: wait },
    retryAfterSeconds: wait,
  });
}

/** Whoever has an IPv6 address has a whole /64 of them. */
function network(address: string): string {
  if (!address.includes(":") || address.includes(".")) return address;
  const [head = "", tail = ""] = address.split("::");
  const groups = head.split(":").filter(Boolean);
  const rest = tail.split(":").filter(Boolean);
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => "0");
  return [...groups, ...zeros, ...rest].slice(0, 4).join(":");
}

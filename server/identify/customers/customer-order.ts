import { type RawBuilder, sql } from "kysely";
import { Refusal } from "../../platform/errors.ts";
import { type CustomerSort, sorts } from "./customer.ts";

interface Order {
  /** Of the customer `c`, the standing `s` and the engagement `e`. */
  key: RawBuilder<unknown>;
  type: "text" | "double precision" | "timestamptz";
  direction: "asc" | "desc";
}

/** In which order customers can be listed; whoever has no value comes last, and of equals the newest first. */
const orders: Record<CustomerSort, Order> = {
  newest: { key: sql`null::text`, type: "text", direction: "asc" },
  name: {
    key: sql`lower(coalesce(c.name, c.email, c.external_id, c.phone))`,
    type: "text",
    direction: "asc",
  },
  score: { key: sql`s.score`, type: "double precision", direction: "asc" },
  answered: { key: sql`s.answered_at`, type: "timestamptz", direction: "desc" },
  active: { key: sql`e.last_at`, type: "timestamptz", direction: "desc" },
  change: { key: sql`s.change`, type: "double precision", direction: "asc" },
  revenue: { key: sql`s.revenue`, type: "double precision", direction: "desc" },
};

/** What a customer is sorted by, as text, for the cursor. */
export function sortKey(sort: CustomerSort): RawBuilder<string | null> {
  return sql<string | null>`(${orders[sort].key})::text`;
}

export function orderBy(sort: CustomerSort): RawBuilder<unknown> {
  // The order of an index; with the rest in front it would not be used.
  if (sort === "newest") return sql`c.id desc`;
  const { key, direction } = orders[sort];
  return sql`${key} ${sql.raw(direction)} nulls last, c.id desc`;
}

/** Where a page of customers ended: the value it is sorted by, and the id. */
interface Cursor {
  sort: CustomerSort;
  key: string | null;
  id: string;
}

export function writeCursor({ sort, key, id }: Cursor): string {
  return Buffer.from(JSON.stringify([sort, key, id])).toString("base64url");
}

/** The condition that a customer comes after the page that ended so. @throws Refusal when it is no cursor of this list */
export function after(cursor: string, sort: CustomerSort): RawBuilder<boolean> {
  const { key, id } = readCursor(cursor, sort);
  const isOlder = sql`c.id < ${id}::uuid`;
  if (sort === "newest") return sql<boolean>`(${isOlder})`;
  const { key: own, type, direction } = orders[sort];
  if (key === null) return sql<boolean>`(${own} is null and ${isOlder})`;
  const value = sql`${key}::text::${sql.raw(type)}`;
  const beyond = sql.raw(direction === "asc" ? ">" : "<");
  return sql<boolean>`(${own} ${beyond} ${value} or ${own} = ${value} and ${isOlder} or ${own} is null)`;
}

function readCursor(text: string, sort: CustomerSort): Cursor {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    if (Array.isArray(parts)) {
      const [named, key, id] = parts as unknown[];
      const isKey = key === null || (typeof key === "string" && isOfType(key, orders[sort].type));
      const isId = typeof id === "string" && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(id);
      if (sorts.some((each) => each === sort) && named === sort && isKey && isId) return { sort, key, id };
    }
  } catch {
    // No JSON: refused below.
  }
  throw new Refusal("bad_input", "cursor: is not one of this list; take `next` of the page before.", {
    reason: "bad_cursor",
  });
}

function isOfType(key: string, type: Order["type"]): boolean {
  if (type === "text") return !key.includes("\u0000");
  if (type === "double precision") return key !== "" && Number.isFinite(Number(key));
  return /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/.test(key) && !Number.isNaN(Date.parse(key));
}

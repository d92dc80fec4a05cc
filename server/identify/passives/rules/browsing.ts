import { z } from "@hono/zod-openapi";
import { sql } from "kysely";
import { whole } from "../setting.ts";
import type { Rule } from "../rule.ts";

const settings = z.strictObject({
  events: z
    .array(z.string().trim().min(1).max(200))
    .min(1, "name at least one event")
    .max(50, "at most 50 events")
    .default([
      "Product Viewed",
      "Product List Viewed",
      "Products Searched",
      "Product Added",
      "Product Clicked",
    ])
    .describe("Names of the events that are looking at products."),
  times: whole(1, 1_000).default(7).describe("How often at least, lately."),
  days: whole(7, 365).default(90).describe("Without a purchase for so many days."),
});

/** Looks at products again and again, and does not buy. */
export const browsing: Rule<typeof settings> = {
  settings,
  holds: ({ times, days }) => sql<boolean>`(f.active and f.browsed >= ${times}::float8
    and coalesce(f.first_at, f.now) <= f.now - ${days}::integer * interval '1 day'
    and (f.bought_at is null or f.bought_at < f.now - ${days}::integer * interval '1 day'))`,
  values: ({ days }) => sql`jsonb_build_object('times', round(f.browsed::numeric), 'days', ${days}::integer,
    'last', f.bought_at::date)`,
};

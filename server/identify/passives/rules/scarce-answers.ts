import { z } from "@hono/zod-openapi";
import { sql } from "kysely";
import { whole } from "../setting.ts";
import type { Rule } from "../rule.ts";

const settings = z.strictObject({
  asked: whole(1, 20).default(2).describe("How often asked at least."),
  days: whole(0, 60)
    .default(7)
    .describe("An invitation counts as unanswered after so many days. Also for who is called silent."),
});

/** Was asked again and again, and has never answered. */
export const scarceAnswers: Rule<typeof settings> = {
  settings,
  holds: ({ asked }) => sql<boolean>`(f.answers = 0 and f.unanswered >= ${asked}::integer)`,
  values: () => sql`jsonb_build_object('asked', f.unanswered)`,
};

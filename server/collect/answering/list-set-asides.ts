import { z } from "@hono/zod-openapi";
import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { readCursor, writeCursor } from "../cursor.ts";
import { setAsideReasons } from "./judge-answer.ts";

/** An answer that looks like a machine's, as the API shows it. */
export const SetAside = z
  .object({
    id: z.uuid(),
    customerId: z.uuid(),
    invitationId: z.uuid().nullable(),
    at: z.iso.datetime(),
    score: z.int(),
    reason: z.enum(setAsideReasons).describe("See docs/methods/human-answers.md."),
    channel: z.string(),
    language: z.string().nullable(),
    overriddenAt: z.iso.datetime().nullable().describe("When a person answered by the same link after all."),
    customer: z.object({ name: z.string().nullable(), email: z.string().nullable() }),
  })
  .openapi("SetAside");
export type SetAside = z.infer<typeof SetAside>;

export interface SetAsidePage {
  items: SetAside[];
  /** Cursor of the next page; null on the last. */
  next: string | null;
}

/** The answers of a survey that were set aside, newest first. @throws Refusal for a cursor that is not ours */
export async function listSetAsides(
  db: Database,
  workspaceId: string,
  surveyId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<SetAsidePage> {
  const after = cursor === undefined ? undefined : readCursor(cursor);
  if (cursor !== undefined && !after)
    throw new Refusal("bad_input", "cursor: take it from `next` of the page before.");
  const rows = await db
    .selectFrom("setAsides as a")
    .leftJoin("customers as c", "c.id", "a.customerId")
    .where("a.workspaceId", "=", workspaceId)
    .where("a.surveyId", "=", surveyId)
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(a.at, a.id) < (${after!.at}::timestamptz, ${after!.id}::uuid)`),
    )
    .select(["a.id", "a.customerId", "a.invitationId", "a.at", "a.score", "a.reason", "a.channel"])
    .select(["a.language", "a.overriddenAt", "c.name", "c.email"])
    .select(sql<string>`to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as("exactAt"))
    .orderBy("a.at", "desc")
    .orderBy("a.id", "desc")
    .limit(limit + 1)
    .execute();
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map((row) => ({
      id: row.id,
      customerId: row.customerId,
      invitationId: row.invitationId,
      at: row.at.toISOString(),
      score: row.score,
      reason: row.reason as SetAside["reason"],
      channel: row.channel,
      language: row.language,
      overriddenAt: row.overriddenAt?.toISOString() ?? null,
      customer: { name: row.name, email: row.email },
    })),
    next: last ? writeCursor({ at: last.exactAt, id: last.id }) : null,
  };
}

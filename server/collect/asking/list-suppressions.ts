import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { SuppressedAddress, SuppressionFilter } from "./suppression.ts";

const prefix = "email:";

/** One page of addresses that are never asked, newest first, and how many there are in all. */
export async function listSuppressions(
  db: Database,
  workspaceId: string,
  filter: SuppressionFilter,
  { cursor, limit = 100 }: { cursor?: string | undefined; limit?: number } = {},
): Promise<{ items: SuppressedAddress[]; next: string | null; total: number }> {
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const rows = await select(db, workspaceId, filter)
    .leftJoin("surveys as v", (join) =>
      join.onRef("v.id", "=", "s.surveyId").onRef("v.workspaceId", "=", "s.workspaceId"),
    )
    .select(["s.key", "s.reason", "s.at", "s.source", "s.detail", "v.id as surveyId", "v.name as surveyName"])
    .select(exactAt.as("exactAt"))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(s.at, s.key) < (${after?.at}::timestamptz, ${after?.key})`),
    )
    .orderBy("s.at", "desc")
    .orderBy("s.key", "desc")
    .limit(limit + 1)
    .execute();
  const { total } = await select(db, workspaceId, filter)
    .select(({ fn }) => fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map((row) => ({
      key: row.key,
      address: row.key.slice(prefix.length),
      reason: row.reason,
      at: row.at.toISOString(),
      source: row.source,
      detail: row.detail,
      survey: row.surveyId ? { id: row.surveyId, name: row.surveyName ?? "" } : null,
    })),
    next: last ? Buffer.from(`${last.exactAt} ${last.key}`).toString("base64url") : null,
    total,
  };
}

const exactAt = sql<string>`to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

function select(db: Database, workspaceId: string, { reason, text }: SuppressionFilter) {
  return db
    .selectFrom("suppressions as s")
    .where("s.workspaceId", "=", workspaceId)
    .where(sql<boolean>`starts_with(s.key, ${prefix})`)
    .$if(reason !== undefined, (query) => query.where("s.reason", "=", reason!))
    .$if(text !== undefined, (query) =>
      query.where(sql<boolean>`position(lower(${text}) in substr(s.key, ${prefix.length + 1})) > 0`),
    );
}

function readCursor(text: string): { at: string; key: string } {
  const [, at, key] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) (email:[^\0]{1,320})$/.exec(
      Buffer.from(text, "base64url").toString(),
    ) ?? [];
  if (at && key && !Number.isNaN(Date.parse(at)) && at > "0001") return { at, key };
  throw new Refusal("bad_input", "cursor: is not one of ours; take `next` of the page before.");
}

import { sql } from "kysely";
import type { Database } from "../platform/database/open.ts";
import { Refusal } from "../platform/errors.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { categoryOf, type Response, type ResponseFilter, scoresOf } from "./response.ts";
import { scoreDaysNow } from "./score-sums.ts";

const countedTo = 10_000;

interface ResponsePage {
  items: Response[];
  next: string | null;
  total: number | null;
  totalIsExact: boolean;
}

/** One page of responses, newest first, and how many there are in all. */
export async function listResponses(
  db: Database,
  workspaceId: string,
  filter: ResponseFilter,
  { cursor, limit = 100 }: { cursor?: string | undefined; limit?: number } = {},
): Promise<ResponsePage> {
  const after = cursor === undefined ? undefined : readCursor(cursor);
  if (cursor !== undefined && !after)
    throw new Refusal("bad_input", "cursor: is not one of ours; take `next` of the page before.");
  const surveys = filter.survey ? [filter.survey] : await surveyIds(db, workspaceId);
  // One survey at a time, because the index is in the order of time within a survey.
  const pages = await Promise.all(
    surveys.map(async (surveyId) => {
      const page = select(db, workspaceId, { ...filter, survey: surveyId });
      const rest = after
        ? page.where(sql<boolean>`(r.at, r.id) < (${after.at}::timestamptz, ${after.id}::uuid)`)
        : page;
      return rest
        .orderBy("r.at", "desc")
        .orderBy("r.id", "desc")
        .limit(limit + 1)
        .execute();
    }),
  );
  const rows = pages.flat().sort((a, b) => compare(b.exactAt, a.exactAt) || compare(b.id, a.id));
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map(toResponse),
    next: last ? writeCursor({ at: last.exactAt, id: last.id }) : null,
    ...(await countResponses(db, workspaceId, filter)),
  };
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

async function surveyIds(db: Database, workspaceId: string): Promise<string[]> {
  const rows = await db.selectFrom("surveys").select("id").where("workspaceId", "=", workspaceId).execute();
  return rows.map(({ id }) => id);
}

/** Responses with what is shown of their customers. */
export function selectResponses(db: Database, workspaceId: string) {
  return (
    db
      .selectFrom("responses as r")
      .leftJoin("customers as c", "c.id", "r.customerId")
      .leftJoin("accounts as a", "a.id", "c.accountId")
      .where("r.workspaceId", "=", workspaceId)
      .select([
        "r.id",
        "r.customerId",
        "r.surveyId",
        "r.at",
        "r.score",
        "r.comment",
        "r.language",
        "r.channel",
        "r.weight",
        "r.traits",
        "r.sourceId",
        "r.importId",
        "c.name",
        "c.email",
        "c.externalId",
        "c.anonymous",
        "c.verified",
        "a.id as accountId",
        "a.name as accountName",
      ])
      // With its microseconds, which a Date would lose.
      .select(sql<string>`to_char(r.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as("exactAt"))
  );
}

type ResponseRow = Awaited<ReturnType<ReturnType<typeof selectResponses>["execute"]>>[number];

/** The row of a response as it is shown. */
export function toResponse(row: ResponseRow): Response {
  const {
    name,
    email,
    externalId,
    anonymous,
    verified,
    accountId,
    accountName,
    exactAt: _,
    ...response
  } = row;
  return {
    ...response,
    at: row.at.toISOString(),
    category: categoryOf(row.score),
    customer: {
      id: row.customerId,
      name,
      email,
      externalId,
      account: accountId ? { id: accountId, name: accountName } : null,
      anonymous: anonymous ?? true,
      verified: verified ?? true,
    },
  };
}

function select(db: Database, workspaceId: string, filter: ResponseFilter) {
  const { survey, from, to, language, channel, text } = filter;
  const scores = chosenScores(filter);
  return selectResponses(db, workspaceId)
    .$if(survey !== undefined, (query) => query.where("r.surveyId", "=", survey!))
    .$if(scores !== undefined, (query) => query.where(sql<boolean>`r.score = any (${scores}::int[])`))
    .$if(from !== undefined, (query) => query.where("r.at", ">=", new Date(from!)))
    .$if(to !== undefined, (query) => query.where(sql<boolean>`r.at < ${to}::date + 1`))
    .$if(language !== undefined, (query) => query.where("r.language", "=", language!))
    .$if(channel !== undefined, (query) => query.where("r.channel", "=", channel!))
    .$if(text !== undefined, (query) => query.where("r.comment", "ilike", contains(text!)));
}

/** The scores that a filter lets through; undefined for all. */
function chosenScores({ category, score }: ResponseFilter): number[] | undefined {
  const ofCategories = category?.flatMap(scoresOf);
  if (!score) return ofCategories;
  return ofCategories ? score.filter((each) => ofCategories.includes(each)) : score;
}

function contains(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

async function countResponses(
  db: Database,
  workspaceId: string,
  filter: ResponseFilter,
): Promise<Pick<ResponsePage, "total" | "totalIsExact">> {
  // The score days know days, scores, and one of channel and language.
  if (filter.text === undefined && (filter.language === undefined || filter.channel === undefined))
    return { total: await countInScoreDays(db, workspaceId, filter), totalIsExact: true };
  const some = select(db, workspaceId, filter).clearSelect().select("r.id").limit(countedTo);
  const { n } = await db
    .selectFrom(some.as("some"))
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow();
  return { total: n, totalIsExact: n < countedTo };
}

async function countInScoreDays(db: Database, workspaceId: string, filter: ResponseFilter): Promise<number> {
  const { survey, from, to, language, channel } = filter;
  const attribute = language === undefined ? (channel === undefined ? "" : "channel") : "language";
  const scores = chosenScores(filter) ?? [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum((select sum(counts[score + 1]) from unnest(${scores}::int[]) as score)), 0)::integer as n
    from ${scoreDaysNow(workspaceId, { surveyId: survey, attributes: [attribute] })} as days
    where value = ${language ?? channel ?? ""}
      and day between coalesce(${from ?? null}::date, '-infinity') and coalesce(${to ?? null}::date, 'infinity')
  `.execute(db);
  return rows[0]?.n ?? 0;
}

import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import type { CaseDetails } from "./case.ts";
import { sharedWords, wordsOf } from "./shared-words.ts";

const withinDays = 180;
/** So many of the newest comments are compared. */
const mostCompared = 2_000;
const mostShown = 10;

/** Other customers whose comments share the rarest words with this one. */
export async function findSimilar(
  db: Database,
  { workspaceId, customerId, comment }: { workspaceId: string; customerId: string; comment: string | null },
  now: Date,
): Promise<CaseDetails["similar"]> {
  if (!comment || wordsOf(comment).size === 0) return [];
  const since = new Date(now.getTime() - withinDays * 24 * 3_600_000);
  const surveys = await db
    .selectFrom("surveys")
    .select("id")
    .where("workspaceId", "=", workspaceId)
    .where("anonymous", "=", false)
    .execute();
  const pages = await Promise.all(surveys.map(({ id }) => newestComments(db, workspaceId, id, since)));
  const others = pages
    .flat()
    .filter((each) => each.customerId !== customerId)
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, mostCompared);
  return sharedWords(comment, others)
    .slice(0, mostShown)
    .map(({ item, words }) => ({
      customer: { id: item.customerId, name: item.name },
      at: item.at.toISOString(),
      score: item.score,
      comment: item.comment,
      language: item.language,
      words,
    }));
}

interface Comment {
  customerId: string;
  name: string | null;
  at: Date;
  score: number;
  comment: string;
  language: string | null;
}

async function newestComments(
  db: Database,
  workspaceId: string,
  surveyId: string,
  since: Date,
): Promise<Comment[]> {
  const { rows } = await sql<Comment>`
    select r.customer_id as "customerId", coalesce(c.name, a.name, c.email, c.external_id) as name, r.at, r.score,
      left(r.comment, 1000) as comment, r.language
    from responses r join customers c on c.id = r.customer_id
      left join accounts a on a.workspace_id = r.workspace_id and a.id = c.account_id
    where r.workspace_id = ${workspaceId}::uuid and r.survey_id = ${surveyId}::uuid and r.at >= ${since}
      and r.comment is not null and not c.anonymous
    order by r.at desc limit ${mostCompared}`.execute(db);
  return rows;
}

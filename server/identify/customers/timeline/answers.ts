import { sql } from "kysely";
import type { SetAsideReason } from "../../../collect/answering/judge-answer.ts";
import type { Database } from "../../../platform/database/open.ts";
import type { TimelineItem, Wanted } from "./timeline.ts";
import { until } from "./until.ts";

type Of<Kind extends TimelineItem["kind"]> = Extract<TimelineItem, { kind: Kind }>;

/** The answers, what they were before they were changed, and what was sent in their name and set aside. */
export async function readAnswers(db: Database, wanted: Wanted): Promise<TimelineItem[]> {
  const found = await Promise.all([answers(db, wanted), changes(db, wanted), setAsides(db, wanted)]);
  return found.flat();
}

async function answers(
  db: Database,
  { workspaceId, customerId, upTo, limit }: Wanted,
): Promise<Of<"answer">[]> {
  // The one before is looked for among all, not only among those of this page.
  const { rows } = await sql<Omit<Of<"answer">, "kind" | "at" | "survey"> & Named>`
    select r.id, r.at, r.survey_id as "surveyId", s.name, r.score, r.comment, r.language, r.channel, r.state, (
        select b.score from responses b
        where b.customer_id = r.customer_id and (b.at, b.id) < (r.at, r.id) order by b.at desc, b.id desc limit 1
      ) as "previousScore"
    from responses r join surveys s on s.id = r.survey_id
    where r.workspace_id = ${workspaceId}::uuid and r.customer_id = ${customerId}::uuid and ${until("r.at", upTo)}
    order by r.at desc, r.id desc limit ${limit}`.execute(db);
  const shown = (row: (typeof rows)[number]) => ({ kind: "answer" as const, ...withSurvey(row) });
  return rows.map(shown);
}

async function changes(
  db: Database,
  { workspaceId, customerId, upTo, limit }: Wanted,
): Promise<Of<"change">[]> {
  const { rows } = await sql<Omit<Of<"change">, "kind" | "at" | "survey"> & Named>`
    select h.id, h.at, h.response_id as "responseId", h.score, h.comment, r.survey_id as "surveyId", s.name
    from response_changes h join responses r on r.customer_id = h.customer_id and r.id = h.response_id
      join surveys s on s.id = r.survey_id
    where h.workspace_id = ${workspaceId}::uuid and h.customer_id = ${customerId}::uuid and ${until("h.at", upTo)}
    order by h.at desc, h.id desc limit ${limit}`.execute(db);
  const shown = (row: (typeof rows)[number]) => ({ kind: "change" as const, ...withSurvey(row) });
  return rows.map(shown);
}

async function setAsides(
  db: Database,
  { workspaceId, customerId, upTo, limit }: Wanted,
): Promise<Of<"set_aside">[]> {
  const { rows } = await sql<
    { id: string; score: number; reason: SetAsideReason; overriddenAt: Date | null } & Named
  >`
    select a.id, a.at, a.score, a.reason, a.overridden_at as "overriddenAt", a.survey_id as "surveyId", s.name
    from set_asides a join surveys s on s.id = a.survey_id
    where a.workspace_id = ${workspaceId}::uuid and a.customer_id = ${customerId}::uuid and ${until("a.at", upTo)}
    order by a.at desc, a.id desc limit ${limit}`.execute(db);
  const shown = ({ overriddenAt, ...row }: (typeof rows)[number]) => ({
    kind: "set_aside" as const,
    ...withSurvey(row),
    overriddenAt: overriddenAt?.toISOString() ?? null,
  });
  return rows.map(shown);
}

interface Named {
  at: Date;
  surveyId: string;
  name: string;
}

function withSurvey<Row extends Named>({ at, surveyId, name, ...row }: Row) {
  return { ...row, at: at.toISOString(), survey: { id: surveyId, name } };
}

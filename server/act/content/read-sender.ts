import type { SurveyContent } from "../../collect/surveys/survey-content.ts";
import type { Database } from "../../platform/database/open.ts";

/** How a workspace looks in its mails. */
export interface Sender {
  company: string;
  accent: string | null;
  logo: string | null;
  postalAddress: string | null;
  privacyLink: string | null;
  timeZone: string;
  /** The words of its survey, by language, where it has any of its own. */
  languages: SurveyContent["languages"];
}

/** As customers know the workspace from its newest live survey; without one, under the name of the workspace. */
export async function readSender(db: Database, workspaceId: string): Promise<Sender | undefined> {
  const row = await db
    .selectFrom("workspaces as w")
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom("surveys as s")
          .innerJoin("surveyVersions as v", (join) =>
            join.onRef("v.surveyId", "=", "s.id").onRef("v.number", "=", "s.version"),
          )
          .select("v.content")
          .whereRef("s.workspaceId", "=", "w.id")
          .where("s.state", "in", ["live", "paused"])
          .orderBy("s.state")
          .orderBy("s.liveSince", (order) => order.desc().nullsLast())
          .limit(1)
          .as("v"),
      (join) => join.onTrue(),
    )
    .select(["w.name", "w.timeZone", "v.content"])
    .where("w.id", "=", workspaceId)
    .executeTakeFirst();
  if (!row) return undefined;
  const content = row.content as SurveyContent | null;
  const { timeZone } = row;
  if (!content)
    return {
      company: row.name,
      accent: null,
      logo: null,
      postalAddress: null,
      privacyLink: null,
      timeZone,
      languages: {},
    };
  const { company, branding, postalAddress, privacyLink, languages } = content;
  return { company, ...branding, postalAddress, privacyLink, timeZone, languages };
}

import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { SurveySettings } from "../surveys/survey-settings.ts";
import { countAudience } from "./count-audience.ts";
import { expectAnswers } from "./expect-answers.ts";
import type { Forecast } from "./forecast.ts";
import { countOutlook, type Outlook } from "./count-outlook.ts";
import { readCapLeft } from "./daily-cap.ts";
import { planDays } from "./plan-days.ts";
import type { Segments } from "./segments.ts";
import type { Asking } from "./turn.ts";

/** What these settings of a survey would do if they were published now. @throws Refusal when there is no such survey */
export async function forecastAsking(
  db: Database,
  segments: Segments,
  clock: Clock,
  { workspaceId, surveyId, settings }: { workspaceId: string; surveyId: string; settings: SurveySettings },
): Promise<Forecast> {
  const now = clock.now();
  const survey = await readAsking(db, { workspaceId, surveyId, settings }, now);
  const { rhythm, channels, audience } = settings;
  if (!channels.email || rhythm.kind === "manual" || rhythm.kind === "after") {
    const customers = await countAudience(db, segments, { workspaceId, audience }, now);
    return { customers, due: 0, heldBack: [], asked: 0, nextAt: null, nextN: 0, expected: null };
  }
  const outlook = await countOutlook(db, segments, survey, now);
  const capLeft = await readCapLeft(db, survey, now);
  const { asked, nextAt, nextN } = planDays(survey, outlook, { capLeft, now });
  return {
    customers: outlook.customers,
    due: outlook.due,
    heldBack: withCap(outlook, capLeft),
    asked,
    nextAt: nextAt?.toISOString() ?? null,
    nextN,
    expected: await expectAnswers(db, workspaceId, asked, now),
  };
}

function withCap({ heldBack, ready }: Outlook, capLeft: number): Forecast["heldBack"] {
  const over = ready - capLeft;
  return over > 0 ? [...heldBack, { reason: "cap", n: over }] : heldBack;
}

async function readAsking(
  db: Database,
  { workspaceId, surveyId, settings }: { workspaceId: string; surveyId: string; settings: SurveySettings },
  now: Date,
): Promise<Asking & { workspaceTimeZone: string }> {
  const row = await db
    .selectFrom("surveys as s")
    .innerJoin("workspaces as w", "w.id", "s.workspaceId")
    .select(["s.state", "s.liveSince", "w.timeZone as workspaceTimeZone"])
    .where("s.workspaceId", "=", workspaceId)
    .where("s.id", "=", surveyId)
    .executeTakeFirst();
  if (!row)
    throw new Refusal("not_found", "There is no such survey here; take an id from GET /api/v1/surveys.", {
      reason: "no_such_survey",
    });
  const liveSince = (row.state === "live" ? row.liveSince : null) ?? now;
  return { workspaceId, id: surveyId, liveSince, settings, workspaceTimeZone: row.workspaceTimeZone };
}

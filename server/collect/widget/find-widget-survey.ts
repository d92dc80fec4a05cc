import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { type PublishedSurvey, readPublishedSurvey } from "../surveys/published-survey.ts";

/**
 * A survey whose widget is switched on, in the version that was shown.
 * @param options.answering answers are also taken while it is paused: they may have been kept in a browser
 * @throws Refusal `not_found` for any other
 */
export async function findWidgetSurvey(
  db: Database,
  id: string,
  { version, answering = false }: { version?: number; answering?: boolean } = {},
): Promise<PublishedSurvey> {
  const survey = await readPublishedSurvey(db, id, version);
  const isOpen = survey?.state === "live" || (answering && survey?.state === "paused");
  if (survey && isOpen && survey.settings.channels.widget) return survey;
  throw new Refusal(
    "not_found",
    "There is no live survey with this id that asks in the widget. Switch the widget on in the survey's settings, and publish it.",
    { reason: "no_widget_survey" },
  );
}

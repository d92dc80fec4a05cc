import { lockContactBudget } from "../../collect/asking/contact-budget.ts";
import { nextForCustomer } from "../../collect/asking/hours.ts";
import { writeInvitations } from "../../collect/asking/write-invitations.ts";
import { chooseLanguage } from "../../collect/surveys/complete-texts.ts";
import { type PublishedSurvey, readPublishedSurvey } from "../../collect/surveys/published-survey.ts";
import type { Database } from "../../platform/database/open.ts";
import { idOf } from "../../platform/ids.ts";
import type { StepOf } from "../plays/play-step.ts";
import { readLastContacts, restsUntil } from "./contact-times.ts";
import { hour } from "./playing.ts";
import { type DueRun, laterOrSkip, type Outcome, type Outcomes } from "./under-way.ts";

/**
 * Asks customers whose day has come, in both arms and in the same words. Between two asks lie the days that the survey
 * promises, between an ask and anything else those of the play: so mails of the play, which only one arm gets, keep nobody
 * from being asked. In the caller's transaction.
 */
export async function askAgain(db: Database, runs: readonly DueRun[], now: Date): Promise<Outcomes> {
  const outcomes: Outcomes = new Map();
  for (const some of Map.groupBy(runs, (run) => stepOf(run).survey).values()) {
    const survey = await readPublishedSurvey(db, stepOf(some[0]!).survey);
    const { workspaceId } = some[0]!.play;
    await lockContactBudget(db, workspaceId);
    const last = await readLastContacts(
      db,
      some.map(({ customerId }) => customerId),
    );
    const asked = some.filter((run) => {
      const { restDays } = run.play.definition;
      const contacts = last(run.customerId);
      const rested = Math.max(
        restsUntil(contacts.any, restDays).getTime(),
        restsUntil(contacts.asked, survey?.settings.restDays ?? 0).getTime(),
      );
      const held = holdBack(run, survey, new Date(rested), now);
      if (held) outcomes.set(run.id, held);
      return !held;
    });
    if (!survey || asked.length === 0) continue;
    const invitationOf = ({ id }: DueRun) => idOf("invitation", "play", id);
    const made = await writeInvitations(
      db,
      survey,
      asked.map((run) => ({
        id: invitationOf(run),
        customerId: run.customerId,
        waveId: null,
        channel: "email" as const,
        language: chooseLanguage(survey.content, [run.person.language]),
        recipient: run.person.email,
        sendAfter: nextForCustomer(survey, run.person.timeZone, now),
        sourceId: null,
      })),
      now,
      // They have rested as this play says.
      { restDays: 0 },
    );
    const written = new Set(made.map(({ id }) => id));
    for (const run of asked) {
      const invitationId = invitationOf(run);
      const { next } = stepOf(run);
      if (written.has(invitationId))
        outcomes.set(run.id, { state: "done", next, result: { invitationId, surveyId: survey.id } });
      // Two enrolments of one customer whose day is the same.
      else outcomes.set(run.id, { state: "skipped", next, reason: "rest" });
    }
  }
  return outcomes;
}

function holdBack(
  run: DueRun,
  survey: PublishedSurvey | undefined,
  rested: Date,
  now: Date,
): Outcome | undefined {
  const { person, play, enrolment } = run;
  const { next } = stepOf(run);
  const skip = (reason: string): Outcome => ({ state: "skipped", reason, next });
  if (!survey || survey.workspaceId !== play.workspaceId || survey.state === "archived")
    return skip("survey_not_live");
  if (!survey.settings.channels.email) return skip("channel_off");
  if (person.unsubscribed) return skip("unsubscribed");
  if (person.email === null) return skip("no_address");
  if (person.bounced) return skip("bounced");
  if (person.complaint) return skip("complaint");
  const inAnHour = new Date(now.getTime() + hour);
  if (survey.state !== "live") return laterOrSkip(run, inAnHour, "survey_not_live", next);
  // As after a long pause of the play: an answer would count no more.
  if (enrolment.resultDue <= now) return skip("too_late");
  return rested > now ? laterOrSkip(run, rested, "rest", next) : undefined;
}

function stepOf({ play, step }: DueRun): StepOf<"ask"> {
  return play.steps.get(step) as StepOf<"ask">;
}

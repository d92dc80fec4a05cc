import type { ResponseRecorder } from "../collect/record-responses.ts";
import { insertSurvey } from "../collect/surveys/insert-survey.ts";
import { idOf } from "../platform/ids.ts";
import type { Resources } from "../platform/resources.ts";
import { quarterFrom } from "./quarters.ts";
import { sampleContent as content, sampleSettings as settings } from "./sample-survey.ts";
import type { SimulatedCompany } from "./simulate-company.ts";
import { simulateMail } from "./simulate-mail.ts";
import { storeAccounts, storeMail, storeSilent } from "./store-mail.ts";

/** The survey of a simulated company in this workspace: its id is known before it is stored. */
export function companySurvey(workspaceId: string) {
  return { id: idOf(workspaceId, "survey", "quarterly"), name: "Quarterly relationship survey" };
}

const batch = 1_000;

/** Stores what a simulated company asked, whom, and what they said, as asking and answering would have left it. */
export async function storeCompany(
  { database: { db }, clock }: Pick<Resources, "database" | "clock">,
  recorder: ResponseRecorder,
  workspaceId: string,
  company: SimulatedCompany,
): Promise<void> {
  const now = clock.now();
  const { answers } = company;
  const survey = companySurvey(workspaceId);
  // Asked since the first of its quarters, so that whose turn it is goes on from there.
  const since = { now: () => quarterFrom(now, 1 - company.truth.waves.length).start };
  await insertSurvey(db, since, { workspaceId, ...survey, content, settings });
  await storeAccounts(db, clock, workspaceId, company.accounts);
  for (let start = 0; start < answers.length; start += batch)
    await recorder.record(workspaceId, answers.slice(start, start + batch), { inTheMaking: true });
  const place = { workspaceId, surveyId: survey.id };
  await storeSilent(db, clock, place, company.customers);
  await storeMail(db, place, simulateMail(company, now));
}

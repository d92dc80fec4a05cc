import { createHmac } from "node:crypto";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import type { Resources } from "../../platform/resources.ts";
import { keepAnswer, type KeptAnswer } from "../answering/keep-answer.ts";
import { randomUuid } from "../answering/random-uuid.ts";
import { noteContacts } from "../asking/contact-budget.ts";
import { customerKeys, responseIdOf } from "../customer.ts";
import type { ResponseRecorder } from "../record-responses.ts";
import type { GivenDetails } from "../recording-plan.ts";
import { categoryOf, type NewResponse } from "../response.ts";
import { offeredLanguages } from "../surveys/complete-texts.ts";
import type { PublishedSurvey } from "../surveys/published-survey.ts";
import type { WidgetAnswer } from "./widget-answer.ts";
import { readCustomer } from "./widget-customer.ts";
import { anonymousKeyOf, widgetKeyOf } from "./widget-key.ts";

// An answer kept in a browser for longer is as if it were given then.
const longestKept = 30 * 24 * 3600;

/**
 * Stores an answer of the widget, or what became of it since. Without a signature whoever the page says gave it is a
 * claim: the answer counts, but belongs to a customer who is not verified, whatever customers there are already.
 * @throws Refusal when a signature does not fit
 */
export async function recordWidgetAnswer(
  resources: Resources,
  recorder: Pick<ResponseRecorder, "recordGiven">,
  survey: PublishedSurvey,
  sent: WidgetAnswer,
): Promise<KeptAnswer["outcome"]> {
  const { content, workspaceId, id: surveyId, settings } = survey;
  const now = resources.clock.now();
  const given: GivenDetails = {
    version: survey.version,
    state: sent.complete ? "confirmed" : "provisional",
    drivers: content.drivers[categoryOf(sent.score)].filter((id) => sent.drivers.includes(id)),
    mayContact: content.consent && !survey.anonymous ? (sent.mayContact ?? null) : null,
  };
  const answer: NewResponse = {
    surveyId,
    score: sent.score,
    comment: sent.comment,
    language: offeredLanguages(content).find((tag) => tag === sent.language),
    channel: "widget",
  };
  const kept = { workspaceId, surveyId, at: new Date(now.getTime() - ago(sent)) };
  const options = { changeDays: settings.changeDays };
  if (survey.anonymous) {
    const key = await anonymousKeyOf(resources, surveyId);
    const untraceable = { ...given, ...namesOf(key, sent.nonce), untraceable: true };
    const { id } = untraceable;
    const plain = { ...answer, channel: "link" };
    return (
      await keepAnswer(resources, recorder, { ...kept, id, answer: plain, given: untraceable }, options)
    ).outcome;
  }
  const said = sent.customer && readCustomer(await widgetKeyOf(resources, workspaceId), sent.customer);
  const sourceId = `widget:${sent.nonce}`;
  const who = said ? whoOf(said.customer) : {};
  const claimed = !said?.isSigned;
  const { id, customerId, outcome } = await keepAnswer(
    resources,
    recorder,
    {
      ...kept,
      id: responseIdOf(workspaceId, sourceId),
      answer: { ...answer, ...who, id: sourceId },
      claimed,
      given,
    },
    options,
  );
  if (!claimed && outcome === "recorded")
    await noteAsk(resources.database.db, survey, { id, customerId, at: now });
  return outcome;
}

const ago = ({ secondsAgo }: WidgetAnswer) => Math.min(secondsAgo, longestKept) * 1000;

/**
 * The ids of an anonymous answer and of whoever gave it. They follow from what the browser drew, so that it can try
 * again; but not without the server's secret, and the browser forgets it when the answer has arrived.
 */
function namesOf(key: string, nonce: string) {
  const draw = (what: string) => randomUuid(createHmac("sha256", key).update(`${what} ${nonce}`).digest());
  return { id: draw("answer"), customerId: draw("customer") };
}

/** What of a customer goes into the answer: of somebody without a key only the traits. */
function whoOf(customer: NonNullable<NewResponse["customer"]>): Pick<NewResponse, "customer" | "traits"> {
  return customerKeys(customer).length > 0 ? { customer } : { traits: customer.traits ?? undefined };
}

/** An answer is a contact: the surveys leave this customer in peace for a while. */
async function noteAsk(
  db: Database,
  { workspaceId, id: surveyId }: PublishedSurvey,
  { id, customerId, at }: { id: string; customerId: string; at: Date },
): Promise<void> {
  await inTransaction(db, async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    const customer = await db
      .selectFrom("customers")
      .select("id")
      .where("id", "=", customerId)
      .executeTakeFirst();
    if (!customer) return;
    await noteContacts(db, workspaceId, [{ customerId, id, at, kind: "invitation", surveyId, sourceId: id }]);
  });
}

import { readSecret } from "../../platform/accounts/read-secret.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import { lockWorkspace } from "../../platform/database/workspace-lock.ts";
import { Refusal } from "../../platform/errors.ts";
import { idOf, newId } from "../../platform/ids.ts";
import type { Resources } from "../../platform/resources.ts";
import { newInvitationTokens } from "../answering/invitation-token.ts";
import { chooseLanguage } from "../surveys/complete-texts.ts";
import { type PublishedSurvey, readPublishedSurvey } from "../surveys/published-survey.ts";
import { lockContactBudget, readRests } from "./contact-budget.ts";
import { ensureCustomer } from "./ensure-customer.ts";
import { findHold, type Standing } from "./find-hold.ts";
import { nextForCustomer } from "./hours.ts";
import { findNamedInvitation, nameInvitation } from "./named-invitation.ts";
import type { InvitationMade, NewInvitation } from "./new-invitation.ts";
import { writeInvitations } from "./write-invitations.ts";

const furthest = 365 * 24 * 3600 * 1000;

/**
 * Asks one customer because a program says so. Neither sampling nor the daily cap holds it back, but whoever rests, has
 * complained or wants no mail is left in peace. The same `id` twice makes one.
 * @throws Refusal with the reason why not
 */
export async function createInvitation(
  resources: Resources,
  workspaceId: string,
  order: NewInvitation,
): Promise<InvitationMade> {
  const { database, clock, config } = resources;
  const tokens = newInvitationTokens(await readSecret(resources));
  const invitationId = order.id ? idOf(workspaceId, "invitation", order.id) : newId(clock);
  const made = await inTransaction(database.db, async (db) => {
    await lockWorkspace(db, workspaceId, "shared");
    await lockContactBudget(db, workspaceId);
    const named = order.id ? await findNamedInvitation(db, workspaceId, invitationId) : undefined;
    if (named) return { ...named, known: true };
    const survey = await readLiveSurvey(db, workspaceId, order);
    const customerId = await ensureCustomer(db, clock, workspaceId, order.customer);
    const now = clock.now();
    const earliest = new Date(Math.max(now.getTime(), order.sendAt?.getTime() ?? 0));
    const standing = await findHold(db, survey, { customerId, channel: order.channel, at: earliest, now });
    if (standing.held) throw await heldBack(db, survey, standing, earliest);
    await invite(db, survey, { id: invitationId, order, standing, earliest, now });
    if (order.id) await nameInvitation(db, workspaceId, { customerId, id: invitationId });
    const state = order.channel === "email" ? ("queued" as const) : ("sent" as const);
    return { id: invitationId, customerId, state, channel: order.channel, tokenNumber: 1, known: false };
  });
  const { id, customerId, state, channel, tokenNumber, known } = made;
  const holder = { customerId, invitationId: id, number: tokenNumber };
  const url = channel === "api" ? `${config.baseUrl}/r/${tokens.sign("answer", holder)}` : null;
  return { id, customerId, state, url, known };
}

async function readLiveSurvey(
  db: Database,
  workspaceId: string,
  { surveyId, channel, sendAt }: NewInvitation,
): Promise<PublishedSurvey> {
  const survey = await readPublishedSurvey(db, surveyId);
  if (!survey || survey.workspaceId !== workspaceId) {
    throw new Refusal(
      "bad_input",
      `surveyId: there is no published survey ${surveyId} here; take an id from GET /api/v1/surveys.`,
      { reason: "no_such_survey" },
    );
  }
  if (survey.state !== "live") {
    throw new Refusal(
      "conflict",
      `This survey is ${survey.state}; publish it or let it go on before you invite.`,
      {
        reason: "survey_not_live",
      },
    );
  }
  if (channel === "email" && !survey.settings.channels.email) {
    throw new Refusal(
      "conflict",
      "This survey sends no e-mail; switch that channel on, or invite with channel api.",
      {
        reason: "channel_off",
      },
    );
  }
  if (channel === "api" && survey.anonymous) {
    throw new Refusal(
      "conflict",
      `This survey is anonymous; show its public link, /s/${surveyId}, instead.`,
      {
        reason: "survey_anonymous",
      },
    );
  }
  if (sendAt && sendAt.getTime() < 0)
    throw new Refusal("bad_input", "sendAt: is before 1970; leave it out for now.");
  return survey;
}

async function invite(
  db: Database,
  survey: PublishedSurvey,
  ask: { id: string; order: NewInvitation; standing: Standing; earliest: Date; now: Date },
): Promise<void> {
  const { id, order, standing, earliest, now } = ask;
  if (earliest.getTime() > now.getTime() + furthest)
    throw new Refusal("bad_input", "sendAt: lies more than a year ahead; send the order later.");
  const sendAfter =
    order.channel === "email" ? nextForCustomer(survey, standing.timeZone, earliest) : earliest;
  await writeInvitations(
    db,
    survey,
    [
      {
        id,
        customerId: standing.customerId,
        waveId: null,
        channel: order.channel,
        language: chooseLanguage(survey.content, [order.language, standing.language]),
        recipient: order.channel === "email" ? standing.email : null,
        sendAfter,
        sourceId: order.id ?? null,
      },
    ],
    now,
  );
}

const sentences = {
  no_address: "This customer has no e-mail address; send one, or invite with channel api.",
  unsubscribed: "This customer asked for no more mail, and is never asked again.",
  bounced: "Mail to this address came back; check the address, then lift the bounce in Unsubscribes.",
  complaint: "This customer has a complaint that is open or was settled lately; ask later.",
  open_invitation: "This customer has an invitation to this survey that is still open.",
};

async function heldBack(
  db: Database,
  survey: PublishedSurvey,
  { customerId, held }: Standing,
  at: Date,
): Promise<Refusal> {
  if (held !== "rest") return new Refusal("conflict", sentences[held!], { reason: held! });
  const { restDays } = survey.settings;
  const until = (await readRests(db, [customerId], { restDays, at })).get(customerId)!.toISOString();
  return new Refusal(
    "conflict",
    `This customer was asked lately and rests until ${until}; ask then, or set sendAt.`,
    {
      reason: "rests",
      values: { until },
    },
  );
}

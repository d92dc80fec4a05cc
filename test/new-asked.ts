import { newInvitationTokens } from "../server/collect/answering/invitation-token.ts";
import { newContent } from "../server/collect/surveys/new-content.ts";
import type { SurveyContent } from "../server/collect/surveys/survey-content.ts";
import { standardSettings, type SurveySettings } from "../server/collect/surveys/survey-settings.ts";
import { readSecret } from "../server/platform/accounts/read-secret.ts";
import { newId } from "../server/platform/ids.ts";
import type { Resources } from "../server/platform/resources.ts";

type Running = Pick<Resources, "config" | "database" | "clock">;

interface AskedOptions {
  content?: Partial<SurveyContent>;
  settings?: Partial<SurveySettings>;
  anonymous?: boolean;
  state?: "live" | "paused" | "archived";
}

/** A published survey in this workspace, and invitations to it as a mail would carry them. */
export async function newAsked(resources: Running, workspaceId: string, options: AskedOptions = {}) {
  const { clock, database } = resources;
  const { db } = database;
  const { content, settings, anonymous = false, state = "live" } = options;
  const surveyId = newId(clock);
  const published = { ...newContent("Larkfield", "en"), ...content };
  await db
    .insertInto("surveys")
    .values({
      workspaceId,
      id: surveyId,
      name: "Relationship",
      question: "?",
      state,
      anonymous,
      version: 1,
      settings: JSON.stringify({ ...standardSettings, ...settings }),
      createdAt: clock.now(),
    })
    .execute();
  await db
    .insertInto("surveyVersions")
    .values({ workspaceId, surveyId, number: 1, content: JSON.stringify(published), publishedBy: null })
    .execute();
  const tokens = newInvitationTokens(await readSecret(resources));

  /** One more customer, invited an hour ago. */
  const invite = async (email = `${crypto.randomUUID()}@x.example`, sentSecondsAgo = 3_600) => {
    const [customerId, id] = [newId(clock), newId(clock)];
    const now = clock.now();
    const ago = new Date(now.getTime() - sentSecondsAgo * 1_000);
    await db
      .insertInto("customers")
      .values({ workspaceId, id: customerId, email, name: "Katrin Brandt", traits: '{"plan":"pro"}' })
      .execute();
    await db
      .insertInto("customerKeys")
      .values({ workspaceId, key: `email:${email}`, customerId })
      .execute();
    await db
      .insertInto("invitations")
      .values({
        workspaceId,
        customerId,
        id,
        surveyId,
        version: 1,
        channel: "email",
        language: "en",
        state: "sent",
        recipient: email,
        sendAfter: ago,
        sentAt: ago,
        expiresAt: new Date(now.getTime() + 30 * 24 * 3_600_000),
        remindAt: new Date(now.getTime() + 5 * 24 * 3_600_000),
      })
      .execute();
    const holder = { customerId, invitationId: id, number: 1 };
    return {
      ...holder,
      id,
      email,
      token: tokens.sign("answer", holder),
      unsubscribe: tokens.sign("unsubscribe", holder),
    };
  };
  return { surveyId, workspaceId, tokens, invite };
}

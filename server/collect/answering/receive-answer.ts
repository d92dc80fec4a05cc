import { hash } from "node:crypto";
import { Refusal } from "../../platform/errors.ts";
import type { Resources } from "../../platform/resources.ts";
import { responseIdOf } from "../customer.ts";
import type { GivenAnswer, ResponseRecorder } from "../record-responses.ts";
import { categoryOf } from "../response.ts";
import { judgeAnswer } from "./judge-answer.ts";
import { keepAnswer } from "./keep-answer.ts";
import type { FoundPage } from "./find-page.ts";
import type { PageAnswer } from "./page-answer.ts";
import type { PageFetch } from "./page-nonce.ts";
import { randomUuid } from "./random-uuid.ts";
import { responseIdOfInvitation } from "./read-asked.ts";
import { setAside } from "./set-aside.ts";

/** What became of an answer from a page; "aside" for one that looks like a machine's. */
export type Outcome = "recorded" | "changed" | "same" | "closed" | "aside" | "gone";

export interface Reception {
  page: FoundPage;
  answer: PageAnswer;
  /** Of the nonce that came with it. */
  fetch: PageFetch | undefined;
  scanner: string | undefined;
}

/** Stores an answer that a page sent, unless it looks like a machine's or its time is over. */
export async function receiveAnswer(
  resources: Resources,
  recorder: ResponseRecorder,
  reception: Reception,
): Promise<Outcome> {
  const { page, answer, fetch } = reception;
  if (page.kind === "test") return isClosed(page, resources.clock.now()) ? "closed" : "recorded";
  const at = timeOf(resources.clock.now(), answer, fetch);
  if (isClosed(page, at)) return "closed";
  const { survey } = page;
  const reason = judgeAnswer({
    now: at,
    state: answer.state,
    sign: answer.sign,
    fetchedAt: fetch?.at,
    deliveredAt: mailedAt(page),
    scanner: reception.scanner,
    filledTrap: answer.website !== "",
    clicks: page.kind === "invitation" ? page.invitation.clicks : [],
  });
  if (reason || !fetch) {
    await setAside(resources.database.db, resources.clock, {
      workspaceId: survey.workspaceId,
      surveyId: survey.id,
      ...(page.kind === "invitation" &&
        !survey.anonymous && {
          customerId: page.invitation.customerId,
          invitationId: page.invitation.id,
        }),
      score: answer.score,
      reason: reason ?? "no_page",
      channel: channelOf(page),
      language: page.language,
      anonymous: survey.anonymous,
    });
    return "aside";
  }
  // Who gave it is still to be said, on the page that comes next.
  if (answer.step && asksEmail(page)) return "recorded";
  try {
    const options = { changeDays: survey.settings.changeDays, unseen: answer.sign === "dwell" };
    const { outcome } = await keepAnswer(resources, recorder, given(reception, fetch, at), options);
    return outcome;
  } catch (error) {
    if (error instanceof Refusal && error.code === "not_found") return "gone";
    throw error;
  }
}

/** An answer that waited in the browser was given earlier, but not before its page was fetched. */
function timeOf(now: Date, { age }: PageAnswer, fetch: PageFetch | undefined): Date {
  return new Date(Math.max(now.getTime() - age, fetch?.at.getTime() ?? now.getTime()));
}

/** Is the time for answers over? Changing one that was given has a time of its own. */
export function isClosed(page: FoundPage, at: Date): boolean {
  const { survey } = page;
  if (page.kind === "test") return at > page.ends;
  if (page.kind === "link")
    return survey.state !== "live" || !(survey.settings.channels.link || survey.anonymous);
  const { answer, expiresAt, state } = page.invitation;
  if (survey.state === "archived" || survey.state === "draft" || state === "cancelled") return true;
  return !answer && at > expiresAt;
}

/** Does the page ask for an address? Then the score is kept with it, or not at all. */
export function asksEmail(page: FoundPage): boolean {
  const { survey } = page;
  return page.kind === "link" && !page.word?.customer && !survey.anonymous && survey.settings.link.askEmail;
}

/** Only mail is opened by scanners as it arrives. */
function mailedAt(page: FoundPage): Date | undefined {
  if (page.kind !== "invitation" || page.invitation.channel !== "email") return undefined;
  return page.invitation.sentAt ?? undefined;
}

function channelOf(page: FoundPage): string {
  return page.kind === "invitation" && !page.survey.anonymous ? page.invitation.channel : "link";
}

function given({ page, answer }: Reception, fetch: PageFetch, at: Date): GivenAnswer {
  const { survey } = page;
  const { workspaceId, id: surveyId, content, version, anonymous } = survey;
  const offered = content.drivers[categoryOf(answer.score)];
  const said = { score: answer.score, comment: answer.comment, language: page.language };
  const details = {
    version,
    state: answer.step ? ("provisional" as const) : answer.state,
    drivers: offered.filter((id) => answer.drivers.includes(id)),
    mayContact: content.consent && !anonymous ? (answer.mayContact ?? null) : null,
  };
  if (page.kind === "invitation" && !anonymous) {
    const { id: invitationId, customerId, traits, channel } = page.invitation;
    return {
      workspaceId,
      surveyId,
      at,
      id: responseIdOfInvitation(invitationId),
      answer: { ...said, channel, traits },
      given: { ...details, customerId, invitationId },
    };
  }
  const word = page.kind === "link" ? page.word : undefined;
  const ready = { workspaceId, surveyId, at, answer: { ...said, channel: "link", traits: word?.traits } };
  if (anonymous) {
    const { id, customerId } = untraceableIds(fetch.seed);
    return { ...ready, id, given: { ...details, customerId, untraceable: true } };
  }
  // Named, so that one page is one answer, also when another address is said with it the second time.
  const name = `page:${fetch.seed.toString("hex")}`;
  const typed = answer.email && survey.settings.link.askEmail ? { email: answer.email } : undefined;
  return {
    ...ready,
    id: responseIdOf(workspaceId, name),
    answer: { ...ready.answer, id: name, customer: word?.customer ?? typed },
    // Anybody can type any address; what is in the link we signed.
    claimed: word?.customer === undefined,
    given: details,
  };
}

/**
 * The ids of an anonymous answer. They look like any random ones and follow from the page, so that one page makes one
 * answer, however often it is sent. What they follow from is kept nowhere.
 */
function untraceableIds(seed: Buffer): { id: string; customerId: string } {
  const bytes = (what: string) =>
    randomUuid(Buffer.from(hash("sha256", `${what}${seed.toString("hex")}`), "hex"));
  return { id: bytes("response "), customerId: bytes("customer ") };
}

import { categoryOf, type NewResponse } from "../collect/response.ts";
import { emptyScoreCounts } from "../statistics/nps.ts";
import { seededRandom, type SeededRandom } from "../statistics/seeded-random.ts";
import { answeredAt, askedAt, type Channel } from "./answer-times.ts";
import { makeAccounts, traitsOf, type SimulatedAccount, type SimulatedCustomer } from "./make-accounts.ts";
import { makePerson, type Person, waveCount, zeal } from "./make-person.ts";
import { type Quarter, quarterFrom } from "./quarters.ts";
import { type Theme, writeComment } from "./write-comment.ts";

interface SimulationOptions {
  seed?: string | number;
  now: Date;
  /** The survey that is answered; none is named by default. */
  surveyId?: string;
  customers?: number | undefined;
  /** Those with strong feelings answer more often; without it everybody is equally likely to. */
  responseBias?: boolean;
  /** Left out where only chance may say who there is. */
  stories?: boolean;
  /** Left out where only scores are wanted, which is quicker. */
  comments?: boolean;
}

/** What is true of one wave, known only because it was made. */
export interface WaveTruth {
  id: string;
  /** How many were asked. */
  asked: number;
  /** What everybody who was asked would answer: eleven counts. */
  everybody: number[];
  /** What those who answered did answer. */
  answered: number[];
}

/** One ask by e-mail. */
export interface SimulatedInvitation {
  id: string;
  customer: SimulatedCustomer;
  wave: string;
  sentAt: Date;
  /** The answer that came of it has the invitation's id. */
  answeredAt: Date | undefined;
}

export interface SimulatedCompany {
  accounts: SimulatedAccount[];
  customers: SimulatedCustomer[];
  invitations: SimulatedInvitation[];
  /** In the order they came. */
  answers: (NewResponse & { id: string; at: Date })[];
  truth: {
    waves: WaveTruth[];
    /** What each comment is about, by the id of its answer. */
    themes: Map<string, Theme[]>;
    /** The two weeks of the invoice-number error. */
    incident: { from: Date; to: Date };
    /** What each customer would answer in each wave if nothing special happened, by the customer's id. */
    feelings: Map<string, number[]>;
    /** Who answers no survey, ever: ids of customers. */
    neverAnswer: Set<string>;
  };
}

const day = 86_400_000;

/**
 * Makes Larkfield: a company that sells invoicing and bookings to small businesses, its customers, what they feel and
 * what some of them answer in four quarterly waves and the begun one. The same seed and quarter give the same company.
 */
export function simulateCompany({
  seed = "Larkfield 187",
  now,
  surveyId,
  customers: people = 3_400,
  responseBias = true,
  comments = true,
  stories = true,
}: SimulationOptions): SimulatedCompany {
  const random = seededRandom(seed);
  const { accounts, customers } = makeAccounts(
    random.fork("accounts"),
    quarterFrom(now, 0).start,
    people,
    stories,
  );
  const quarters = Array.from({ length: waveCount }, (_, at) => quarterFrom(now, at + 1 - waveCount));
  const incident = incidentIn(quarters.at(-2)!);
  const waves = quarters.map(({ id }) => ({
    id,
    asked: 0,
    everybody: emptyScoreCounts(),
    answered: emptyScoreCounts(),
  }));
  const themes = new Map<string, Theme[]>();
  const feelings = new Map<string, number[]>();
  const neverAnswer = new Set<string>();
  const answers: SimulatedCompany["answers"] = [];
  const invitations: SimulatedInvitation[] = [];
  const moodOfAccount = new Map(
    accounts.map(({ id }) => [id, random.fork(`mood ${id}`).normal(0, Math.sqrt(0.22))]),
  );

  for (const customer of customers) {
    const ofCustomer = random.fork(`customer ${customer.number}`);
    const person = makePerson(ofCustomer, customer, moodOfAccount.get(customer.account.id)!);
    feelings.set(customer.id, person.scores);
    if (person.reply === 0) neverAnswer.add(customer.id);
    for (const [at, quarter] of quarters.entries()) {
      const ofWave = random.fork(`customer ${customer.number} wave ${at}`);
      const asked = ask(ofWave, customer, person, quarter);
      if (!asked || asked.on >= now || asked.on < new Date(customer.account.traits.since)) continue;
      const inIncident = asked.on >= incident.from && asked.on < incident.to;
      const score = inIncident ? person.whenAngry[at]! : person.scores[at]!;
      waves[at]!.asked += 1;
      waves[at]!.everybody[score]! += 1;
      const id = `larkfield-${quarter.id}-${customer.id}`;
      const isAnswered = ofWave.chance(person.reply * (responseBias ? zeal(score) : 1));
      const answeredOn = isAnswered ? answeredAt(ofWave, asked.on, { ...asked, quarter }) : undefined;
      const came = answeredOn && answeredOn < now ? answeredOn : undefined;
      if (asked.channel === "email")
        invitations.push({ id, customer, wave: quarter.id, sentAt: asked.on, answeredAt: came });
      if (!came) continue;
      waves[at]!.answered[score]! += 1;
      const isLast = at === quarters.length - 2;
      const comment = comments ? maybeComment(ofWave, customer, { score, inIncident, isLast }) : undefined;
      if (comment) themes.set(id, comment.themes);
      answers.push(
        answerOf(customer, {
          id,
          score,
          at: came,
          channel: asked.channel,
          comment: comment?.text,
          surveyId,
          anonymous: asked.anonymous,
        }),
      );
    }
  }
  answers.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
  return {
    accounts,
    customers,
    invitations,
    answers,
    truth: { waves, themes, incident, feelings, neverAnswer },
  };
}

const channelNames: Channel[] = ["email", "widget", "link"];

function ask(
  random: SeededRandom,
  { account, story }: SimulatedCustomer,
  { turn, channels }: Person,
  quarter: Quarter,
) {
  if (random.chance(0.06) && !story) return undefined; // Has unsubscribed for now, or a complaint is open.
  const channel = channelNames[random.categorical(channels)]!;
  const about = {
    channel,
    country: account.traits.country,
    quarter,
    turn: Math.min(1, Math.max(0, turn + random.normal(0, 0.02))),
  };
  return { ...about, on: askedAt(random, about), anonymous: channel === "link" && random.chance(0.3) };
}

function incidentIn({ start }: Quarter) {
  const monday = new Date(start.getTime() + 37 * day);
  monday.setUTCDate(monday.getUTCDate() + ((8 - monday.getUTCDay()) % 7));
  return { from: monday, to: new Date(monday.getTime() + 14 * day) };
}

function maybeComment(
  random: SeededRandom,
  { account, language, story }: SimulatedCustomer,
  { score, inIncident: incident, isLast }: { score: number; inIncident: boolean; isLast: boolean },
) {
  if (story) {
    const said = isLast ? story.comment : undefined;
    return said && { text: said.text, themes: [said.theme] };
  }
  const category = categoryOf(score);
  if (!random.chance({ detractor: 0.72, passive: 0.63, promoter: 0.5 }[category])) return undefined;
  const { discount, seats } = account.traits;
  return writeComment(random, { category, language, discount, small: seats <= 3, incident });
}

interface Given {
  id: string;
  score: number;
  at: Date;
  channel: Channel;
  comment: string | undefined;
  surveyId: string | undefined;
  anonymous: boolean;
}

function answerOf(
  customer: SimulatedCustomer,
  { comment, surveyId, anonymous, ...given }: Given,
): SimulatedCompany["answers"][number] {
  const { id, email, name, language, role, account } = customer;
  const answer = {
    ...given,
    language,
    ...(comment !== undefined && { comment }),
    ...(surveyId !== undefined && { surveyId }),
  };
  if (anonymous) return answer;
  return {
    ...answer,
    customer: {
      id,
      email,
      name,
      language,
      account: { id: account.id, name: account.name },
      traits: traitsOf({ account, role }),
    },
  };
}

import { categoryOf, type NewResponse } from "../collect/response.ts";
import { normalQuantile } from "../statistics/distributions.ts";
import { emptyScoreCounts } from "../statistics/nps.ts";
import { seededRandom, type SeededRandom } from "../statistics/seeded-random.ts";
import { answeredAt, askedAt, type Channel } from "./answer-times.ts";
import { makeAccounts, type SimulatedAccount, type SimulatedCustomer } from "./make-accounts.ts";
import { type Quarter, quarterFrom } from "./quarters.ts";
import { type Theme, writeComment } from "./write-comment.ts";

interface SimulationOptions {
  seed?: string | number;
  now: Date;
  /** The survey that is answered; none is named by default. */
  surveyId?: string;
  customers?: number;
  /** Those with strong feelings answer more often; without it everybody is equally likely to. */
  responseBias?: boolean;
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

// Shares of the scores 0 to 10 among all customers, before waves, traits and the incident move them.
const shares = [0.011, 0.007, 0.012, 0.019, 0.025, 0.058, 0.082, 0.179, 0.229, 0.194, 0.184];
const cuts = shares
  .slice(0, 10)
  .map((_, score) => normalQuantile(shares.slice(0, score + 1).reduce((a, b) => a + b)));

// How all customers' feelings stand in each wave, the last one in the quarter that is not over.
const waveMoods = [-0.08, -0.06, -0.02, 0.05, 0.05];
const incidentMood = -0.34;
// The share of customers who answer no survey at all.
const neverAnswering = 0.09;
const day = 86_400_000;

/**
 * Makes Larkfield: a company that sells invoicing and bookings to small businesses, its customers, what they feel and
 * what some of them answer in four quarterly waves and the begun one. The same seed and quarter give the same company.
 */
export function simulateCompany({
  seed = "Larkfield 64",
  now,
  surveyId,
  customers: people = 3_400,
  responseBias = true,
  comments = true,
}: SimulationOptions): SimulatedCompany {
  const random = seededRandom(seed);
  const { accounts, customers } = makeAccounts(random.fork("accounts"), quarterFrom(now, 0).start, people);
  const quarters = waveMoods.map((_, at) => quarterFrom(now, at + 1 - waveMoods.length));
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
    feelings.set(
      customer.id,
      person.feelings.map((feeling, at) => scoreOf(feeling + waveMoods[at]!)),
    );
    if (person.reply === 0) neverAnswer.add(customer.id);
    for (const [at, quarter] of quarters.entries()) {
      const ofWave = random.fork(`customer ${customer.number} wave ${at}`);
      const asked = ask(ofWave, customer, person, quarter);
      if (!asked || asked.on >= now || asked.on < new Date(customer.account.traits.since)) continue;
      const inIncident = asked.on >= incident.from && asked.on < incident.to;
      const score = scoreOf(person.feelings[at]! + waveMoods[at]! + (inIncident ? incidentMood : 0));
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
      const comment = comments ? maybeComment(ofWave, customer, score, inIncident) : undefined;
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

interface Person {
  /** One number per wave, about standard normal over all customers. */
  feelings: number[];
  turn: number;
  reply: number;
  channels: number[];
}

function makePerson(random: SeededRandom, { account }: SimulatedCustomer, ofAccount: number): Person {
  const { discount, seats, plan } = account.traits;
  const lasting = ofAccount + random.normal(0, Math.sqrt(0.5));
  // Who buys at a discount, or uses only the basics, is lukewarm: nearer to the middle, and a little below.
  const scale = (discount ? 0.72 : 1.06) * (seats <= 2 ? 0.8 : 1);
  const shift = (discount ? -0.12 : 0.02) + (plan === "Business" ? 0.08 : 0);
  let passing = random.normal(0, Math.sqrt(0.28));
  const feelings = waveMoods.map(() => {
    const felt = shift + scale * (lasting + passing);
    passing = 0.4 * passing + random.normal(0, Math.sqrt(0.28 * (1 - 0.16)));
    return felt;
  });
  return {
    feelings,
    turn: random.uniform(),
    reply: replyOf(random),
    channels: random.pick([
      [0.86, 0.09, 0.05],
      [0.8, 0.05, 0.15],
      [0.25, 0.65, 0.1],
    ]),
  };
}

function replyOf(random: SeededRandom): number {
  const usual = Math.min(0.95, Math.max(0.12, random.normal(0.405, 0.1)));
  return random.fork("never").chance(neverAnswering) ? 0 : usual / (1 - neverAnswering);
}

const channelNames: Channel[] = ["email", "widget", "link"];

function ask(
  random: SeededRandom,
  { account }: SimulatedCustomer,
  { turn, channels }: Person,
  quarter: Quarter,
) {
  if (random.chance(0.06)) return undefined; // Has unsubscribed for now, or a complaint is open.
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

function scoreOf(feeling: number): number {
  const score = cuts.findIndex((cut) => feeling < cut);
  return score < 0 ? 10 : score;
}

function zeal(score: number): number {
  if (score <= 3) return 1.15;
  return score <= 6 ? 0.98 : score <= 8 ? 0.93 : 1.08;
}

function maybeComment(
  random: SeededRandom,
  { account, language }: SimulatedCustomer,
  score: number,
  incident: boolean,
) {
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
      traits: { ...account.traits, role },
    },
  };
}

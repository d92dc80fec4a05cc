import { categoryOf } from "../../collect/response.ts";
import { seededRandom, type SeededRandom } from "../../statistics/seeded-random.ts";
import type { SimulatedCustomer } from "../make-accounts.ts";
import { quarterFrom } from "../quarters.ts";
import type { Story } from "../stories.ts";
import type { SimulatedCompany } from "../simulate-company.ts";
import { drawCourse, type Episode, levelIn } from "./course.ts";
import { drawHabits, type Habits } from "./habits.ts";
import { notDone } from "./not-done.ts";
import { drawLeaves, type Leave } from "./leaves.ts";
import { newWeekShares } from "./rhythm.ts";
import { type Deed, drawSession, drawTicket, drawVisit } from "./session.ts";
import { type BehaviourTruth, truthOf } from "./truth.ts";

/** One event of one customer, as their company's server would send it. */
export interface SimulatedEvent extends Deed {
  messageId: string;
  /** The customer's id. */
  userId: string;
}

interface BehaviourOptions {
  now: Date;
  seed?: string;
  /** How long before now it begins; by default a year and a week. */
  days?: number;
}

/** A year of what the customers of a company do. */
export interface SimulatedBehaviour {
  /** Everything before now, week by week, in the order of time. Can be read more than once. */
  events(): Generator<SimulatedEvent>;
  /** Of each customer by id, as of a moment. */
  truthAt(at: Date): Map<string, BehaviourTruth>;
}

interface Actor {
  customer: SimulatedCustomer;
  random: SeededRandom;
  habits: Habits;
  episodes: Episode[];
  leaves: Leave[];
  since: number;
}

const day = 86_400_000;
const week = 7 * day;
const regularity = 0.6;
const hoursFromUtc = { DE: 1, AT: 1, CH: 1, NL: 1, UK: 0, US: -6 };

/**
 * What Larkfield's customers do with the product: who feels lukewarm cools more often, uses less and buys at a discount.
 * The same seed and quarter give the same; a later `now` only goes on.
 */
export function simulateBehaviour(
  company: SimulatedCompany,
  { now, seed = "Larkfield behaviour", days = 371 }: BehaviourOptions,
): SimulatedBehaviour {
  const quarters = [-4, -3, -2, -1, 0].map((at) => quarterFrom(now, at));
  const origin = mondayOf(quarters[0]!.start.getTime());
  const weekOf = (time: number) => Math.floor((time - origin) / week);
  const random = seededRandom(seed);
  const actors = company.customers.map((customer): Actor => {
    const own = random.fork(customer.id);
    const categories = company.truth.feelings.get(customer.id)!.map(categoryOf);
    const stretches = quarters.map(({ start }, at) => ({
      from: weekOf(start.getTime()),
      weeks: 13,
      category: categories[at]!,
    }));
    return {
      customer,
      random: own,
      habits: drawHabits(own.fork("habits"), customer, categories.at(-2)!),
      episodes: customer.story
        ? episodesIn(customer.story, stretches.at(-1)!.from)
        : drawCourse(own.fork("course"), stretches),
      leaves: drawLeaves(own.fork("leaves"), origin, now.getTime()),
      since: Date.parse(customer.account.traits.since),
    };
  });
  const sharesOf = newWeekShares();
  const first = Math.max(0, weekOf(now.getTime() - days * day));

  function* events(): Generator<SimulatedEvent> {
    for (let at = first; origin + at * week < now.getTime(); at++) {
      const monday = origin + at * week;
      const all = actors.flatMap((actor) => weekOfActor(actor, at, monday));
      yield* all
        .filter((event) => event.at < now)
        .toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.messageId < b.messageId ? -1 : 1));
    }
  }

  function weekOfActor(actor: Actor, at: number, monday: number): SimulatedEvent[] {
    if (monday + week <= actor.since) return [];
    const ofWeek = actor.random.fork(`week ${at}`);
    const deeds = [
      ...deedsIn(actor, ofWeek, at, monday),
      ...notDone(ofWeek.fork("mail"), actor.customer, monday),
    ];
    return deeds
      .filter((deed) => deed.at.getTime() >= actor.since)
      .map(({ type, name, properties, at: moment }, n) => ({
        type,
        name,
        properties,
        at: moment,
        messageId: `${actor.customer.id}-${monday / week}-${n}`,
        userId: actor.customer.id,
      }));
  }

  const { from: wrongFrom, to: wrongTo } = company.truth.incident;
  const isInIncident = (monday: number) => monday >= wrongFrom.getTime() && monday < wrongTo.getTime();
  const ticketChance = ({ tickets }: Habits, monday: number) => tickets * (isInIncident(monday) ? 9 : 1);

  function deedsIn(
    { habits, episodes, leaves, customer }: Actor,
    random: SeededRandom,
    at: number,
    monday: number,
  ) {
    const level = levelIn(episodes, at);
    if (habits.style === "never" || level === 0) return [];
    const shares = sharesOf(habits.rhythm, monday).map((share, on) =>
      leaves.some(({ from, to }) => monday + on * day >= from && monday + on * day < to) ? 0 : share,
    );
    const whole = shares.reduce((sum, share) => sum + share, 0);
    if (whole === 0) return [];
    // Weeks differ more than chance alone makes them.
    const expected = whole * level * Math.exp(random.normal(-0.02, 0.2));
    const { country } = customer.account.traits;
    const moment = () => {
      const hour = Math.min(21.5, Math.max(6.5, random.normal(habits.hour, 2)));
      return (
        monday + random.categorical(shares) * day + Math.round((hour - hoursFromUtc[country]) * 3600) * 1000
      );
    };
    const sessions = Array.from({ length: timesIn(random, habits.sessions * expected) }, () =>
      drawSession(random, habits, moment()),
    );
    const visits = Array.from({ length: random.poisson(habits.visits * expected) }, () =>
      drawVisit(random, habits, moment()),
    );
    const calls = random.chance(ticketChance(habits, monday))
      ? [drawTicket(random, isInIncident(monday), moment())]
      : [];
    return [...sessions, ...visits, ...calls].flat();
  }

  return {
    events,
    truthAt: (moment) => {
      const at = weekOf(moment.getTime());
      const { neverAnswer } = company.truth;
      return new Map(
        actors.map(({ customer: { id }, habits, episodes }) => [
          id,
          truthOf({ habits, episodes, neverAnswers: neverAnswer.has(id) }, at),
        ]),
      );
    },
  };
}

/** How often somebody comes: a little more regularly than by chance, as people have their days. */
function timesIn(random: SeededRandom, expected: number): number {
  return Math.floor(regularity * expected + random.uniform()) + random.poisson((1 - regularity) * expected);
}

function episodesIn({ use: { turn } }: Story, quarter: number): Episode[] {
  if (!turn) return [];
  const { weeksBefore, level } = turn;
  return [{ from: quarter - weeksBefore, to: Infinity, before: 1, reaches: level, after: level }];
}

function mondayOf(time: number): number {
  const midnight = Math.floor(time / day) * day;
  return midnight - ((new Date(midnight).getUTCDay() + 6) % 7) * day;
}

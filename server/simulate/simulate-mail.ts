import type { SeededRandom } from "../statistics/seeded-random.ts";
import { seededRandom } from "../statistics/seeded-random.ts";
import type { SimulatedCompany, SimulatedInvitation } from "./simulate-company.ts";

const minute = 60_000;
const day = 24 * 3600 * 1000;

/** What became of one invitation by mail. */
export interface SimulatedFate extends SimulatedInvitation {
  openedAt: Date | undefined;
  remindedAt: Date | undefined;
  bouncedAt: Date | undefined;
  unsubscribedAt: Date | undefined;
  /** Scores that a link scanner sent by fetching every link; never counted. */
  scanned: number[];
}

/** How long after the first mail Larkfield reminds, once. */
export const remindAfterDays = 5;

/**
 * What happens to mails on their way: reminders, bounces, people who want no more, and companies whose mail filter opens
 * every link. Nobody is mailed after a bounce or a farewell. The same seed gives the same.
 */
export function simulateMail(
  { invitations }: SimulatedCompany,
  now: Date,
  seed = "Larkfield mail",
): SimulatedFate[] {
  const random = seededRandom(seed);
  const gone = new Set<string>();
  return invitations
    .toSorted((a, b) => a.sentAt.getTime() - b.sentAt.getTime() || (a.id < b.id ? -1 : 1))
    .flatMap((invitation) => {
      // An answer is a fact that is stored already: whoever gives one later has not gone.
      if (gone.has(invitation.customer.id) && !invitation.answeredAt) return [];
      const fate = fateOf(random.fork(invitation.id), invitation, now);
      if (fate.bouncedAt || fate.unsubscribedAt) gone.add(invitation.customer.id);
      return [fate];
    });
}

function fateOf(random: SeededRandom, invitation: SimulatedInvitation, now: Date): SimulatedFate {
  const { sentAt, answeredAt, customer } = invitation;
  const [bounces, leaves, opens] = [random.chance(0.006), random.chance(0.008), random.chance(0.1)];
  const later = (milliseconds: number) => {
    const at = new Date(sentAt.getTime() + milliseconds);
    return at < now ? at : undefined;
  };
  const bouncedAt = bounces && !answeredAt ? later(2 * minute) : undefined;
  const openedAt = answeredAt
    ? new Date(answeredAt.getTime() - minute / 2)
    : opens && !bouncedAt
      ? later(Math.exp(random.normal(Math.log(3), 1)) * 3_600_000)
      : undefined;
  const unsubscribedAt = leaves && openedAt ? new Date(openedAt.getTime() + 2 * minute) : undefined;
  const reminder = later(remindAfterDays * day);
  const isQuiet = Boolean(bouncedAt) || (answeredAt !== undefined && reminder && answeredAt < reminder);
  const remindedAt =
    isQuiet || (unsubscribedAt && reminder && unsubscribedAt < reminder) ? undefined : reminder;
  return {
    ...invitation,
    openedAt,
    remindedAt,
    bouncedAt,
    unsubscribedAt: unsubscribedAt && unsubscribedAt < now ? unsubscribedAt : undefined,
    scanned: hasFilter(customer.account.name) && !bouncedAt ? [random.integer(11)] : [],
  };
}

/** About one company in fifty lets a machine fetch the links of its mail. */
function hasFilter(account: string): boolean {
  return seededRandom(`filter ${account}`).chance(0.02);
}

import type { SeededRandom } from "../../statistics/seeded-random.ts";
import type { SimulatedCustomer } from "../make-accounts.ts";
import type { Deed } from "./session.ts";

const day = 86_400_000;

/** What happens to a customer without their doing, in the week from a Monday: the month's newsletter, the yearly renewal. */
export function notDone(random: SeededRandom, { account, role }: SimulatedCustomer, monday: number): Deed[] {
  const days = [0, 1, 2, 3, 4, 5, 6].map((at) => new Date(monday + at * day));
  const tuesday = days[1]!;
  const deeds: Deed[] = [];
  if (tuesday.getUTCDate() <= 7)
    deeds.push({
      type: "track",
      name: "Email Delivered",
      properties: { newsletter: tuesday.toISOString().slice(0, 7) },
      at: new Date(tuesday.getTime() + 8 * 3_600_000 + Math.floor(random.uniform() * 3600) * 1000),
    });
  const { since, plan, revenue } = account.traits;
  const renews = days.find((date) => date.toISOString().slice(5, 10) === since.slice(5));
  if (renews && role === "owner" && renews.toISOString() > since)
    deeds.push({
      type: "track",
      name: "Subscription Renewed",
      properties: { plan, price: revenue, currency: "EUR" },
      at: new Date(renews.getTime() + 3 * 3_600_000),
    });
  return deeds;
}

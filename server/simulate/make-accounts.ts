import type { SeededRandom } from "../statistics/seeded-random.ts";
import { type Story, stories } from "./stories.ts";
import { firstNames, places, surnames, trades, type Country } from "./names.ts";

/** A company that uses Larkfield. */
export interface SimulatedAccount {
  id: string;
  name: string;
  traits: {
    plan: "Solo" | "Team" | "Business";
    seats: number;
    country: Country;
    city: string;
    industry: string;
    /** Customer since that day. */
    since: string;
    discount: boolean;
    /** Euros a year. */
    revenue: number;
  };
}

/** A person who uses Larkfield, in an account. */
export interface SimulatedCustomer {
  number: number;
  account: SimulatedAccount;
  id: string;
  name: string;
  email: string;
  language: "en" | "de";
  role: string;
  /** Where somebody was invented by hand. */
  story?: Story;
}

/** What Larkfield knows of a customer: all of the account but its revenue, which is the account's and not each one's. */
export function traitsOf({ account, role }: Pick<SimulatedCustomer, "account" | "role">) {
  const { revenue: _, ...traits } = account.traits;
  return { ...traits, role };
}

const countries: [Country, number][] = [
  ["DE", 0.36],
  ["AT", 0.09],
  ["CH", 0.07],
  ["UK", 0.25],
  ["US", 0.14],
  ["NL", 0.09],
];

/** Companies, until they have this many people together. The first are those invented by hand, if there is to be any. */
export function makeAccounts(random: SeededRandom, today: Date, people: number, withStories: boolean) {
  const accounts: SimulatedAccount[] = [];
  const customers: SimulatedCustomer[] = [];
  const taken = new Set<string>();
  for (let at = 0; customers.length < people; at++) {
    const ofAccount = random.fork(`account ${at}`);
    const story = withStories ? stories[at] : undefined;
    const account = story ? accountOf(story, at, today) : makeAccount(ofAccount, at, today, taken);
    if (story) taken.add(account.name);
    accounts.push(account);
    const size = Math.min(
      people - customers.length,
      1 + ofAccount.poisson(Math.min(9, account.traits.seats * 0.38)),
    );
    for (let i = 0; i < size; i++)
      customers.push(makeCustomer(ofAccount, account, customers.length, taken, i === 0 ? story : undefined));
  }
  return { accounts, customers };
}

function makeAccount(random: SeededRandom, at: number, today: Date, taken: Set<string>): SimulatedAccount {
  const country = countries[random.categorical(countries.map(([, share]) => share))]![0];
  const trade = random.pick(trades);
  const city = random.pick(places[country]);
  const name = uniqueName(random, country, trade, city, taken);
  const seats = Math.max(1, Math.min(40, Math.round(Math.exp(random.normal(1.75, 0.75)))));
  const plan = seats <= 2 ? "Solo" : seats <= 9 ? "Team" : "Business";
  const discount = random.chance(plan === "Solo" ? 0.34 : 0.16);
  const perSeat = { Solo: 260, Team: 215, Business: 180 }[plan];
  const ageInDays = Math.round(40 + 2300 * random.uniform() ** 1.15);
  return {
    id: idOf(at),
    name,
    traits: {
      plan,
      seats,
      country,
      city,
      industry: trade.industry,
      since: new Date(today.getTime() - ageInDays * 86_400_000).toISOString().slice(0, 10),
      discount,
      revenue:
        10 * Math.round((seats * perSeat * (discount ? 0.7 : 1) * (0.9 + 0.2 * random.uniform())) / 10),
    },
  };
}

function accountOf({ account }: Story, at: number, today: Date): SimulatedAccount {
  const { name, yearsAgo, ...traits } = account;
  const since = new Date(today.getTime() - yearsAgo * 365 * 86_400_000).toISOString().slice(0, 10);
  return { id: idOf(at), name, traits: { ...traits, since } };
}

const idOf = (at: number) => `lf-${String(1001 + at)}`;

function uniqueName(
  random: SeededRandom,
  country: Country,
  trade: (typeof trades)[number],
  city: string,
  taken: Set<string>,
): string {
  const pattern = random.pick(speaksGerman(country) ? trade.german : trade.english);
  for (;;) {
    const [one, other] = [random.pick(surnames[country]), random.pick(surnames[country])];
    const plain = pattern.replace("{name}", one).replace("{other}", other).replace("{city}", city);
    const name = [plain, `${plain} ${city}`].find((each) => !taken.has(each));
    if (!name) continue;
    taken.add(name);
    return name;
  }
}

function makeCustomer(
  random: SeededRandom,
  account: SimulatedAccount,
  number: number,
  taken: Set<string>,
  story?: Story,
): SimulatedCustomer {
  const { country } = account.traits;
  const first = random.pick(firstNames[country]);
  const last = random.pick(surnames[country]);
  const name = story?.person.name ?? `${first} ${last}`;
  const local = ascii(name.replace(" ", "."));
  const domain = `${ascii(account.name)}.example`;
  let email = `${local}@${domain}`;
  for (let twin = 2; taken.has(email); twin++) email = `${local}${twin}@${domain}`;
  taken.add(email);
  const german = random.chance(speaksGerman(country) ? 0.94 : country === "NL" ? 0.05 : 0.01);
  return {
    number,
    account,
    id: `c-${String(10_001 + number)}`,
    name,
    email,
    language: german ? "de" : "en",
    role: random.pick(["owner", "owner", "manager", "front desk", "bookkeeper", "staff"]),
    ...story?.person,
    ...(story && { story }),
  };
}

function speaksGerman(country: Country): boolean {
  return country === "DE" || country === "AT" || country === "CH";
}

const spelled: Record<string, string> = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" };

function ascii(text: string): string {
  const plain = text.toLowerCase().replaceAll(/[äöüß]/g, (letter) => spelled[letter]!);
  return plain
    .normalize("NFKD")
    .replaceAll(/[^a-z0-9. ]/g, "")
    .replaceAll(/ +/g, "-");
}

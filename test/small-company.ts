import fc from "fast-check";
import type { PassiveStatus } from "../server/platform/database/schema-identify.ts";
import type { TestApp } from "./new-test-app.ts";

const day = 24 * 3600 * 1000;

/** A customer with everything that belongs to them. Times are days before now. */
export interface SmallCustomer {
  id: string;
  name: string | null;
  email: string | null;
  language: string | null;
  timeZone: string | null;
  created: number;
  unsubscribed: boolean;
  bounced: boolean;
  traits: Record<string, string | number | boolean | null>;
  account: number | null;
  answers: { survey: number; score: number; comment: string | null; at: number }[];
  engagement: {
    state: (typeof states)[number];
    change: number | null;
    recent: number | null;
    first: number;
    last: number;
  } | null;
  events: { name: string; at: number }[];
  purchases: {
    at: number;
    revenue: number | null;
    currency: string | null;
    discount: number | null;
    coupon: string | null;
  }[];
  asked: { at: number; kind: "invitation" | "reminder" }[];
  complaints: { isOpen: boolean }[];
  status: PassiveStatus | null;
  reasons: string[];
  revenue: number | null;
}

export interface SmallCompany {
  surveys: string[];
  accounts: { name: string | null; key: string; traits: Record<string, string | number> }[];
  customers: SmallCustomer[];
}

const states = ["cooling", "flat", "warming", "dormant", "unknown"] as const;
/** Of few values, so that conditions often hold, and on the edges of "in the last 30 days". */
export const agesInDays = [0, 1, 29, 30, 31, 90, 400] as const;
export const traitValues = [
  "Pro",
  "pro",
  "Basic",
  "12",
  "9.0",
  12,
  9,
  -1,
  true,
  "2026-10-01",
  "2026-10-20T08:00:00Z",
];
export const eventNames = ["Opened", "Exported"];
export const reasonNames = ["declining_use", "basic_features"];

const age = fc.constantFrom(...agesInDays);
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { freq: 3 });

const customer = fc.record({
  id: fc.uuid(),
  name: maybe(fc.constantFrom("Ann", "Bob")),
  email: maybe(fc.constantFrom("a@big.example", "b@SMALL.example")),
  language: maybe(fc.constantFrom("de", "en-GB")),
  timeZone: maybe(fc.constantFrom("Europe/Berlin")),
  created: age,
  unsubscribed: fc.boolean(),
  bounced: fc.boolean(),
  traits: fc.dictionary(fc.constantFrom("plan", "seats"), maybe(fc.constantFrom(...traitValues)), {
    maxKeys: 2,
  }),
  account: maybe(fc.nat(1)),
  answers: fc.array(
    fc.record({
      survey: fc.nat(1),
      score: fc.constantFrom(3, 6, 7, 8, 9, 10),
      comment: fc.constantFrom(null, "", "more"),
      at: age,
    }),
    { maxLength: 4 },
  ),
  engagement: maybe(
    fc.record({
      state: fc.constantFrom(...states),
      change: maybe(fc.constantFrom(-0.5, 0, 0.25)),
      recent: maybe(fc.constantFrom(0, 3, 10)),
      first: age,
      last: age,
    }),
  ),
  events: fc.array(fc.record({ name: fc.constantFrom(...eventNames), at: age }), { maxLength: 4 }),
  purchases: fc.array(
    fc.record({
      at: age,
      revenue: maybe(fc.constantFrom(10, 90)),
      currency: maybe(fc.constantFrom("EUR", "usd")),
      discount: maybe(fc.constantFrom(0, 5)),
      coupon: maybe(fc.constant("SALE")),
    }),
    { maxLength: 3 },
  ),
  asked: fc.array(fc.record({ at: age, kind: fc.constantFrom("invitation" as const, "reminder" as const) }), {
    maxLength: 3,
  }),
  complaints: fc.array(fc.record({ isOpen: fc.boolean() }), { maxLength: 2 }),
  status: maybe(
    fc.constantFrom("stated" as const, "behavioural" as const, "both" as const, "silent" as const),
  ),
  reasons: fc.uniqueArray(fc.constantFrom(...reasonNames), { maxLength: 2 }),
  revenue: maybe(fc.constantFrom(0, 100)),
}) satisfies fc.Arbitrary<SmallCustomer>;

/** A few customers with a bit of everything. */
export const smallCompany: fc.Arbitrary<SmallCompany> = fc.record({
  surveys: fc.tuple(fc.uuid(), fc.uuid()),
  accounts: fc.constant([
    { name: "Acme Ltd", key: "acc-1", traits: { size: 40, sector: "Retail" } },
    { name: null, key: "acc-2", traits: {} },
  ]),
  customers: fc.uniqueArray(customer, { minLength: 12, maxLength: 12, selector: ({ id }) => id }),
});

/** The time so many days before. */
export const before = (now: Date, days: number) => new Date(now.getTime() - days * day);

/** The answers of a customer in their order. */
export function inOrder(answers: SmallCustomer["answers"]): SmallCustomer["answers"] {
  // Of those at the same time, the one stored later has the greater id.
  return answers
    .map((answer, index) => ({ answer, index }))
    .sort((a, b) => b.answer.at - a.answer.at || a.index - b.index)
    .map(({ answer }) => answer);
}

const ordered = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;

/** Puts a company into the tables, with its engagement, feature use and standings as given. */
export async function storeCompany(
  { pool, clock }: Pick<TestApp, "pool" | "clock">,
  workspaceId: string,
  { surveys, accounts, customers }: SmallCompany,
): Promise<void> {
  const now = clock.now();
  const at = (days: number) => before(now, days);
  const insert = async (table: string, rows: Record<string, unknown>[]) => {
    if (rows.length === 0) return;
    const all = rows.map((row) => Object.assign({ workspace_id: workspaceId }, row));
    const columns = [...new Set(all.flatMap((row) => Object.keys(row)))].join(", ");
    await pool.query(
      `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(all)],
    );
  };
  const each = (rowsOf: (customer: SmallCustomer) => Record<string, unknown>[]) =>
    customers.flatMap((customer) =>
      rowsOf(customer).map((row) => Object.assign(row, { customer_id: customer.id })),
    );

  await insert(
    "accounts",
    accounts.map((account, n) => ({ ...account, id: ordered(n), created_at: now })),
  );
  await insert(
    "customers",
    customers.map(
      ({ id, name, email, language, timeZone, created, unsubscribed, bounced, traits, account }) => ({
        id,
        name,
        email,
        language,
        time_zone: timeZone,
        traits,
        anonymous: false,
        verified: true,
        created_at: at(created),
        account_id: account === null ? null : ordered(account),
        unsubscribed_at: unsubscribed ? now : null,
        bounced_at: bounced ? now : null,
      }),
    ),
  );
  await insert(
    "responses",
    each(({ answers }) =>
      answers.map(({ survey, at: age, ...answer }, n) => ({
        ...answer,
        id: ordered(n),
        survey_id: surveys[survey],
        channel: "api",
        at: at(age),
      })),
    ),
  );
  await insert(
    "engagement",
    each(({ engagement }) =>
      engagement
        ? [
            {
              state: engagement.state,
              change: engagement.change,
              recent: engagement.recent,
              first_at: at(engagement.first),
              last_at: at(engagement.last),
              short: 0,
              long: 0,
              first_week: "2026-01-05",
              week_events: [],
              week_days: [],
            },
          ]
        : [],
    ),
  );
  const eventRows = each(({ events }) =>
    events.map(({ name, at: age }, n) => ({
      name,
      at: at(age),
      id: ordered(n),
      received_at: now,
      type: "track",
    })),
  );
  await insert("events", eventRows);
  await pool.query(
    `insert into feature_use (workspace_id, customer_id, name, n, first_at, last_at, long)
     select workspace_id, customer_id, name, count(*), min(at), max(at), 0 from events where workspace_id = $1 group by 1, 2, 3`,
    [workspaceId],
  );
  await insert(
    "purchases",
    each(({ purchases }) =>
      purchases.map(({ at: age, ...purchase }, n) => ({ ...purchase, at: at(age), id: ordered(n) })),
    ),
  );
  await insert(
    "contacts",
    each(({ asked }) => asked.map(({ at: age, kind }, n) => ({ id: ordered(n), at: at(age), kind }))),
  );
  await insert(
    "complaints",
    each(({ complaints }) =>
      complaints.map(({ isOpen }, n) => ({
        id: ordered(n),
        opened_at: now,
        closed_at: isOpen ? null : now,
        source: "api",
      })),
    ),
  );
  await insert(
    "standings",
    each(({ answers, engagement, status, reasons, revenue }) => {
      const last = inOrder(answers).at(-1);
      const answered = last && {
        score: last.score,
        answered_at: at(last.at),
        survey_id: surveys[last.survey],
        previous_score: inOrder(answers).at(-2)?.score,
      };
      // Not everybody has a row in each table.
      if (!last && !engagement && status === null && revenue === null && reasons.length === 0) return [];
      return [
        {
          ...answered,
          state: engagement?.state ?? "unknown",
          change: engagement?.change,
          status,
          reasons,
          revenue,
        },
      ];
    }),
  );
}

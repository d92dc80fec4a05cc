import { newId } from "../server/platform/ids.ts";
import { refreshStandings } from "../server/identify/passives/refresh-standings.ts";
import { newTestApp, type TestApp } from "./new-test-app.ts";
import { newWorkspace } from "./sign-in.ts";

/** A Tuesday; the eight whole weeks before it begin on a Monday. */
export const now = "2026-10-13T08:00:00Z";
const firstWeek = "2026-04-06";
const wholeWeeks = 27;

export interface Behaviour {
  state?: "cooling" | "flat" | "warming" | "dormant" | "unknown";
  change?: number;
  stateSince?: string;
  /** Of each week until the last whole one. */
  days?: number;
  events?: number;
  features?: string[];
  /** Of all features together, lately. */
  uses?: number;
  browsed?: number;
}

/** A workspace whose customers are written straight into the tables. */
export async function newCompany() {
  const nines = await newTestApp({ now });
  const { workspaceId, owner } = await newWorkspace(nines);
  return {
    ...nines,
    workspaceId,
    owner,
    refresh: (ids?: string[]) => refreshStandings(nines.db, nines.clock, workspaceId, ids),
  };
}
export type Company = Awaited<ReturnType<typeof newCompany>>;

export async function addCustomer(
  { db, clock, workspaceId }: Company,
  name: string,
  {
    traits = {},
    accountId = null,
    anonymous = false,
  }: { traits?: object; accountId?: string | null; anonymous?: boolean } = {},
) {
  const id = newId(clock);
  await db
    .insertInto("customers")
    .values({
      workspaceId,
      id,
      accountId,
      externalId: anonymous ? null : name,
      name,
      anonymous,
      traits: JSON.stringify(traits),
    })
    .execute();
  return id;
}

export async function answer(
  { db, clock, workspaceId }: Company,
  customerId: string,
  score: number,
  at = "2026-09-01T10:00:00Z",
) {
  await db
    .insertInto("responses")
    .values({
      workspaceId,
      customerId,
      id: newId(clock),
      surveyId: workspaceId,
      score,
      channel: "email",
      at,
      traits: "{}",
    })
    .execute();
}

export async function ask({ db, clock, workspaceId }: Company, customerId: string, at: string) {
  await db
    .insertInto("invitations")
    .values({
      workspaceId,
      customerId,
      id: newId(clock),
      surveyId: workspaceId,
      version: 1,
      channel: "email",
      language: "en",
      state: "sent",
      createdAt: at,
      sendAfter: at,
      sentAt: at,
      expiresAt: "2027-01-01T00:00:00Z",
    })
    .execute();
}

export async function behave(
  { db, workspaceId }: Company,
  customerId: string,
  {
    state = "flat",
    change = 0,
    stateSince = "2026-08-03",
    days = 4,
    events = 30,
    features = [],
    browsed = 0,
    uses = 400,
  }: Behaviour = {},
) {
  const bits = (1 << days) - 1;
  await db
    .insertInto("engagement")
    .values({
      workspaceId,
      customerId,
      firstAt: `${firstWeek}T08:00:00Z`,
      lastAt: "2026-10-12T08:00:00Z",
      short: 1,
      long: 1,
      firstWeek,
      weekEvents: Array.from({ length: wholeWeeks }, () => events),
      weekDays: Array.from({ length: wholeWeeks }, () => bits),
      evaluatedOn: "2026-10-13",
      state,
      stateSince,
      change,
      usual: 30,
      recent: 30 * (1 + change),
    })
    .execute();
  const used = [
    ...features.map((name) => [name, uses / features.length] as const),
    ...(browsed > 0 ? [["Product Viewed", browsed] as const] : []),
  ];
  for (const [name, long] of used)
    await db
      .insertInto("featureUse")
      .values({
        workspaceId,
        customerId,
        name,
        n: Math.ceil(long),
        firstAt: `${firstWeek}T08:00:00Z`,
        lastAt: "2026-10-12T08:00:00Z",
        long,
      })
      .execute();
}

export async function buy(
  { db, clock, workspaceId }: Company,
  customerId: string,
  discounts: number[],
  at = "2026-09-20T08:00:00Z",
) {
  for (const discount of discounts)
    await db
      .insertInto("purchases")
      .values({
        workspaceId,
        customerId,
        id: newId(clock),
        at,
        revenue: 50,
        currency: "EUR",
        discount,
        orderId: null,
        coupon: null,
      })
      .execute();
}

export const allFeatures = ["Invoice Sent", "Report Opened", "Export Made", "Bank Connected"];

/** Promoters of two plans, who set the norm. */
export async function addPromoters(nines: Company, plan: string, behaviour: Behaviour, n = 20) {
  for (let i = 0; i < n; i++) {
    const id = await addCustomer(nines, `${plan}-promoter-${i}`, { traits: { plan } });
    await answer(nines, id, 10);
    await behave(nines, id, { features: allFeatures, ...behaviour });
  }
}

export async function nameFeatures({ db, workspaceId }: Company) {
  for (const name of allFeatures)
    await db
      .insertInto("eventNames")
      .values({ workspaceId, name, countsAs: "feature", firstAt: now, lastAt: now })
      .execute();
}

export async function standing({ db }: Pick<TestApp, "db">, customerId: string) {
  return db
    .selectFrom("standings")
    .selectAll()
    .where("customerId", "=", customerId)
    .executeTakeFirstOrThrow();
}

import fc from "fast-check";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { bareWorkspace } from "../../../test/bare-workspace.ts";
import { fitsFilter } from "../../../test/fits-filter.ts";
import { newTestApp } from "../../../test/new-test-app.ts";
import {
  agesInDays,
  eventNames,
  reasonNames,
  type SmallCompany,
  smallCompany,
  storeCompany,
  traitValues,
} from "../../../test/small-company.ts";
import { compileFilter } from "./compile-filter.ts";
import {
  contactStates,
  conditionKinds,
  engagementStates,
  numberComparisons,
  passiveStatuses,
  type SegmentCondition,
} from "./segment-condition.ts";
import { SegmentFilter } from "./segment-filter.ts";

const categories = ["detractor", "passive", "promoter"] as const;
const days = fc.constantFrom(...agesInDays.filter((days) => days > 0));
const optional = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 });
const number = (values: number[]) => ({
  is: fc.constantFrom(...numberComparisons),
  value: fc.constantFrom(...values),
});
const amongList = fc.constantFrom("one_of", "none_of");
const moment = fc.oneof(
  fc.record({ is: fc.constantFrom("in_last", "before_last"), days }),
  fc.record({ is: fc.constantFrom("since", "before"), day: fc.constantFrom("2026-09-13", "2026-10-13") }),
  fc.record({ is: fc.constantFrom("set", "not_set") }),
);
const value = fc.constantFrom<string | number | boolean>(
  ...traitValues,
  "Retail",
  40,
  "acme ltd",
  "DE",
  "big.example",
);
const field = (fields: Record<string, fc.Arbitrary<unknown>>, isOrdered: boolean) =>
  fc.oneof(
    fc.record({ ...fields, is: fc.constantFrom("equal", "not_equal"), value }),
    fc.record({ ...fields, is: amongList, value: fc.array(value, { minLength: 1, maxLength: 3 }) }),
    fc.record({ ...fields, is: fc.constant("contains"), value: fc.constantFrom("R", "a", "2", "%") }),
    fc.record({ ...fields, is: fc.constantFrom("set", "not_set") }),
    ...(isOrdered
      ? [
          fc.record({
            ...fields,
            is: fc.constantFrom("above", "below", "at_least", "at_most"),
            value: value.filter((each) => typeof each !== "boolean"),
          }),
          fc.record({ ...fields, is: fc.constantFrom("in_last", "before_last", "in_next"), days }),
        ]
      : []),
  );

/** Every kind of condition, over the values that the small company has. */
function conditionOf({ surveys }: SmallCompany): fc.Arbitrary<SegmentCondition> {
  const survey = optional(fc.constantFrom(...surveys));
  const within = optional(days);
  const category = optional(some(categories));
  const record = (kind: string, fields: Record<string, fc.Arbitrary<unknown>>) =>
    fc.record({ kind: fc.constant(kind), ...fields });
  const at = (kind: string, fields: Record<string, fc.Arbitrary<unknown>> = {}) =>
    fc.tuple(record(kind, fields), moment).map(([base, rest]) => Object.assign({}, base, rest));
  const kinds: Record<Exclude<SegmentCondition["kind"], "segment">, fc.Arbitrary<object>> = {
    trait: field({ kind: fc.constant("trait"), trait: fc.constantFrom("plan", "seats") }, true),
    customer: field(
      {
        kind: fc.constant("customer"),
        field: fc.constantFrom("language", "time_zone", "email_domain", "email", "phone", "name"),
      },
      false,
    ),
    account: field(
      { kind: fc.constant("account"), trait: optional(fc.constantFrom("size", "sector")) },
      true,
    ),
    created: at("created"),
    answer_score: record("answer_score", { survey, ...number([0, 6, 7, 8, 9]) }),
    answer_category: record("answer_category", { survey, is: amongList, value: some(categories) }),
    answer_at: at("answer_at", { survey }),
    answer_comment: record("answer_comment", { survey, is: fc.boolean() }),
    answer_survey: record("answer_survey", { is: amongList, value: some(surveys) }),
    answered: record("answered", { survey, days: within, category, ...number([0, 1, 2, 3]) }),
    moved: record("moved", {
      survey,
      days: within,
      which: fc.constantFrom("last", "any"),
      from: category,
      to: category,
    }),
    engagement_state: record("engagement_state", { is: amongList, value: some(engagementStates) }),
    engagement_change: record("engagement_change", number([-50, -15, 0, 25])),
    engagement_recent: record("engagement_recent", number([0, 3, 5])),
    last_seen: at("last_seen"),
    first_seen: at("first_seen"),
    used: record("used", { event: fc.constantFrom(...eventNames), days: within, ...number([0, 1, 2, 3]) }),
    passive_status: record("passive_status", { is: amongList, value: some(passiveStatuses) }),
    passive_reason: record("passive_reason", { is: amongList, value: some(reasonNames) }),
    revenue: record("revenue", number([0, 50, 100])),
    purchases: record("purchases", { days: within, ...number([0, 1, 2]) }),
    purchase_revenue: record("purchase_revenue", {
      days: within,
      currency: optional(fc.constantFrom("eur", "USD")),
      ...number([-1, 0, 10, 90, 100]),
    }),
    discount_share: record("discount_share", { days: within, ...number([0, 50, 100]) }),
    last_purchase: at("last_purchase"),
    asked: record("asked", { days: within, ...number([0, 1, 2]) }),
    contact: record("contact", { is: amongList, value: some(contactStates) }),
  };
  return fc
    .oneof(...Object.values(kinds))
    .map((made) => JSON.parse(JSON.stringify(made)) as SegmentCondition);
}

function filterOf(company: SmallCompany): fc.Arbitrary<SegmentFilter> {
  const { filter } = fc.letrec<{ filter: SegmentFilter }>((tie) => {
    const group = (kind: "all" | "any", minLength: number) =>
      fc.record({ kind: fc.constant(kind), of: fc.array(tie("filter"), { minLength, maxLength: 3 }) });
    const inverse = fc.record({ kind: fc.constant("not" as const), of: tie("filter") });
    return {
      filter: fc.oneof(
        { maxDepth: 2, depthIdentifier: "filter" },
        conditionOf(company),
        fc.oneof(group("all", 0), group("any", 1), inverse) as fc.Arbitrary<SegmentFilter>,
      ),
    };
  });
  return filter;
}

describe("a filter in SQL", () => {
  it("finds the customers that a person would find who looks at each of them", async () => {
    const nines = await newTestApp();
    const now = nines.clock.now();
    const workspaces: string[] = [];
    const withFilters = smallCompany.chain((company) =>
      fc.tuple(fc.constant(company), fc.array(filterOf(company), { minLength: 60, maxLength: 60 })),
    );
    await fc.assert(
      fc.asyncProperty(withFilters, async ([company, filters]) => {
        const workspaceId = await bareWorkspace(nines);
        workspaces.push(workspaceId);
        // Ids of earlier runs are in the way: customers of other workspaces may have them.
        await nines.pool.query(
          "truncate accounts, customers, responses, engagement, events, feature_use, purchases, contacts, complaints, standings",
        );
        await storeCompany(nines, workspaceId, company);
        for (const sent of filters) {
          const filter = SegmentFilter.parse(sent);
          const expected = company.customers
            .filter((customer) => fitsFilter(filter, customer, company, now))
            .map(({ id }) => id);
          const few = expected.slice(0, 3);
          const find = async (among?: string[]) => {
            const { rows } = await sql<{ id: string }>`
              select c.id from customers c where ${compileFilter(workspaceId, filter, now, { among })}
                and c.id = any (${among ?? company.customers.map(({ id }) => id)}::uuid[])`.execute(nines.db);
            return rows.map(({ id }) => id).sort();
          };
          expect(await find(), JSON.stringify(filter)).toEqual(expected.toSorted());
          expect(await find(few), JSON.stringify(filter)).toEqual(few.toSorted());
        }
      }),
      { numRuns: 6, endOnFailure: true },
    );
  });

  it("is offered with every kind of condition there is", () => {
    const company = { surveys: [crypto.randomUUID(), crypto.randomUUID()], accounts: [], customers: [] };
    const made = new Set(fc.sample(conditionOf(company), 1_000).map(({ kind }) => kind));
    expect([...made, "segment"].sort()).toEqual(conditionKinds.toSorted());
  });
});

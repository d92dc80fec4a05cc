import { categoryOf } from "../server/collect/response.ts";
import type {
  ConditionOf,
  NumberComparison,
  SegmentCondition,
} from "../server/identify/segments/segment-condition.ts";
import type { SegmentFilter } from "../server/identify/segments/segment-filter.ts";
import { before, inOrder, type SmallCompany, type SmallCustomer } from "./small-company.ts";

/** Does a customer fit a filter? As a person would look it up, one customer and one condition at a time. */
export function fitsFilter(
  filter: SegmentFilter,
  customer: SmallCustomer,
  company: SmallCompany,
  now: Date,
): boolean {
  switch (filter.kind) {
    case "all":
      return filter.of.every((part) => fitsFilter(part, customer, company, now));
    case "any":
      return filter.of.some((part) => fitsFilter(part, customer, company, now));
    case "not":
      return !fitsFilter(filter.of, customer, company, now);
    default:
      return holds(filter, customer, company, now);
  }
}

function holds(
  condition: SegmentCondition,
  customer: SmallCustomer,
  { surveys, accounts }: SmallCompany,
  now: Date,
): boolean {
  const answersTo = (survey: string | undefined) =>
    inOrder(customer.answers.filter((answer) => survey === undefined || surveys[answer.survey] === survey));
  const moment = (age: number | undefined, how: { is: string; days?: number; day?: string }) =>
    momentHolds(age === undefined ? undefined : before(now, age), how, now);
  const recent = <Row extends { at: number }>(rows: Row[], days: number | undefined) =>
    rows.filter(({ at }) => days === undefined || at < days);
  switch (condition.kind) {
    case "trait":
      return fieldHolds(customer.traits[condition.trait], condition, now);
    case "customer": {
      const { email, language, timeZone, name } = customer;
      const domain = email?.split("@")[1];
      const fields = { email, language, time_zone: timeZone, name, phone: null, email_domain: domain };
      return fieldHolds(fields[condition.field], condition, now, true);
    }
    case "account": {
      const account = customer.account === null ? undefined : accounts[customer.account];
      if (condition.trait === undefined)
        return fieldHolds(account?.name ?? account?.key, condition, now, true);
      return fieldHolds(account?.traits[condition.trait], condition, now);
    }
    case "created":
      return moment(customer.created, condition);
    case "answer_score":
      return compares(answersTo(condition.survey).at(-1)?.score, condition);
    case "answer_category": {
      const last = answersTo(condition.survey).at(-1);
      return isAmong(last && [categoryOf(last.score)], condition);
    }
    case "answer_at":
      return moment(answersTo(condition.survey).at(-1)?.at, condition);
    case "answer_comment": {
      const last = answersTo(condition.survey).at(-1);
      return last !== undefined && Boolean(last.comment) === condition.is;
    }
    case "answer_survey": {
      const last = answersTo(undefined).at(-1);
      return isAmong(last && [surveys[last.survey]!], condition);
    }
    case "answered": {
      const counted = recent(answersTo(condition.survey), condition.days).filter(
        ({ score }) => condition.category?.includes(categoryOf(score)) ?? true,
      );
      return compares(counted.length, condition);
    }
    case "moved":
      return movedLikeThis(answersTo(condition.survey), condition);
    case "engagement_state":
      return isAmong([customer.engagement?.state ?? "unknown"], condition);
    case "engagement_change": {
      const change = customer.engagement?.change ?? undefined;
      return compares(change === undefined ? undefined : change * 100, condition);
    }
    case "engagement_recent":
      return compares(customer.engagement?.recent ?? undefined, condition);
    case "last_seen":
      return moment(customer.engagement?.last, condition);
    case "first_seen":
      return moment(customer.engagement?.first, condition);
    case "used":
      return compares(
        recent(customer.events, condition.days).filter(({ name }) => name === condition.event).length,
        condition,
      );
    case "passive_status":
      return isAmong(customer.status === null ? undefined : [customer.status], condition);
    case "passive_reason":
      return isAmong(customer.reasons, condition);
    case "revenue":
      return compares(customer.revenue ?? undefined, condition);
    case "purchases":
      return compares(recent(customer.purchases, condition.days).length, condition);
    case "purchase_revenue": {
      const { currency } = condition;
      const counted = recent(customer.purchases, condition.days).filter(
        (purchase) => currency === undefined || purchase.currency?.toLowerCase() === currency.toLowerCase(),
      );
      return compares(
        counted.reduce((sum, { revenue }) => sum + (revenue ?? 0), 0),
        condition,
      );
    }
    case "discount_share": {
      const counted = recent(customer.purchases, condition.days);
      const reduced = counted.filter(({ discount, coupon }) => (discount ?? 0) > 0 || coupon !== null);
      return compares(counted.length === 0 ? undefined : (100 * reduced.length) / counted.length, condition);
    }
    case "last_purchase": {
      const ages = customer.purchases.map(({ at }) => at);
      return moment(ages.length === 0 ? undefined : Math.min(...ages), condition);
    }
    case "asked": {
      const asks = customer.asked.filter(({ kind }) => kind === "invitation");
      return compares(recent(asks, condition.days).length, condition);
    }
    case "contact":
      return contactHolds(customer, condition);
    default:
      throw new Error("Filters are expanded first.");
  }
}

function compares(
  number: number | undefined,
  { is, value }: { is: NumberComparison; value: number },
): boolean {
  if (number === undefined) return false;
  const results = {
    equal: number === value,
    not_equal: number !== value,
    above: number > value,
    below: number < value,
    at_least: number >= value,
    at_most: number <= value,
  };
  return results[is];
}

function isAmong(
  found: readonly string[] | undefined,
  { is, value }: { is: "one_of" | "none_of"; value: readonly string[] },
): boolean {
  return (found?.some((one) => value.includes(one)) ?? false) === (is === "one_of");
}

function momentHolds(
  at: Date | undefined,
  how: { is: string; days?: number; day?: string },
  now: Date,
): boolean {
  if (how.is === "not_set") return at === undefined;
  if (!at) return false;
  if (how.is === "set") return true;
  if (how.is === "in_last") return at > before(now, how.days!) && at <= now;
  if (how.is === "before_last") return at <= before(now, how.days!);
  return how.is === "since" ? at >= new Date(how.day!) : at < new Date(how.day!);
}

type Held = string | number | boolean | null | undefined;
type Comparing = ConditionOf<"trait" | "customer" | "account">;

function fieldHolds(held: Held, condition: Comparing, now: Date, ignoresCase = false): boolean {
  const known = held ?? undefined;
  const isEqual = (value: string | number | boolean) => {
    if (known === undefined) return false;
    if (numberOf(value) !== undefined) return numberOf(known) === numberOf(value);
    const plain = (text: unknown) => (ignoresCase ? String(text).toLowerCase() : String(text));
    return plain(known) === plain(value);
  };
  switch (condition.is) {
    case "set":
      return known !== undefined;
    case "not_set":
      return known === undefined;
    case "equal":
      return isEqual(condition.value);
    case "not_equal":
      return !isEqual(condition.value);
    case "one_of":
      return condition.value.some(isEqual);
    case "none_of":
      return !condition.value.some(isEqual);
    case "contains":
      return known !== undefined && String(known).toLowerCase().includes(condition.value.toLowerCase());
    case "in_last":
    case "before_last":
    case "in_next":
      return dayHolds(known, condition, now);
    default: {
      if (known === undefined) return false;
      const value = numberOf(condition.value);
      if (value === undefined) return ordered(String(known), condition.is, String(condition.value));
      return compares(numberOf(known), { is: condition.is, value });
    }
  }
}

function ordered(held: string, is: "above" | "below" | "at_least" | "at_most", value: string): boolean {
  return { above: held > value, below: held < value, at_least: held >= value, at_most: held <= value }[is];
}

function numberOf(value: string | number | boolean): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

function dayHolds(
  known: string | number | boolean | undefined,
  { is, days }: { is: string; days: number },
  now: Date,
): boolean {
  if (typeof known !== "string" || !/^\d{4}-\d\d-\d\d/.test(known)) return false;
  const dayOf = (time: Date) => Date.parse(time.toISOString().slice(0, 10));
  const ahead = (Date.parse(known.slice(0, 10)) - dayOf(now)) / (24 * 3600 * 1000);
  if (is === "in_next") return ahead >= 0 && ahead < days;
  return is === "in_last" ? ahead > -days && ahead <= 0 : ahead <= -days;
}

function movedLikeThis(
  answers: SmallCustomer["answers"],
  { from, to, which, days }: ConditionOf<"moved">,
): boolean {
  const pairs = answers.slice(1).map((later, index) => ({ earlier: answers[index]!, later }));
  const looked = which === "last" ? pairs.slice(-1) : pairs;
  return looked.some(({ earlier, later }) => {
    const [before, after] = [categoryOf(earlier.score), categoryOf(later.score)];
    const isRecent = days === undefined || later.at < days;
    return before !== after && isRecent && (from?.includes(before) ?? true) && (to?.includes(after) ?? true);
  });
}

function contactHolds(customer: SmallCustomer, { is, value }: ConditionOf<"contact">): boolean {
  const found = [
    customer.email === null && "no_address",
    customer.unsubscribed && "unsubscribed",
    customer.bounced && "bounced",
    customer.complaints.some(({ isOpen }) => isOpen) && "complaint",
  ].filter((state): state is string => typeof state === "string");
  return isAmong(found, { is, value });
}

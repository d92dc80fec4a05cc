import { expect, test } from "vitest";
import { categoryOf } from "../../collect/response.ts";
import { simulateCompany } from "../simulate-company.ts";
import { countsAs, features } from "./catalogue.ts";
import { simulateBehaviour, type SimulatedEvent } from "./simulate-behaviour.ts";
import type { BehaviourTruth } from "./truth.ts";

const now = new Date("2026-10-13T08:00:00Z");
const small = simulateCompany({ now, customers: 486, comments: false });
const behaviour = simulateBehaviour(small, { now });
const events = [...behaviour.events()];
const own = events.filter(({ name }) => countsAs.get(name) !== "nothing");
const truths = behaviour.truthAt(now);
const day = 86_400_000;

const sumOf = (each: SimulatedEvent[], from: string, to: string) =>
  each.filter(({ at }) => at >= new Date(from) && at < new Date(to)).length;
const mean = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length;

test("Larkfield's customers do about 400,000 things in a year", () => {
  // A seventh of them here, of whom those invented by hand do the most.
  const drawn = new Set(small.customers.filter(({ story }) => !story).map(({ id }) => id));
  const whole = (events.filter(({ userId }) => drawn.has(userId)).length * 3_400) / drawn.size;
  expect(whole).toBeGreaterThan(370_000);
  expect(whole).toBeLessThan(460_000);
});

test("each event has an id of its own, a known name, and comes in its time; the same seed gives the same", () => {
  expect(new Set(events.map(({ messageId }) => messageId)).size).toBe(events.length);
  expect(new Set(events.map(({ name }) => name))).toEqual(new Set(countsAs.keys()));
  const since = new Map(small.customers.map(({ id, account }) => [id, new Date(account.traits.since)]));
  for (const { at, userId } of events) {
    expect(at < now && at >= since.get(userId)!).toBe(true);
    expect(now.getTime() - at.getTime()).toBeLessThan(380 * day);
  }
  const orders = events.filter(({ name }) => name === "Order Completed");
  expect(new Set(orders.map(({ properties }) => properties.order_id)).size).toBe(orders.length);
  expect([...behaviour.events()]).toEqual(events);
  expect([...simulateBehaviour(small, { now, seed: "other" }).events()].length).not.toBe(events.length);
});

test("tomorrow's Larkfield has lived through the same", () => {
  const later = new Date(now.getTime() + 9 * day);
  const company = simulateCompany({ now: later, customers: 486, comments: false });
  const ids = new Set([...simulateBehaviour(company, { now: later }).events()].map((each) => each.messageId));
  const shared = events.filter(({ at }) => at.getTime() > later.getTime() - 370 * day);
  expect(shared.filter(({ messageId }) => !ids.has(messageId))).toEqual([]);
});

test("weeks have their shape: workdays by day, rest at weekends, at Christmas and in summer", () => {
  const byWeekday = [0, 1, 2, 3, 4, 5, 6].map(
    (weekday) => own.filter(({ at }) => at.getUTCDay() === weekday).length / own.length,
  );
  expect(byWeekday[2]).toBeGreaterThan(0.17);
  expect(byWeekday[6]).toBeLessThan(0.09);
  expect(byWeekday[0]).toBeLessThan(0.03);
  const atNight = own.filter(({ at }) => at.getUTCHours() >= 22 || at.getUTCHours() < 4).length;
  expect(atNight / own.length).toBeLessThan(0.04);
  const usual = sumOf(own, "2026-02-02", "2026-03-30") / 8;
  expect(sumOf(own, "2025-12-22", "2026-01-05") / 2).toBeLessThan(0.4 * usual);
  const summer = sumOf(own, "2026-07-20", "2026-08-17") / 4;
  expect(summer).toBeLessThan(0.85 * usual);
  expect(summer).toBeGreaterThan(0.5 * usual);
  expect(sumOf(own, "2026-01-12", "2026-02-02") / 3).toBeGreaterThan(0.95 * usual);
});

test("what is true of a customer shows in what they do", () => {
  const byCustomer = Map.groupBy(own, ({ userId }) => userId);
  const of = (holds: (truth: BehaviourTruth) => boolean) =>
    [...truths].filter(([, truth]) => holds(truth)).map(([id]) => byCustomer.get(id) ?? []);
  const recent = (each: SimulatedEvent[]) => sumOf(each, "2026-09-15", "2026-10-13");

  expect(of(({ uses }) => !uses).flat()).toEqual([]);
  for (const each of of(({ kinds }) => kinds.has("gone"))) expect(recent(each)).toBe(0);
  const sessions = (each: SimulatedEvent[]) =>
    new Set(each.map(({ at }) => at.toISOString().slice(0, 10))).size / 53;
  const seldom = of(({ kinds }) => kinds.has("infrequent") && !kinds.has("declining"));
  expect(mean(seldom.map((each) => recent(each) / 4))).toBeLessThan(0.9);
  expect(mean(of(({ uses, kinds }) => uses && kinds.size === 0).map(sessions))).toBeGreaterThan(0.6);
  const used = (each: SimulatedEvent[]) =>
    new Set(each.filter(({ name }) => countsAs.get(name) === "feature").map(({ name }) => name)).size;
  for (const each of of(({ kinds }) => kinds.has("basic"))) expect(used(each)).toBeLessThanOrEqual(3);
  expect(mean(of(({ uses, kinds }) => uses && kinds.size === 0).map(used))).toBeGreaterThan(5);
  const orders = (each: SimulatedEvent[]) => each.filter(({ name }) => name === "Order Completed");
  expect(of(({ kinds }) => kinds.has("browsing")).flatMap(orders)).toEqual([]);
  const bargains = of(({ kinds }) => kinds.has("discount")).flatMap(orders);
  expect(bargains.length).toBeGreaterThan(20);
  for (const { properties } of bargains) {
    expect(properties.discount).toBeGreaterThan(0);
    expect(properties.coupon).toBeTypeOf("string");
  }
  const before = (each: SimulatedEvent[]) => sumOf(each, "2026-04-13", "2026-06-15") / 9;
  const declining = of(({ kinds, change }) => kinds.has("declining") && change < -0.4);
  expect(mean(declining.map((each) => recent(each) / 4))).toBeLessThan(0.75 * mean(declining.map(before)));
});

test("who feels lukewarm cools more often, and promoters use more", () => {
  const whole = simulateCompany({ now, comments: false });
  const truth = simulateBehaviour(whole, { now }).truthAt(now);
  const shareOf = (category: string, holds: (truth: BehaviourTruth) => boolean) => {
    const those = whole.customers.filter(({ id }) => {
      const felt = whole.truth.feelings.get(id)!.at(-2)!;
      return categoryOf(felt) === category && truth.get(id)!.uses;
    });
    return those.filter(({ id }) => holds(truth.get(id)!)).length / those.length;
  };
  const cools = ({ kinds }: BehaviourTruth) => kinds.has("declining");
  const basic = ({ kinds }: BehaviourTruth) => kinds.has("basic");
  expect(shareOf("passive", cools)).toBeGreaterThan(2.5 * shareOf("promoter", cools));
  expect(shareOf("passive", basic)).toBeGreaterThan(1.6 * shareOf("promoter", basic));
  expect(shareOf("promoter", ({ change }) => change > 0.15)).toBeGreaterThan(
    shareOf("passive", ({ change }) => change > 0.15),
  );
  const any = whole.customers.filter(({ id }) => truth.get(id)!.kinds.size > 0).length;
  expect(any / whole.customers.length).toBeGreaterThan(0.25);
  expect(any / whole.customers.length).toBeLessThan(0.6);
  expect(features).toHaveLength(14);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { day, isResting, matchesPath, mayShow, type Memory, minute, restsUntil, seenAgain } from "./rules.ts";

const rules = { sample: 1, afterVisits: 3, afterSeconds: 20, notOn: ["/checkout*"], restDays: 90 };
const memory: Memory = { draw: 0.5, visits: 3, seenAt: 0, closedUntil: 0, answeredUntil: 0 };
const moment = { now: 1_000 * day, path: "/invoices", seconds: 20 };

describe("when the widget shows", () => {
  test("it shows when every rule is met, and not when any one of them is not", () => {
    expect(mayShow(rules, memory, moment)).toBe(true);
    expect(mayShow(rules, { ...memory, visits: 2 }, moment)).toBe(false);
    expect(mayShow(rules, memory, { ...moment, seconds: 19 })).toBe(false);
    expect(mayShow(rules, memory, { ...moment, path: "/checkout/pay" })).toBe(false);
    expect(mayShow({ ...rules, sample: 0.5 }, memory, moment)).toBe(false);
    expect(mayShow(rules, { ...memory, closedUntil: moment.now + 1 }, moment)).toBe(false);
    expect(mayShow(rules, { ...memory, answeredUntil: moment.now + 1 }, moment)).toBe(false);
  });

  test("a sample that grows keeps everybody who was in it, and nobody is in a sample of 0", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (draw, a, b) => {
          const isIn = (sample: number) => mayShow({ ...rules, sample }, { ...memory, draw }, moment);
          expect(isIn(0)).toBe(false);
          expect(isIn(1)).toBe(true);
          if (isIn(Math.min(a, b))) expect(isIn(Math.max(a, b))).toBe(true);
        },
      ),
    );
  });

  test("who closed or answered it is left alone for the days of rest, and for one day where none are set", () => {
    const closed = { ...memory, closedUntil: restsUntil(0, 90) };
    expect(isResting(closed, 90 * day - 1)).toBe(true);
    expect(isResting(closed, 90 * day)).toBe(false);
    expect(restsUntil(0, 0)).toBe(day);
  });

  test("pages within half an hour are one visit", () => {
    const first = seenAgain({ ...memory, visits: 0, seenAt: 0 }, day);
    expect(first).toMatchObject({ visits: 1, seenAt: day });
    const second = seenAgain(first, day + 30 * minute);
    expect(second).toMatchObject({ visits: 1, seenAt: day + 30 * minute });
    expect(seenAgain(second, day + 61 * minute)).toMatchObject({ visits: 2 });
  });
});

describe("paths", () => {
  test.each([
    ["/checkout*", "/checkout", true],
    ["/checkout*", "/checkout/pay", true],
    ["/checkout*", "/shop/checkout", false],
    ["/checkout", "/checkout/", false],
    ["*", "/anything", true],
    ["/a*/b", "/a/b", true],
    ["/a*/b", "/a/x/b", true],
    ["/a*/b", "/a/b/c", false],
    ["/aa*aa", "/aaa", false],
    ["*/edit*", "/posts/7/edit?x", true],
    ["/a.b", "/axb", false],
    ["/*/x/*", "/1/x/", true],
    ["/*/x/*", "/1/xx/", false],
  ])("%s and %s: %s", (pattern, path, expected) => {
    expect(matchesPath(pattern, path)).toBe(expected);
  });

  test("a path always matches itself, itself with a star behind it, and itself with a star anywhere in it", () => {
    const paths = fc.string({ unit: fc.constantFrom("/", "a", "b", "-") });
    fc.assert(
      fc.property(paths, paths, (a, b) => {
        expect(matchesPath(a, a)).toBe(true);
        expect(matchesPath(`${a}*`, a + b)).toBe(true);
        expect(matchesPath(`${a}*${b}`, a + b)).toBe(true);
        expect(matchesPath(`*${a}*`, b + a + b)).toBe(true);
      }),
    );
  });

  test("many stars do not make it slow", () => {
    expect(matchesPath(`${"*a".repeat(90)}b`, "a".repeat(5_000))).toBe(false);
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { newRememberedKeys } from "./remembered-keys.ts";

const keyOf = (n: number) => ({ workspaceId: "w", key: `id:${n}`, customerId: `c${n}` });

test("what is remembered is what was added last, and never more than asked for", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(30), fc.nat(3))), fc.integer({ min: 2, max: 20 }), (adds, most) => {
      const remembered = newRememberedKeys(most);
      const last = new Map<number, string>();
      for (const [n, customer] of adds) {
        remembered.add([{ ...keyOf(n), customerId: `c${customer}` }]);
        last.set(n, `c${customer}`);
      }
      const found = [...last.keys()].filter((n) => remembered.find([keyOf(n)]));
      // Looking moves what was found; so the values are compared one at a time.
      for (const n of found)
        expect(remembered.find([keyOf(n)])?.[0]?.customerId ?? last.get(n)).toBe(last.get(n));
      expect(found.length).toBeLessThanOrEqual(most + 1);
      const newest = adds.at(-1);
      if (newest && most > 2) expect(remembered.find([keyOf(newest[0])])).toBeDefined();
    }),
  );
});

test("one key that is not remembered makes the whole look-up fail, as does a forgotten one", () => {
  const remembered = newRememberedKeys(10);
  remembered.add([keyOf(1), keyOf(2)]);
  expect(remembered.find([keyOf(1), keyOf(2)])).toEqual([keyOf(1), keyOf(2)]);
  expect(remembered.find([keyOf(1), keyOf(3)])).toBeUndefined();
  remembered.forget([keyOf(1)]);
  expect(remembered.find([keyOf(1)])).toBeUndefined();
  expect(remembered.find([{ ...keyOf(2), workspaceId: "other" }])).toBeUndefined();
});

import { expect, test } from "vitest";
import { checkSampleRatio } from "../../statistics/sample-ratio.ts";
import { assignArm, isPermanentlyHeldOut } from "./assign-arm.ts";

const workspace = { id: "larkfield", salt: "w1", permanentHoldout: 0.05 };
const play = { id: "play1", salt: "s1", holdoutShare: 0.5 };
const customers = Array.from({ length: 10_000 }, (_, i) => `cust${i}`);
const arms = (other: Partial<typeof play> = {}, order = customers) =>
  new Map(
    order.map((customer) => [
      customer,
      assignArm({ play: { ...play, ...other }, workspace, unit: customer, customer })?.arm,
    ]),
  );

test("customers are assigned by the published vector, in any order alike, and the permanent holdout by none", () => {
  const drawn = assignArm({ play, workspace, unit: "cust42", customer: "cust42" });
  expect(drawn).toEqual({ arm: "holdout", place: 0.4590596302233325 });
  const first = arms();
  expect(arms({}, customers.toReversed())).toEqual(new Map([...first].toReversed()));

  const left = customers.filter((customer) => isPermanentlyHeldOut(workspace, customer));
  expect(left.length).toBeGreaterThan(400);
  expect(left.length).toBeLessThan(600);
  for (const customer of left) expect(first.get(customer)).toBeUndefined();
  const count = (map: typeof first, arm: string) => [...map.values()].filter((each) => each === arm).length;
  const sizes = [count(first, "treated"), count(first, "holdout")];
  expect(checkSampleRatio(sizes, [0.5, 0.5])!.alarm).toBe(false);

  // Another play draws anew: about half of its holdout was in the first one's.
  const second = arms({ id: "play2", salt: "s2" });
  const both = customers.filter((each) => first.get(each) === "holdout" && second.get(each) === "holdout");
  expect(both.length / sizes[1]!).toBeCloseTo(0.5, 1);
});

test("all people of an account are in one arm", () => {
  for (let account = 0; account < 50; account++) {
    const people = customers.slice(20 * account, 20 * account + 20);
    const drawn = people.flatMap(
      (customer) => assignArm({ play, workspace, unit: `account${account}`, customer })?.arm ?? [],
    );
    expect(new Set(drawn).size).toBe(1);
  }
});

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { contrastWithWhite, leastContrast, readableUnderWhite } from "./contrast.ts";

// Values of the WCAG contrast formula as published beside these colours.
test.each([
  ["#ffffff", 1],
  ["#000000", 21],
  ["#767676", 4.54],
  ["#777777", 4.48],
  ["#0000ff", 8.59],
  ["#ff0000", 4],
])("white on %s has the contrast %s", (colour, contrast) => {
  expect(contrastWithWhite(colour)).toBeCloseTo(contrast, 2);
});

test("a shade that is offered is readable, of the same hue, and the colour itself where that is readable", () => {
  const channel = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(fc.tuple(channel, channel, channel), (channels) => {
      const colour = `#${channels.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
      const fixed = readableUnderWhite(colour);
      expect(contrastWithWhite(fixed)).toBeGreaterThanOrEqual(leastContrast);
      if (contrastWithWhite(colour) >= leastContrast) expect(fixed).toBe(colour);
      const fixedChannels = [1, 3, 5].map((start) => Number.parseInt(fixed.slice(start, start + 2), 16));
      const order = (values: number[]) =>
        values.map((_, i) => i).toSorted((a, b) => channels[a]! - channels[b]!);
      const sorted = order(channels).map((i) => fixedChannels[i]!);
      expect(sorted).toEqual(sorted.toSorted((a, b) => a - b));
    }),
  );
});

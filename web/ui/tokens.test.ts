import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("tokens.css", import.meta.url), "utf8");

type Rgb = readonly [number, number, number];
type Theme = "light" | "dark";
type Deficiency = "deuteranopia" | "protanopia";

const tokens: Record<Theme, Record<string, Rgb>> = { light: {}, dark: {} };
for (const [, name, light, dark] of css.matchAll(/--([a-z0-9-]+):\s*light-dark\((#\w{6}), (#\w{6})\)/g)) {
  tokens.light[name ?? ""] = fromHex(light ?? "");
  tokens.dark[name ?? ""] = fromHex(dark ?? "");
}

function fromHex(hex: string): Rgb {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  return [r ?? 0, g ?? 0, b ?? 0];
}

function colour(theme: Theme, name: string): Rgb {
  const found = tokens[theme][name];
  if (!found) throw new Error(`tokens.css has no --${name}.`);
  return found;
}

const toLinear = (channel: number) =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;

/** Relative luminance, WCAG 2.2. */
function luminance([r, g, b]: Rgb) {
  return 0.2126 * toLinear(r) + 0.7152 * toLinear(g) + 0.0722 * toLinear(b);
}

function contrast(a: Rgb, b: Rgb) {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

// Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
const machado = {
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
} as const;

/** Linear RGB as somebody with this deficiency sees it. */
function seenBy(deficiency: Deficiency, [r, g, b]: Rgb): Rgb {
  const [red, green, blue] = machado[deficiency].map(
    ([x, y, z]) => x * toLinear(r) + y * toLinear(g) + z * toLinear(b),
  );
  const clip = (value: number | undefined) => Math.min(1, Math.max(0, value ?? 0));
  return [clip(red), clip(green), clip(blue)];
}

/** CIE L*a*b* of linear RGB, white D65. */
function lab([r, g, b]: Rgb): Rgb {
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const radians = Math.PI / 180;

/** CIEDE2000 by Sharma, Wu and Dalal (2005). */
function difference([l1, a1, b1]: Rgb, [l2, a2, b2]: Rgb): number {
  const meanChroma = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const g = 0.5 * (1 - Math.sqrt(meanChroma ** 7 / (meanChroma ** 7 + 25 ** 7)));
  const [c1, h1] = polar(a1 * (1 + g), b1);
  const [c2, h2] = polar(a2 * (1 + g), b2);
  const turn = c1 * c2 === 0 ? 0 : ((((h2 - h1 + 180) % 360) + 360) % 360) - 180;
  const deltaH = 2 * Math.sqrt(c1 * c2) * Math.sin((turn / 2) * radians);
  const l = (l1 + l2) / 2;
  const c = (c1 + c2) / 2;
  const h = c1 * c2 === 0 ? h1 + h2 : h1 + turn / 2;
  const t =
    1 -
    0.17 * Math.cos((h - 30) * radians) +
    0.24 * Math.cos(2 * h * radians) +
    0.32 * Math.cos((3 * h + 6) * radians) -
    0.2 * Math.cos((4 * h - 63) * radians);
  const sl = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2);
  const sc = 1 + 0.045 * c;
  const sh = 1 + 0.015 * c * t;
  const hue = ((h % 360) + 360) % 360;
  const rotation =
    -2 *
    Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7)) *
    Math.sin(60 * radians * Math.exp(-(((hue - 275) / 25) ** 2)));
  const [dl, dc, dh] = [(l2 - l1) / sl, (c2 - c1) / sc, deltaH / sh];
  return Math.sqrt(dl ** 2 + dc ** 2 + dh ** 2 + rotation * dc * dh);
}

function polar(a: number, b: number): [chroma: number, hue: number] {
  return [Math.hypot(a, b), (((Math.atan2(b, a) / radians) % 360) + 360) % 360];
}

/** How far two fills are apart for somebody with this deficiency. */
function apart(theme: Theme, deficiency: Deficiency, one: string, other: string) {
  const seen = (name: string) => lab(seenBy(deficiency, colour(theme, name)));
  return difference(seen(one), seen(other));
}

describe.each(["light", "dark"] as const)("the %s theme", (theme) => {
  it.each([
    ...["ink", "muted", "faint"].flatMap((text) =>
      ["bg", "surface", "sunken"].map((on) => [text, on] as const),
    ),
    ...["ink", "muted", "faint"].map((text) => [text, "hover"] as const),
    ["on-ink", "ink"] as const,
    ["on-pas", "pas"] as const,
    ...["det", "pas", "pro", "sil"].flatMap((segment) => [
      [`${segment}-text`, "surface"] as const,
      [`${segment}-text`, "bg"] as const,
      [`${segment}-text`, `${segment}-soft`] as const,
    ]),
    ["muted", "sil-soft"] as const,
  ])("text in %s on %s can be read: at least 4.5 to 1", (text, on) => {
    expect(contrast(colour(theme, text), colour(theme, on))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(
    ["line-strong", "det", "pas", "pro", "sil"].flatMap((fill) => [
      [fill, "bg"] as const,
      [fill, "surface"] as const,
    ]),
  )("the fill %s stands out on %s: at least 3 to 1", (fill, on) => {
    expect(contrast(colour(theme, fill), colour(theme, on))).toBeGreaterThanOrEqual(3);
  });

  it.each([["deuteranopia", 20] as const, ["protanopia", theme === "light" ? 24 : 30] as const])(
    "detractors, passives and promoters stay apart with %s: CIEDE2000 of about %i or more",
    (deficiency, least) => {
      const pairs = [
        ["det", "pas"],
        ["pas", "pro"],
        ["det", "pro"],
      ] as const;
      const smallest = Math.min(...pairs.map(([one, other]) => apart(theme, deficiency, one, other)));
      expect(smallest).toBeGreaterThanOrEqual(least - 0.5);
    },
  );

  it("silent, which has a shape of its own too, is never closer than 12 to another segment", () => {
    const distances = (["deuteranopia", "protanopia"] as const).flatMap((deficiency) =>
      ["det", "pas", "pro"].map((segment) => apart(theme, deficiency, "sil", segment)),
    );
    expect(Math.min(...distances)).toBeGreaterThanOrEqual(12);
  });
});

describe("the measure itself", () => {
  it.each([
    // Sharma, Wu and Dalal (2005), test data: pairs 1, 7, 17 and 25.
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, 0, 0], [50, -1, 2], 2.3669],
    [[50, 2.5, 0], [73, 25, -18], 27.1492],
    [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
  ] as const)("agrees with the published test data: %j and %j differ by %f", (one, other, published) => {
    expect(difference(one, other)).toBeCloseTo(published, 4);
  });

  it("gives black on white the largest contrast there is", () => {
    expect(contrast([0, 0, 0], [1, 1, 1])).toBeCloseTo(21, 10);
  });
});

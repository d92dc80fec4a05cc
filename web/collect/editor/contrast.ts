/** How well two colours (#rrggbb) can be told apart, from 1 to 21, as WCAG 2 defines it. */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** The least contrast at which small text is readable. */
export const readable = 4.5;

/** Is this a colour as the survey keeps it? */
export function isHue(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}

/** The nearest darker shade of a colour on which white text can be read. */
export function darkerShade(hue: string): string {
  for (let part = 100; part > 0; part -= 1) {
    const shade = scaled(hue, part / 100);
    if (contrast(shade, "#ffffff") >= readable) return shade;
  }
  return "#000000";
}

function channels(hue: string): [number, number, number] {
  const value = Number.parseInt(hue.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function scaled(hue: string, factor: number): string {
  const parts = channels(hue).map((channel) => Math.round(channel * factor));
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function luminance(hue: string): number {
  const [red, green, blue] = channels(hue).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** How far two luminances must lie apart for text (WCAG 2.2, 1.4.3). */
export const leastContrast = 4.5;

/**
 * Contrast of a colour with white, from 1 (white) to 21 (black), by the formula of WCAG 2.2.
 * @param colour as `#1c1a16`
 */
export function contrastWithWhite(colour: string): number {
  return 1.05 / (luminanceOf(channelsOf(colour)) + 0.05);
}

/** The lightest shade of a colour on which white text can be read; the colour itself where it is dark enough. */
export function readableUnderWhite(colour: string): string {
  const channels = channelsOf(colour);
  // Each step keeps the ratio of the channels, hence the hue.
  for (let step = 100; step >= 0; step--) {
    const darker = hexOf(channels.map((channel) => Math.floor((channel * step) / 100)));
    if (contrastWithWhite(darker) >= leastContrast) return step === 100 ? colour.toLowerCase() : darker;
  }
  return "#000000";
}

function channelsOf(colour: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
}

function hexOf(channels: readonly number[]): string {
  return `#${channels.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

function luminanceOf(channels: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** At most five round values of a scale: more than that is a grid to look at, not an axis to read. */
export function fewTicks(scale: { ticks: (count: number) => number[] }, most = 5): number[] {
  for (let count = most; count > 1; count--) {
    const ticks = scale.ticks(count);
    if (ticks.length <= most) return ticks;
  }
  return scale.ticks(1).slice(0, most);
}

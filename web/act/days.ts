/** The first moment of a day as the date field has it, in the browser's time zone; of the next day with `after`. */
export function momentOf(day: string | undefined, { after = false } = {}): string | null {
  if (!day) return null;
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + (after ? 1 : 0)).toISOString();
}

/** The day of a moment, as the date field has it; the last whole day before it with `before`. */
export function dayOf(moment: string | null, { before = false } = {}): string | undefined {
  if (moment === null) return undefined;
  const time = new Date(new Date(moment).getTime() - (before ? 1 : 0));
  const two = (number: number) => String(number).padStart(2, "0");
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

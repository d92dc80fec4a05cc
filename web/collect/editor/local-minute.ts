/** A moment as the clock of a time zone shows it, for a browser's field: "2026-10-13T09:00". */
export function localMinute(moment: string, timeZone: string | undefined): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...(timeZone && { timeZone }),
  }).formatToParts(new Date(moment));
  const get = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return `${get("year")}-${get("month")}-${get("day")}T${get("hour")}:${get("minute")}`;
}

/** The moment at which the clock of a time zone shows this; null for nothing or something incomplete. */
export function momentOf(local: string, timeZone: string | undefined): string | null {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return null;
  // The offset at the moment itself may differ from the one at the first guess, when clocks change between them.
  let at = asUtc;
  for (let round = 0; round < 2; round += 1) {
    const shown = Date.parse(`${localMinute(new Date(at).toISOString(), timeZone)}Z`);
    at += asUtc - shown;
  }
  return new Date(at).toISOString();
}

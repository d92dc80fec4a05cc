/** Where a page of responses ended: after this moment, and after this id among those of the same moment. */
export interface Cursor {
  /** ISO time with microseconds. */
  at: string;
  id: string;
}

export function writeCursor({ at, id }: Cursor): string {
  return Buffer.from(`${at} ${id}`).toString("base64url");
}

/** @returns undefined when the text is no cursor, or one that we would not have written */
export function readCursor(text: string): Cursor | undefined {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) ([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/.exec(
    Buffer.from(text, "base64url").toString(),
  );
  return parts && isTime(parts[1]!) ? { at: parts[1]!, id: parts[2]! } : undefined;
}

/** Is there such a day and hour? PostgreSQL knows no year 0, and Date makes the 30th of February a day in March. */
function isTime(at: string): boolean {
  const time = new Date(at);
  return (
    !Number.isNaN(time.getTime()) &&
    time.getUTCFullYear() > 0 &&
    time.toISOString().slice(0, 23) === at.slice(0, 23)
  );
}

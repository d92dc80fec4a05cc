/** Where a page of responses ended: after this moment, and after this id among those of the same moment. */
export interface Cursor {
  /** ISO time with microseconds. */
  at: string;
  id: string;
}

export function writeCursor({ at, id }: Cursor): string {
  return Buffer.from(`${at} ${id}`).toString("base64url");
}

/** @returns undefined when the text is no cursor */
export function readCursor(text: string): Cursor | undefined {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) ([\da-f-]{36})$/.exec(
    Buffer.from(text, "base64url").toString(),
  );
  return parts ? { at: parts[1]!, id: parts[2]! } : undefined;
}

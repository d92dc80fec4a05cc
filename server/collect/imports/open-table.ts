import { open } from "node:fs/promises";
import { Refusal } from "../../platform/errors.ts";
import { detectFormat, headSize } from "./detect-format.ts";
import { normalise } from "./known-formats.ts";
import type { Format } from "./mapping.ts";
import { previewFile, type Preview } from "./preview.ts";
import { readRows, type RowsRead } from "./read-rows.ts";
import type { Row } from "./split-rows.ts";

/** A CSV file that is being read: how it is written, what its columns are called, and its rows, once. */
export interface Table {
  format: Format;
  columns: string[];
  /** Undefined when it comes from a stream. */
  bytes: number | undefined;
  preview(): Preview;
  /** Rows in groups, as they come. */
  groups(): AsyncGenerator<RowsRead>;
  /** Rows one by one; one with `broken` has no cells. */
  rows(): AsyncGenerator<Row>;
}

/**
 * Opens a CSV file by path, or one that arrives in chunks, without any database.
 * @throws Refusal for a file that is absent, empty or no CSV file
 */
export async function openTable(source: string | AsyncIterable<Uint8Array>): Promise<Table> {
  const { chunks, bytes } =
    typeof source === "string" ? await readFileInChunks(source) : { chunks: source, bytes: undefined };
  const iterator = chunks[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  for (let size = 0; size < headSize;) {
    const { value, done } = await iterator.next();
    if (done) break;
    first.push(value);
    size += value.length;
  }
  const head = Buffer.concat(first);
  const format = detectFormat(head.subarray(0, headSize));

  async function* all() {
    yield head;
    for (;;) {
      const { value, done } = await iterator.next();
      if (done) return;
      yield value;
    }
  }
  const groups = () => readRows(all(), format);
  return {
    format,
    columns: format.columns,
    bytes,
    preview: () => previewFile(head, format),
    groups,
    async *rows() {
      for await (const { rows } of groups()) yield* rows;
    },
  };
}

async function readFileInChunks(path: string) {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new Refusal("bad_input", sentenceAbout(path, error.code), { reason: "file_unreadable" });
  });
  const stats = await file.stat();
  if (stats.isDirectory()) {
    await file.close();
    throw new Refusal("bad_input", sentenceAbout(path, "EISDIR"), { reason: "file_unreadable" });
  }
  const chunks: AsyncIterable<Uint8Array> = file.createReadStream({ highWaterMark: 1024 * 1024 });
  return { chunks, bytes: stats.isFile() ? stats.size : undefined };
}

function sentenceAbout(path: string, code: string | undefined): string {
  if (code === "ENOENT") return `There is no file ${path}.`;
  if (code === "EISDIR") return `${path} is a folder; name the CSV file in it.`;
  if (code === "EACCES") return `${path} may not be read by this user.`;
  return `${path} cannot be read (${code}).`;
}

/**
 * The index of the column with this name; case and signs do not matter where the name stays unique.
 * @throws Refusal that lists the columns
 */
export function columnNamed(columns: string[], name: string): number {
  const exact = columns.indexOf(name);
  if (exact >= 0) return exact;
  const alike = columns.flatMap((column, index) =>
    // "Q1" is enough for "Q1 – How likely …".
    [column, column.split(" – ")[0] ?? ""].some((each) => normalise(each) === normalise(name)) ? [index] : [],
  );
  if (alike.length === 1 && alike[0] !== undefined) return alike[0];
  const list = columns.slice(0, 100).join(", ") + (columns.length > 100 ? ", …" : "");
  throw new Refusal("bad_input", `There is no column "${name}" in this file. It has: ${list}.`, {
    reason: "no_such_column",
    values: { column: name },
  });
}

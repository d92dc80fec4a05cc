import { setImmediate as letOthersRun } from "node:timers/promises";
import { TextReader } from "./encoding.ts";
import type { Format } from "./mapping.ts";
import { RowSplitter, type Row } from "./split-rows.ts";

/** Some rows of a file and how many of its bytes have been read with them. */
export interface RowsRead {
  rows: Row[];
  bytes: number;
}

// Small enough that requests which wait for this process do not notice.
const pieceSize = 64 * 1024;

/** The rows below the header of a file that arrives in chunks; memory holds one chunk and one record. */
export async function* readRows(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  format: Format,
): AsyncGenerator<RowsRead> {
  const reader = new TextReader(format.encoding);
  const splitter = new RowSplitter(format);
  let header = format.headerRows;
  let bytes = 0;
  const belowHeader = (rows: Row[]) => {
    if (header === 0) return rows;
    const skipped = Math.min(header, rows.length);
    header -= skipped;
    return rows.slice(skipped);
  };
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; start += pieceSize) {
      const piece = chunk.subarray(start, start + pieceSize);
      bytes += piece.length;
      yield { rows: belowHeader(splitter.push(reader.read(piece))), bytes };
      await letOthersRun();
    }
  }
  yield { rows: belowHeader(splitter.push(reader.read(new Uint8Array(), true), true)), bytes };
}

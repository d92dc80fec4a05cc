import { isAscii, isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";
import { Refusal } from "../../platform/errors.ts";

export const encodings = ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;
/** How the bytes of a file stand for characters. Latin-1 is read as Windows-1252, which contains it. */
export type Encoding = (typeof encodings)[number];

/** Tells the encoding from the first bytes of a file: by its mark, by its zero bytes, by whether it is valid UTF-8. */
export function detectEncoding(head: Uint8Array): Encoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8";
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  // Western text in UTF-16 has a zero in nearly every second byte.
  const { even, odd } = zeroBytes(head);
  const half = head.length / 2;
  if (odd > half * 0.4 && even < half * 0.1) return "utf-16le";
  if (even > half * 0.4 && odd < half * 0.1) return "utf-16be";
  return isUtf8(wholeCharacters(head)) ? "utf-8" : "windows-1252";
}

/** Turns bytes that arrive in pieces into text without a byte order mark. */
export class TextReader {
  #decoder: TextDecoder;
  #pending: Uint8Array = new Uint8Array();
  #onlyAscii: boolean;

  constructor(encoding: Encoding) {
    this.#decoder = new TextDecoder(encoding);
    this.#onlyAscii = encoding === "utf-8";
  }

  /** The text of these bytes; a character cut by the end of the piece comes with the next one. */
  read(bytes: Uint8Array, last = false): string {
    const text = this.#onlyAscii ? this.#settle(bytes, last) : this.#decoder.decode(bytes, { stream: !last });
    return text.includes("\0") ? text.replaceAll("\0", "") : text;
  }

  /**
   * A file may be plain ASCII for a megabyte before its first umlaut; the first bytes that are not ASCII decide: when
   * they are no UTF-8, the file is Windows-1252.
   */
  #settle(bytes: Uint8Array, last: boolean): string {
    const joined = this.#pending.length > 0 ? Buffer.concat([this.#pending, bytes]) : bytes;
    const whole = last ? joined : wholeCharacters(joined);
    this.#pending = joined.subarray(whole.length);
    if (isAscii(whole)) return this.#decoder.decode(whole, { stream: !last });
    this.#onlyAscii = false;
    if (!isUtf8(whole)) this.#decoder = new TextDecoder("windows-1252");
    return this.#decoder.decode(joined, { stream: !last });
  }
}

/** Refuses what is no text: archives, workbooks, pictures, web pages. */
export function refuseForeignFile(head: Uint8Array): void {
  const found = foreign.find(({ magic }) => magic.every((byte, index) => head[index] === byte));
  if (found?.reason === "zip" && Buffer.from(head).includes("xl/")) throw foreignFile("xlsx");
  if (found) throw foreignFile(found.reason);
  const { even, odd } = zeroBytes(head);
  const utf16 = detectEncoding(head).startsWith("utf-16");
  if (!utf16 && even + odd > Math.max(8, head.length * 0.02)) throw foreignFile("binary");
  const start = Buffer.from(head.subarray(0, 200))
    .toString("latin1")
    .replace(/^\W*(?=<)/, "")
    .toLowerCase();
  if (/^<(!doctype html|html|\?xml)/.test(start)) throw foreignFile("html");
}

type Foreign = "zip" | "xlsx" | "xls" | "gzip" | "pdf" | "binary" | "html";

const foreign: { magic: number[]; reason: Foreign }[] = [
  { magic: [0x50, 0x4b, 0x03, 0x04], reason: "zip" },
  { magic: [0x50, 0x4b, 0x05, 0x06], reason: "zip" },
  { magic: [0x1f, 0x8b], reason: "gzip" },
  { magic: [0xd0, 0xcf, 0x11, 0xe0], reason: "xls" },
  { magic: [0x25, 0x50, 0x44, 0x46], reason: "pdf" },
  { magic: [0x37, 0x7a, 0xbc, 0xaf], reason: "binary" },
  { magic: [0x52, 0x61, 0x72, 0x21], reason: "binary" },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], reason: "binary" },
  { magic: [0x89, 0x50, 0x4e, 0x47], reason: "binary" },
];

const sentences: Record<Foreign, string> = {
  zip: "This is a zip archive, not a CSV file. Unpack it and choose the .csv inside.",
  xlsx: "This is an Excel workbook, not a CSV file. Open it and save the sheet as CSV.",
  xls: "This is an old Excel workbook, not a CSV file. Open it and save the sheet as CSV.",
  gzip: "This is a gzip archive, not a CSV file. Unpack it and choose the .csv inside.",
  pdf: "This is a PDF, not a CSV file. Export the answers as CSV.",
  binary: "This is not a text file. Export the answers as CSV and choose that file.",
  html: "This is a web page or XML, not a CSV file. Download the export again and choose the .csv.",
};

function foreignFile(reason: Foreign): Refusal {
  return new Refusal("bad_input", sentences[reason], { reason: `file_is_${reason}` });
}

function zeroBytes(bytes: Uint8Array): { even: number; odd: number } {
  const found = { even: 0, odd: 0 };
  for (let index = 0; index < bytes.length; index++) {
    if (bytes[index] === 0) found[index % 2 === 0 ? "even" : "odd"]++;
  }
  return found;
}

/** Without the last character when it may be cut: UTF-8 characters have up to four bytes, the later ones 10xxxxxx. */
function wholeCharacters(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(4, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < length ? bytes.subarray(0, bytes.length - back) : bytes;
    }
  }
  return bytes;
}

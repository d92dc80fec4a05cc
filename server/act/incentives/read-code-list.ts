import { parse } from "csv-parse/sync";
import { Refusal } from "../../platform/errors.ts";
import type { AddedCodes } from "./code-pool.ts";

const longestCode = 200;
const headings = new Set(["code", "codes", "coupon", "coupons", "gutschein", "gutscheincode", "voucher"]);

/** Codes as they were sent, with the lines that hold none. */
export interface CodeList {
  codes: string[];
  faulty: AddedCodes["faulty"];
}

/**
 * The codes of a CSV file: the column called code, else the first; one a line without any commas is a CSV file, too.
 * @throws Refusal for a file that is none
 */
export function readCodeFile(text: string): CodeList {
  let rows: string[][];
  try {
    rows = parse(text, {
      bom: true,
      delimiter: [",", ";", "\t"],
      relaxColumnCount: true,
      skipEmptyLines: true,
      trim: true,
    });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new Refusal("bad_input", `This cannot be read as CSV: ${detail}. Send one code a line.`, {
      reason: "csv_broken",
      values: { detail },
    });
  }
  const heading = rows[0]?.findIndex((cell) => headings.has(cell.toLowerCase())) ?? -1;
  const first = heading === -1 ? 0 : 1;
  return readCodes(
    rows.slice(first).map((row) => row[Math.max(heading, 0)] ?? ""),
    first + 1,
  );
}

/** Codes one by one, each without blanks around it; empty ones are passed over. */
export function readCodes(sent: readonly string[], firstLine = 1): CodeList {
  const list: CodeList = { codes: [], faulty: [] };
  for (const [index, each] of sent.entries()) {
    const code = each.trim();
    if (code === "") continue;
    const reason = /\p{Cc}/u.test(code) || !code.isWellFormed() ? "not_text" : "too_long";
    if (reason === "too_long" && code.length <= longestCode) list.codes.push(code);
    else list.faulty.push({ line: firstLine + index, reason });
  }
  return list;
}

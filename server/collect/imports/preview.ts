import { z } from "@hono/zod-openapi";
import { TextReader } from "./encoding.ts";
import { guessMapping, type SeenColumn, type Warning } from "./guess-mapping.ts";
import { mappingSchema, type Format } from "./mapping.ts";
import { headSize } from "./detect-format.ts";
import { RowSplitter } from "./split-rows.ts";

const columnSchema = z.object({
  index: z.number().int(),
  name: z.string(),
  samples: z.array(z.string()).describe("Up to five different values."),
  empty: z.number().int(),
  distinct: z.number().int(),
  min: z.string().optional(),
  max: z.string().optional(),
  codes: z
    .array(z.object({ value: z.string(), n: z.number().int() }))
    .optional()
    .describe("Each value of a column of few whole numbers and how often it was seen."),
});

/** What the first thousand rows of a file look like and what its columns seem to hold. */
export const previewSchema = z
  .object({
    columns: z.array(columnSchema),
    rows: z.array(z.array(z.string())).describe("The first eight rows."),
    guess: mappingSchema,
    warnings: z.array(
      z.object({
        reason: z.string(),
        message: z.string(),
        values: z.record(z.string(), z.union([z.string(), z.number()])),
      }),
    ),
  })
  .openapi("ImportPreview");
export type Preview = z.infer<typeof previewSchema>;

const mostRows = 1_000;
const mostCodes = 25;

/** Looks at the first bytes of a file whose format is known. */
export function previewFile(head: Uint8Array, format: Format): Preview {
  const { delimiter, newline, headerRows, columns } = format;
  // At the end of the head a record may be cut, unless the head is the whole file.
  const whole = head.length < headSize;
  const text = new TextReader(format.encoding).read(head.subarray(0, headSize), whole);
  const rows = new RowSplitter({ delimiter, newline })
    .push(text, whole)
    .slice(headerRows, headerRows + mostRows)
    .filter(({ broken }) => broken === undefined)
    .map(({ cells }) => cells.map((cell) => cell.trim()));
  const seen = columns.map((name, index) => ({
    name,
    values: rows.map((cells) => cells[index] ?? "").filter((text) => text !== ""),
  }));
  const { guess, warnings } = guessMapping(seen, format.known);
  if (rows.length === 0) warnings.push(noRows);
  return {
    columns: seen.map((column, index) => describeColumn(column, index, rows.length)),
    rows: rows.slice(0, 8).map((cells) => cells.map((cell) => cell.slice(0, 300))),
    guess,
    warnings,
  };
}

const noRows: Warning = {
  reason: "no_rows",
  message: "The file has a header but no answers below it.",
  values: {},
};

function describeColumn(
  { name, values }: SeenColumn,
  index: number,
  rows: number,
): Preview["columns"][number] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const numeric = values.length > 0 && values.every((text) => /^-?\d{1,15}([.,]\d{1,15})?$/.test(text));
  const sorted = [...counts.keys()].sort((a, b) => (numeric ? toNumber(a) - toNumber(b) : a < b ? -1 : 1));
  const whole = numeric && sorted.every((text) => /^-?\d+$/.test(text));
  return {
    index,
    name,
    samples: [...counts.keys()].slice(0, 5).map((value) => value.slice(0, 300)),
    empty: rows - values.length,
    distinct: counts.size,
    ...(values.length > 0 && { min: sorted[0]?.slice(0, 300), max: sorted.at(-1)?.slice(0, 300) }),
    ...(whole &&
      counts.size <= mostCodes && { codes: sorted.map((value) => ({ value, n: counts.get(value) ?? 0 })) }),
  };
}

function toNumber(text: string): number {
  return Number(text.replace(",", "."));
}

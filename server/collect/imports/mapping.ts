import { z } from "@hono/zod-openapi";
import { Refusal } from "../../platform/errors.ts";
import { because } from "../../platform/http/problem-of-issue.ts";
import { isStorable, longest, nameText, notStorable } from "../response.ts";
import { encodings } from "./encoding.ts";

export const dateFormats = ["iso", "ymd", "dmy", "mdy", "unix", "unixms", "named"] as const;
/** How dates are written: `iso` 2026-10-13T08:00Z, `dmy` 13.10.2026, `mdy` 10/13/2026, `named` 13 Oct 2026, Unix seconds or milliseconds. */
export type DateFormat = (typeof dateFormats)[number];

const column = z.number().int().min(0).max(9_999);

/** Which column holds what. Column indexes begin at 0; columns that are not named are left out. */
export const mappingSchema = z
  .object({
    score: column
      .optional()
      .describe(
        "Without it the file is a list of customers: its rows are stored as such, and nobody answered.",
      ),
    comment: column.optional(),
    email: column.optional(),
    externalId: column.optional(),
    name: column.optional(),
    lastName: column.optional().describe("Follows `name` when the file has first and last names apart."),
    phone: column.optional(),
    date: column.optional(),
    language: column.optional(),
    channel: column.optional(),
    weight: column.optional(),
    accountId: column.optional(),
    accountName: column.optional(),
    responseId: column
      .optional()
      .describe("The answer's own id; without it the row's content is its identity."),
    noAnswer: z
      .array(z.string().max(100).refine(isStorable, because("not_storable", notStorable)))
      .max(50)
      .default([])
      .describe('Codes that mean "no answer", such as 11; empty cells always do.'),
    dateFormat: z.enum(dateFormats).optional(),
    defaultDate: z.iso
      .date()
      .optional()
      .describe(
        "Day of the answers when the file has no dates, 1970 to today; default: the day the file came.",
      ),
    decimalComma: z.boolean().optional().describe("Weights are written 0,5."),
    traits: z
      .array(z.object({ column, name: nameText(longest.traitKey) }))
      .max(1_000)
      .default([]),
    defaultLanguage: z
      .string()
      .max(longest.language)
      .refine(isStorable, because("not_storable", notStorable))
      .optional(),
    defaultChannel: nameText(longest.channel).optional().describe("Default: import."),
  })
  .openapi("ImportMapping");
export type Mapping = z.infer<typeof mappingSchema>;

export const knownFormats = [
  "delighted",
  "surveymonkey",
  "typeform",
  "qualtrics",
  "retently",
  "hubspot",
] as const;
/** The tools whose exports are recognised. */
export type KnownFormat = (typeof knownFormats)[number];

/** How a file is written. */
export const formatSchema = z
  .object({
    encoding: z.enum(encodings),
    delimiter: z.enum([",", ";", "\t", "|"]),
    newline: z.enum(["\n", "\r"]),
    headerRows: z
      .number()
      .int()
      .describe("Rows before the first answer: 0, 1, 2 (SurveyMonkey) or 3 (Qualtrics)."),
    known: z.enum(knownFormats).nullable(),
    columns: z.array(z.string()),
  })
  .openapi("ImportFormat");
export type Format = z.infer<typeof formatSchema>;

const columnFields = [
  "score",
  "comment",
  "email",
  "externalId",
  "name",
  "lastName",
  "phone",
  "date",
  "language",
  "channel",
  "weight",
  "accountId",
  "accountName",
  "responseId",
] as const;
export type ColumnField = (typeof columnFields)[number];

// Somewhere on earth it is already tomorrow.
const furthestAhead = 14 * 3600_000;

/**
 * Holds a mapping against the file it is meant for.
 * @throws Refusal when a column is not in the file, nothing says what its rows are, or all answers would be of a day
 * that cannot be
 */
export function checkMapping(mapping: Mapping, { columns }: Format, now: Date): void {
  const used = [
    ...columnFields.map((field) => mapping[field]),
    ...mapping.traits.map(({ column }) => column),
  ];
  const missing = used.find((index) => index !== undefined && index >= columns.length);
  if (missing !== undefined) {
    throw new Refusal(
      "bad_input",
      `The mapping names column ${missing + 1}, but the file has ${columns.length}. Choose the columns again.`,
      { reason: "column_not_in_file", values: { column: missing + 1, columns: columns.length } },
    );
  }
  if (
    [mapping.score, mapping.email, mapping.externalId, mapping.phone].every((index) => index === undefined)
  ) {
    throw new Refusal(
      "bad_input",
      "No column is chosen for the score. Choose it; or, for a list of customers, the column of their e-mail, id or phone.",
      { reason: "no_score_column" },
    );
  }
  const { defaultDate } = mapping;
  const today = new Date(now.getTime() + furthestAhead).toISOString().slice(0, 10);
  if (defaultDate === undefined) return;
  if (z.iso.date().safeParse(defaultDate).success && defaultDate >= "1970-01-01" && defaultDate <= today)
    return;
  throw new Refusal(
    "bad_input",
    `The day for all answers must be from 1970-01-01 to today; ${defaultDate} is not. Choose the day they were given.`,
    { reason: "default_date_out_of_range", values: { date: defaultDate } },
  );
}

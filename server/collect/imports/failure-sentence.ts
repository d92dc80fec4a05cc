/** Why a row was not stored. Programs translate by these names and the values that come with them. */
export const failureReasons = [
  "score_not_a_number",
  "score_not_whole",
  "score_out_of_range",
  "bad_date",
  "date_missing",
  "date_in_future",
  "bad_email",
  "nobody_named",
  "bad_weight",
  "comment_too_long",
  "value_too_long",
  "wrong_column_count",
  "broken_quotes",
  "line_too_long",
] as const;
export type FailureReason = (typeof failureReasons)[number];

export type FailureValues = Record<string, string | number>;

export interface Failure {
  reason: FailureReason;
  values: FailureValues;
}

const sentences: Record<FailureReason, string> = {
  score_not_a_number: 'Scores are whole numbers from 0 to 10; this row says "{value}".',
  score_not_whole: "Scores are whole numbers from 0 to 10; this row says {value}.",
  score_out_of_range:
    'Scores are whole numbers from 0 to 10; this row says {value}. If {value} stands for "no answer", say so in the mapping and import the file again.',
  bad_date: '"{value}" is not a date in the format {format}. Choose another format, or correct the date.',
  date_missing: "The row has no date. Fill it in, or import without a date column and with one day for all.",
  date_in_future: '"{value}" lies in the future. Are day and month exchanged?',
  bad_email: '"{value}" is not an e-mail address. Correct it or leave it empty.',
  nobody_named: "The row names nobody: it has no e-mail address, id or phone number. Fill one in.",
  bad_weight: '"{value}" is not a weight; weights are numbers above 0.',
  comment_too_long: "The comment has {length} characters; {longest} are the most.",
  value_too_long: "The column {column} has {length} characters; {longest} are the most.",
  wrong_column_count:
    "The row has {found} columns, the header {expected}. A delimiter or a line break inside a text needs quotes around that text.",
  broken_quotes:
    'A quotation mark is opened and not closed properly. Inside quotes, write a quotation mark twice: "".',
  line_too_long: "The line is longer than a million characters; it is probably no row of answers.",
};

const formatNames: Record<string, string> = {
  iso: "year-month-day",
  ymd: "year-month-day",
  dmy: "day.month.year",
  mdy: "month/day/year",
  unix: "Unix seconds",
  unixms: "Unix milliseconds",
  named: "day, name of the month, year",
};

/** The sentence about a row that was not stored. */
export function failureSentence(reason: string, values: FailureValues): string {
  const sentence = sentences[reason as FailureReason] ?? "The row cannot be read.";
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? "";
    return name === "format" ? (formatNames[value] ?? String(value)) : String(value);
  });
}

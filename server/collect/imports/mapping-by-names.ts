import { Refusal } from "../../platform/errors.ts";
import type { ColumnField, DateFormat, Mapping } from "./mapping.ts";
import { columnNamed } from "./open-table.ts";
import type { Preview } from "./preview.ts";
import { guessDateFormat } from "./read-date.ts";

/** A mapping that names its columns; what is left out is guessed. */
export type MappingNames = Partial<Record<ColumnField, string | undefined>> & {
  noAnswer?: string[] | undefined;
  dateFormat?: DateFormat | undefined;
  defaultDate?: string | undefined;
  decimalComma?: boolean | undefined;
  defaultLanguage?: string | undefined;
  defaultChannel?: string | undefined;
  /** The only columns that become traits; default: all that are left. */
  traits?: string[] | undefined;
};

/**
 * The guess, with what was said put in its place.
 * @throws Refusal when a column is not there or none holds a score
 */
export function mappingByNames(preview: Preview, names: MappingNames): Mapping {
  const { guess } = preview;
  const columns = preview.columns.map(({ name }) => name);
  const {
    noAnswer,
    dateFormat,
    defaultDate,
    decimalComma,
    defaultLanguage,
    defaultChannel,
    traits,
    ...fields
  } = names;
  const said = Object.entries(fields).flatMap(([field, name]) =>
    name === undefined ? [] : [[field, columnNamed(columns, name)] as const],
  );
  const taken = new Set(said.map(([, column]) => column));
  const guessed = Object.entries(guess).filter(([, value]) => typeof value !== "number" || !taken.has(value));
  const mapping: Mapping = {
    ...(Object.fromEntries(guessed) as Mapping),
    ...Object.fromEntries(said),
    // Codes were guessed for the guessed column only.
    noAnswer: noAnswer ?? (fields.score === undefined || taken.has(guess.score ?? -1) ? guess.noAnswer : []),
    traits: guess.traits.filter(({ column }) => !taken.has(column)),
  };
  if (mapping.date !== undefined) {
    const samples = preview.columns[mapping.date]?.samples ?? [];
    mapping.dateFormat =
      dateFormat ??
      (fields.date === undefined ? guess.dateFormat : guessDateFormat(samples)?.format) ??
      "iso";
  }
  if (defaultDate !== undefined) mapping.defaultDate = defaultDate;
  if (decimalComma !== undefined) mapping.decimalComma = decimalComma;
  if (defaultLanguage !== undefined) mapping.defaultLanguage = defaultLanguage;
  if (defaultChannel !== undefined) mapping.defaultChannel = defaultChannel;
  if (traits) mapping.traits = traits.map((name) => ({ column: columnNamed(columns, name), name }));
  if (mapping.score === undefined) {
    throw new Refusal(
      "bad_input",
      `No column of this file looks like a score from 0 to 10. Name it: ${columns.slice(0, 100).join(", ")}.`,
      { reason: "no_score_column" },
    );
  }
  return { ...mapping, score: mapping.score };
}

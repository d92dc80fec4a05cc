import { suggestedCodes } from "./count-preview.ts";
import type { Mapping, Preview } from "./imports-data.ts";

/** The roles a column can have besides being a trait, in the order of the page. */
export const answerRoles = [
  "score",
  "comment",
  "date",
  "language",
  "channel",
  "weight",
  "responseId",
] as const;
export const customerRoles = [
  "email",
  "externalId",
  "name",
  "lastName",
  "phone",
  "accountId",
  "accountName",
] as const;

/** A role of a column. */
export type Role = (typeof answerRoles)[number] | (typeof customerRoles)[number];

const roles: readonly Role[] = [...answerRoles, ...customerRoles];

/** The role of a column, if it has one. */
export function roleOf(draft: Mapping, column: number): Role | undefined {
  return roles.find((role) => draft[role] === column);
}

/** Gives a role to a column (or to none). A column has one role at most, and one with a role is no trait. */
export function withRole(draft: Mapping, preview: Preview, role: Role, column: number | undefined): Mapping {
  const next: Mapping = { ...draft };
  for (const other of roles) if (column !== undefined && next[other] === column) delete next[other];
  const before = next[role];
  if (column === undefined) delete next[role];
  else next[role] = column;
  next.traits = next.traits.filter((trait) => trait.column !== column);
  if (before !== undefined && before !== column) next.traits = withTrait(next.traits, preview, before);
  if (role === "score") next.noAnswer = column === undefined ? [] : suggestedCodes(preview, column);
  return next;
}

/** The columns that can become traits: those without a role. */
export function traitColumns(draft: Mapping, preview: Preview) {
  return preview.columns.filter(({ index, name }) => name !== "" && roleOf(draft, index) === undefined);
}

/** The traits with one more column, in the order of the file. */
export function withTrait(traits: Mapping["traits"], preview: Preview, column: number): Mapping["traits"] {
  const name = preview.columns[column]?.name.slice(0, 100) ?? "";
  if (name === "" || traits.some((trait) => trait.column === column)) return traits;
  // Two columns of the same name would overwrite each other.
  const unique = traits.some((trait) => trait.name === name) ? `${name} (${column + 1})` : name;
  return [...traits, { column, name: unique }].toSorted((a, b) => a.column - b.column);
}

/** Without scores, but with a column that says who is meant, a file is a list of customers. */
export function isListOfCustomers({ score, email, externalId, phone }: Mapping): boolean {
  return score === undefined && [email, externalId, phone].some((column) => column !== undefined);
}

/** The mapping that is sent, once it says what the rows are; what belongs to unchosen columns is left out. */
export function mappingOf(draft: Mapping): Mapping | undefined {
  if (draft.score === undefined && !isListOfCustomers(draft)) return undefined;
  const { defaultDate, dateFormat, defaultLanguage, defaultChannel, decimalComma, ...rest } = draft;
  return {
    ...rest,
    ...(draft.date === undefined ? defaultDate && { defaultDate } : { dateFormat: dateFormat ?? "iso" }),
    ...(draft.language === undefined && defaultLanguage && { defaultLanguage }),
    ...(defaultChannel && { defaultChannel }),
    ...(draft.weight !== undefined && decimalComma && { decimalComma }),
  };
}

import type { z } from "@hono/zod-openapi";
import { fillSentence } from "../fill-sentence.ts";
import { type IssueReason, issueSentences, type Kind, kindNames } from "./issue-sentences.ts";

/** As zod found it, or as zod reports it: then without what was sent. */
type Issue = z.core.$ZodRawIssue | z.core.$ZodIssue;
type Values = Record<string, string | number>;

/** A case of a wrong value. `wanted` and `found` are kinds by their names; several are joined by commas. */
export interface Explained {
  reason: IssueReason;
  values: Values;
  /** Of a union, what is wrong with the choice that was meant. */
  meant?: z.core.$ZodIssue[];
}

/** Which case this is. Without what was sent, one that can be told without it. */
export function explainIssue(issue: Issue): Explained {
  switch (issue.code) {
    case "invalid_type":
      return ofType([kindOfType(issue.expected)], issue);
    case "invalid_value":
      return ofChoices(issue.values.map(String), isMissing(issue));
    case "too_small":
    case "too_big":
      return ofBounds(issue);
    case "invalid_format":
      return ofForm(issue);
    case "not_multiple_of":
      return { reason: "not_a_multiple", values: { step: issue.divisor, ...foundIn(issue, Number) } };
    case "unrecognized_keys":
      return ofUnknownFields(issue);
    case "invalid_union":
      return ofUnion(issue);
    case "invalid_key":
      return { reason: "name_not_allowed", values: { name: shown(issue.path?.at(-1)) } };
    default:
      return { reason: "value_not_allowed", values: {} };
  }
}

/** The sentence of a case, in English. */
export function sayIssue({ reason, values }: Explained): string {
  const { wanted, found, ...others } = values;
  const said = {
    ...others,
    ...(wanted !== undefined && { wanted: nameKinds(wanted) }),
    ...(found !== undefined && { found: reason === "wrong_type" ? nameKinds(found) : found }),
  };
  return fillSentence(issueSentences[reason], said);
}

const nameKinds = (kinds: string | number) =>
  String(kinds)
    .split(", ")
    .map((kind) => kindNames[kind as Kind])
    .join(" or ");

function ofType(kinds: readonly Kind[], issue: Issue): Explained {
  const wanted = [...new Set(kinds)].join(", ");
  if (!("input" in issue) || Number.isNaN(issue.input)) return { reason: "needs_type", values: { wanted } };
  const { input } = issue;
  if (input === undefined) return { reason: "value_missing", values: { wanted } };
  const found = kindOf(input);
  if (found === "number" && wanted === "whole_number")
    return { reason: "not_whole", values: { found: Number(input) } };
  if (found === wanted) return { reason: "number_out_of_range", values: {} };
  return { reason: "wrong_type", values: { wanted, found } };
}

const isMissing = (issue: Issue) => "input" in issue && issue.input === undefined;

function ofChoices(names: readonly string[], isMissing: boolean): Explained {
  const choices = names.map((name) => (name === "" ? '""' : name)).join(", ");
  if (isMissing) return { reason: "choice_missing", values: { choices } };
  return { reason: names.length === 1 ? "not_the_one" : "not_one_of", values: { choices } };
}

function ofBounds(issue: Extract<Issue, { code: "too_small" | "too_big" }>): Explained {
  const { origin, inclusive, exact } = issue;
  const isSmall = issue.code === "too_small";
  const bound = Number(isSmall ? issue.minimum : issue.maximum);
  const size = foundIn(issue, (sent) => (sent as { length: number }).length);
  const limit: Values = isSmall ? { least: bound } : { most: bound };
  if (origin === "string") {
    if (exact) return { reason: "text_of_other_length", values: { exact: bound, ...size } };
    if (isSmall && bound === 1) return { reason: "text_missing", values: {} };
    return { reason: isSmall ? "text_too_short" : "text_too_long", values: { ...limit, ...size } };
  }
  if (origin === "array") {
    if (isSmall && bound === 1) return { reason: "nothing_chosen", values: {} };
    return { reason: isSmall ? "too_few_entries" : "too_many_entries", values: { ...limit, ...size } };
  }
  const found = foundIn(issue, Number);
  if (inclusive === false)
    return { reason: isSmall ? "number_not_above" : "number_not_below", values: { bound, ...found } };
  return { reason: isSmall ? "number_too_small" : "number_too_large", values: { ...limit, ...found } };
}

const forms: Record<string, IssueReason> = {
  date: "not_a_day",
  datetime: "not_a_moment",
  time: "not_a_time_of_day",
  uuid: "not_an_id",
  url: "not_an_address",
  email: "email_invalid",
};

function ofForm(issue: Extract<Issue, { code: "invalid_format" }>): Explained {
  const { format, pattern } = issue;
  const found = foundIn(issue, shown);
  const reason = forms[format];
  if (reason) return { reason, values: found };
  return pattern === undefined
    ? { reason: "value_not_allowed", values: {} }
    : { reason: "wrong_form", values: { pattern, ...found } };
}

function ofUnknownFields(issue: Extract<Issue, { code: "unrecognized_keys" }>): Explained {
  const { shape } = (issue as { inst?: { shape?: object } }).inst ?? {};
  if (!shape) return { reason: "value_not_allowed", values: {} };
  const known = Object.keys(shape).join(", ");
  return { reason: "unknown_fields", values: { fields: issue.keys.map(shown).join(", "), known } };
}

function ofUnion(issue: Extract<Issue, { code: "invalid_union" }>): Explained {
  const { discriminator, errors } = issue;
  if (discriminator !== undefined) {
    const sent = (issue.input as Record<string, unknown> | undefined)?.[discriminator];
    const { options = [] } = issue as { options?: readonly unknown[] };
    return ofChoices(options.map(String), "input" in issue && sent === undefined);
  }
  const meant = errors.find((branch) => !branch.some(isOfOtherKind));
  if (meant) {
    const [first] = meant;
    return { ...(first ? explainIssue(first) : { reason: "value_not_allowed", values: {} }), meant };
  }
  const roots = errors.flatMap((branch) => branch.filter(isOfOtherKind));
  const choices = roots.flatMap((root) => (root.code === "invalid_value" ? root.values.map(String) : []));
  if (choices.length > 0 && roots.every(({ code }) => code === "invalid_value"))
    return ofChoices(choices, isMissing(issue));
  return ofType(
    roots.flatMap((root) => (root.code === "invalid_type" ? [kindOfType(root.expected)] : [])),
    issue,
  );
}

/** Whether the value as a whole is of another kind than this choice of a union. */
const isOfOtherKind = ({ code, path }: z.core.$ZodIssue) =>
  path.length === 0 && (code === "invalid_type" || code === "invalid_value");

const kinds: Record<string, Kind> = {
  string: "text",
  number: "number",
  int: "whole_number",
  boolean: "boolean",
  array: "list",
  tuple: "list",
  object: "object",
  record: "object",
  null: "null",
};
const kindOfType = (expected: string): Kind => kinds[expected] ?? "nothing";

function kindOf(value: unknown): Kind {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : kindOfType(typeof value);
}

/** What was sent, where that is known. */
function foundIn(issue: Issue, read: (sent: unknown) => string | number): Values {
  return "input" in issue ? { found: read(issue.input) } : {};
}

const longestShown = 40;

/** Something that was sent, as a sentence shows it: on one line, and not all of what is long. */
function shown(value: unknown): string {
  const text = String(value).replace(/[\p{C}\p{Z}]+/gu, " ");
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

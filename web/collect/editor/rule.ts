import type { AudienceRule } from "../../../server/collect/surveys/survey-settings.ts";

/** What a rule can be about besides traits. */
export const customerFields = ["language", "account", "email_domain"] as const;

/** How a rule compares. */
export const comparisons = [
  "equal",
  "not_equal",
  "one_of",
  "contains",
  "above",
  "below",
  "set",
  "not_set",
] as const satisfies readonly AudienceRule["is"][];

/** Does this comparison need a value? */
export function needsValue(is: AudienceRule["is"]): boolean {
  return is !== "set" && is !== "not_set";
}

/** A rule's value as it stands in its field; a list is separated by commas. */
export function valueText({ value }: AudienceRule): string {
  return Array.isArray(value) ? value.join(", ") : String(value ?? "");
}

/**
 * A rule with what was typed as its value. Numbers and yes-or-no are kept as such where the trait has such values, and
 * numbers always above and below something.
 */
export function withValue(
  rule: AudienceRule,
  text: string,
  examples: readonly (string | number | boolean)[],
): AudienceRule {
  const { value: _, ...rest } = rule;
  if (!needsValue(rule.is)) return rest;
  const read = (part: string) => typedValue(part, rule.is, examples);
  if (rule.is !== "one_of") return { ...rest, value: read(text) };
  const parts = text.split(",").map((part) => part.trim());
  return { ...rest, value: parts.filter(Boolean).map(read) };
}

/** A rule that compares in another way; its value stays as far as it fits. */
export function withComparison(
  rule: AudienceRule,
  is: AudienceRule["is"],
  examples: readonly (string | number | boolean)[],
): AudienceRule {
  return withValue({ ...rule, is }, valueText(rule), examples);
}

/** Is the rule complete, so that the server can count? */
export function isComplete(rule: AudienceRule): boolean {
  if (!needsValue(rule.is)) return true;
  return Array.isArray(rule.value) ? rule.value.length > 0 : valueText(rule).trim() !== "";
}

/** What was typed, as a number or a yes or no where the trait has such values, or is compared by order. */
export function typedValue(
  text: string,
  is: AudienceRule["is"] | "at_least" | "at_most" | "none_of",
  examples: readonly (string | number | boolean)[],
): string | number | boolean {
  const compares = is === "above" || is === "below" || is === "at_least" || is === "at_most";
  const number = Number(text.trim().replace(",", "."));
  const isNumber = text.trim() !== "" && Number.isFinite(number);
  if (isNumber && (compares || examples.some((example) => typeof example === "number"))) return number;
  if (examples.some((example) => typeof example === "boolean") && /^(true|false)$/.test(text.trim())) {
    return text.trim() === "true";
  }
  return text;
}

import { renderText, type TextValues } from "../../collect/texts/render-text.ts";

const plainTag = /([^\S\n]*)\{\{-?\s*([\w.]+)\s*-?\}\}/g;
// Where a name stood that is not known; no text has it.
const gap = "\uE000";

/**
 * A text with its variables filled in. What is not known leaves no trace: "Good day {{ customer.firstName }}, …" becomes
 * "Good day, …", and a line that would begin with a comma begins with a word.
 * @throws LiquidError for a text that cannot be filled in
 */
export function fillText(template: string, values: TextValues): string {
  const closed = template.replace(plainTag, (tag, _space, name: string) =>
    isKnown(values, name) ? tag : gap,
  );
  const text = renderText(closed, values);
  if (!text.includes(gap)) return text;
  return text
    .split("\n")
    .map((line) => (line.includes(gap) ? withoutGaps(line) : line))
    .join("\n");
}

function withoutGaps(line: string): string {
  const joined = line.replaceAll(gap, "");
  if (!line.trimStart().startsWith(gap)) return joined;
  const begun = joined.replace(/^[\s,;:.!?–-]+/u, "");
  return begun.charAt(0).toLocaleUpperCase() + begun.slice(1);
}

function isKnown(values: TextValues, name: string): boolean {
  let value: TextValues[string] = values;
  for (const part of name.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return false;
    value = value[part];
  }
  if (value === null || value === undefined) return false;
  return typeof value === "object" || String(value).trim() !== "";
}

/** Whether a text gives out this variable where there is one. */
export function tells(template: string, name: string): boolean {
  return new RegExp(`\\{\\{-?\\s*[^{}]*\\b${name}\\b`).test(template);
}

/** Whether a text gives out this variable without asking first whether there is one. */
export function relies(template: string, name: string): boolean {
  const named = (tag: string) => new RegExp(`\\{${tag}-?\\s*[^{}]*\\b${name}\\b`).test(template);
  return named("\\{") && !named("%");
}

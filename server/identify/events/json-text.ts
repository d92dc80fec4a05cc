import { most } from "./event.ts";

/**
 * Writes what a sender sent as JSON that PostgreSQL can store, in one line. NUL characters, halves of surrogate pairs and
 * the name `__proto__` are taken out.
 * @param onCleaned called when something was taken out
 * @returns undefined where objects lie too deep in one another
 */
export function jsonText(value: Record<string, unknown>, onCleaned: () => void): string | undefined {
  const text = stringify(value);
  if (text === undefined || isDeep(text)) return undefined;
  // Escapes are rare. What looks like one may be a backslash and a word: then nothing changes.
  if (!text.includes("\\u") && !text.includes("__proto__")) return text;
  const clean = JSON.stringify(cleanValue(value));
  if (clean !== text) onCleaned();
  return clean;
}

function stringify(value: Record<string, unknown>): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Each level takes an opening sign, so most texts need no second look. */
function isDeep(text: string): boolean {
  if (text.length < 2 * most.depth || countOf(text, "{") + countOf(text, "[") <= most.depth) return false;
  let depth = 0;
  let inText = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i];
    if (inText) {
      if (sign === "\\") i++;
      else if (sign === '"') inText = false;
    } else if (sign === '"') inText = true;
    else if (sign === "{" || sign === "[") {
      if (++depth > most.depth) return true;
    } else if (sign === "}" || sign === "]") depth--;
  }
  return false;
}

function countOf(text: string, sign: string): number {
  let n = 0;
  for (let at = text.indexOf(sign); at >= 0 && n <= most.depth; at = text.indexOf(sign, at + 1)) n++;
  return n;
}

function cleanValue(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed().replaceAll("\u0000", "");
  if (Array.isArray(value)) return value.map(cleanValue);
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Date) return value;
  const clean = Object.entries(value)
    .filter(([name]) => name !== "__proto__")
    .map(([name, each]) => [cleanValue(name), cleanValue(each)]);
  return Object.fromEntries(clean);
}

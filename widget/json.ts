/**
 * JSON as `JSON.stringify` writes it. Old frameworks put `toJSON` on the prototype of arrays, and what they then make of
 * an array is a text.
 */
export function toJson(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${(value as unknown[]).map(toJson).join()}]`;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${toJson(field)}`).join()}}`;
}

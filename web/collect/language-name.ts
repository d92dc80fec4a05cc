import type { Format } from "../ui/format.ts";

/** The name of a language, with what our own tags add to it: `de-x-du` is "German (du)". */
export function languageName(format: Format, tag: string): string {
  const [base = tag, own] = tag.split("-x-");
  return own ? `${format.language(base)} (${own})` : format.language(base);
}

// Registered private subtags of ours: how German and others address somebody is no subtag of BCP 47.
const own: Readonly<Record<string, string>> = { de: "Deutsch (Sie)", "de-x-du": "Deutsch (du)" };

const english = new Intl.DisplayNames("en", { type: "language", fallback: "none" });

/** The name of a language in that language, as `Français`; the tag where there is none. */
export function languageName(tag: string): string {
  if (own[tag]) return own[tag];
  try {
    const name = new Intl.DisplayNames(tag, { type: "language", fallback: "none" }).of(tag);
    return name ? name.charAt(0).toLocaleUpperCase(tag) + name.slice(1) : tag;
  } catch {
    return tag;
  }
}

/** Whether a tag of BCP 47 begins with a language that exists. */
export function isKnownLanguage(tag: string): boolean {
  try {
    return english.of(new Intl.Locale(tag).language) !== undefined;
  } catch {
    return false;
  }
}

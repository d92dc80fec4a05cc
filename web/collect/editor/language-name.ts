/** A language under its own name: "fr" is "Français". German that says du is told apart by its name in the shipped list. */
export function ownName(tag: string, shipped: readonly { tag: string; name: string }[] = []): string {
  const known = shipped.find((language) => language.tag === tag);
  if (known) return known.name;
  try {
    const name =
      new Intl.DisplayNames([tag], { type: "language", languageDisplay: "dialect" }).of(tag) ?? tag;
    return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
  } catch {
    return tag;
  }
}

/** Is this the tag of a language, as `de` or `pt-BR`? */
export function isLanguageTag(text: string): boolean {
  return /^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(text) && text.length <= 35;
}

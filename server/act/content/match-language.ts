/**
 * The first of these languages that somebody wants: `de-AT` takes `de-AT`, else `de`, else another `de-…`. Undefined where
 * none of them is wanted.
 */
export function matchLanguage(
  offered: readonly string[],
  wanted: readonly (string | null | undefined)[],
): string | undefined {
  for (const tag of wanted) {
    if (!tag) continue;
    for (let rest = tag.toLowerCase(); rest !== ""; rest = rest.split("-").slice(0, -1).join("-")) {
      const found = offered.find((each) => each.toLowerCase() === rest);
      if (found) return found;
    }
    const base = tag.toLowerCase().split("-")[0];
    const sibling = offered.find((each) => each.toLowerCase().split("-")[0] === base);
    if (sibling) return sibling;
  }
  return undefined;
}

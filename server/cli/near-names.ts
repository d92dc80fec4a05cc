/** Names that somebody who wrote this one may have meant, nearest first, at most three. */
export function nearNames(wanted: string, names: readonly string[]): string[] {
  const word = wanted.toLowerCase();
  return names
    .map((name) => ({ name, distance: distanceBetween(word, name.toLowerCase()) }))
    .filter(
      ({ name, distance }) => distance <= Math.max(1, Math.ceil(Math.max(word.length, name.length) / 3)),
    )
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Levenshtein: how many letters are to be put in, taken out or changed; one is also 1 where one begins with the other. */
function distanceBetween(a: string, b: string): number {
  if (a.length > 2 && b.length > 2 && (a.startsWith(b) || b.startsWith(a))) return 1;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}

/** Words that say nothing of what a comment is about, in the languages that comments mostly come in. */
const common = new Set(
  (
    "about after again also always been before being could does doing done down each even ever every from have having " +
    "here into just like made make many more most much need never only other over really same should since some still " +
    "such than that their them then there these they thing things this those through time under until very want was well " +
    "were what when where which while will with without would your yours " +
    "aber alle alles also andere auch beim bereits bitte dann dass denn deshalb dies diese diesem diesen dieser dieses doch " +
    "durch eben eigentlich eine einem einen einer eines etwas ganz gerade geht gibt haben hatte hatten hier immer ihnen ihre " +
    "ihrem ihren ihrer kann kein keine keinen können leider machen mehr mein meine meinen mich müssen nach nicht nichts noch " +
    "oder ohne schon sehr sein seine seit sich sind sollte sonst unser unsere unseren viel viele vom wann warum weil weiter " +
    "wenn werden wieder wird wirklich wurde wurden würde zwar über"
  ).split(" "),
);
const shortest = 4;
/** Words of these two are taken for one when their beginnings are the same: invoice and invoices, Rechnung and Rechnungen. */
const stem = 7;
const fewestShared = 2;

/** The words of a comment that say something: the beginning of each → as it was written. */
export function wordsOf(comment: string): Map<string, string> {
  const words = new Map<string, string>();
  for (const [word] of comment.normalize("NFC").matchAll(/[\p{L}\p{N}]+/gu)) {
    const small = word.toLowerCase();
    if (small.length >= shortest && !common.has(small) && !/^\d+$/.test(small))
      words.set(small.slice(0, stem), words.get(small.slice(0, stem)) ?? small);
  }
  return words;
}

/**
 * Which of these comments share words with one, the most telling first: a word counts as much as it is rare among them
 * all (inverse document frequency), and one word alone is none, unless hardly anybody else says it.
 */
export function sharedWords<Item extends { comment: string }>(
  comment: string,
  others: readonly Item[],
): { item: Item; words: string[] }[] {
  const wanted = wordsOf(comment);
  const all = others.map((item) => ({ item, words: wordsOf(item.comment) }));
  const seen = new Map([...wanted.keys()].map((word) => [word, 0]));
  for (const { words } of all)
    for (const word of wanted.keys()) if (words.has(word)) seen.set(word, seen.get(word)! + 1);
  // At least of weight 0: a word in half of all comments says nothing.
  const weightOf = (word: string) => Math.max(0, Math.log((all.length + 1) / (2 * seen.get(word)! + 0.5)));
  return all
    .map(({ item, words }) => {
      const shared = [...wanted.keys()].filter((word) => words.has(word) && weightOf(word) > 0);
      const weight = shared.reduce((sum, word) => sum + weightOf(word), 0);
      return { item, weight, shared: shared.toSorted((a, b) => weightOf(b) - weightOf(a)) };
    })
    .filter(({ shared, item }) => shared.length >= Math.min(fewestShared, wanted.size) && item.comment !== "")
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ item, shared }) => ({ item, words: shared.map((word) => wanted.get(word)!) }));
}

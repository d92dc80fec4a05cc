import type { KnownFormat } from "./mapping.ts";

/** A header without case, accents and signs: "E-Mail-Adresse" and "e mail adresse" are the same. */
export function normalise(name: string): string {
  return name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll("ß", "ss")
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}#]+/gu, " ")
    .trim();
}

/** Columns by which an export is recognised; each group must be there, one name of a group is enough. */
const marks: Record<KnownFormat, string[][]> = {
  qualtrics: [["response id"], ["recorded date"], ["distribution channel", "external reference", "progress"]],
  surveymonkey: [["respondent id"], ["collector id"]],
  typeform: [["#", "response id"], ["submit date utc", "submitted at"], ["network id"]],
  delighted: [
    ["score", "nps score"],
    ["delighted source", "permalink", "survey type"],
    ["comment", "email"],
  ],
  retently: [
    ["score", "nps score", "rating"],
    ["campaign name", "campaign", "campaign id", "template name"],
    ["feedback", "feedback comment", "comment", "feedback tags"],
  ],
  hubspot: [
    ["hs survey type", "survey type", "survey channel", "hs survey channel"],
    ["hs sentiment", "sentiment", "response group", "hs response group", "hs value", "rating"],
  ],
};

/** The tool that wrote a file, by the names of its columns. */
export function recognise(columns: string[]): KnownFormat | null {
  const names = new Set(columns.map(normalise));
  const found = Object.entries(marks).find(([, groups]) =>
    groups.every((group) => group.some((name) => names.has(name))),
  );
  return (found?.[0] as KnownFormat | undefined) ?? null;
}

/** Rows that are no answers: Qualtrics exports its own previews and tests with the rest. */
export function isPreviewRow(known: KnownFormat | null, statusColumn: number, cells: string[]): boolean {
  if (known !== "qualtrics" || statusColumn < 0) return false;
  const status = normalise(cells[statusColumn] ?? "");
  // With "use numeric values", 1 is a preview and 2 a test.
  return status === "survey preview" || status === "survey test" || status === "1" || status === "2";
}

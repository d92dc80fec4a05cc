/** What narrows the list of responses, exactly as it stands in the address and in the API. */
export interface ResponseFilter {
  survey?: string | undefined;
  /** One or more of detractor, passive, promoter, with commas. */
  category?: string | undefined;
  /** One or more of 0 to 10, with commas. */
  score?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  language?: string | undefined;
  channel?: string | undefined;
  text?: string | undefined;
}

const keys = ["survey", "category", "score", "from", "to", "language", "channel", "text"] as const;

/** The filters in an address; everything else in it is left out. */
export function filterOf(search: Partial<Record<string, string>>): ResponseFilter {
  return Object.fromEntries(keys.flatMap((key) => (search[key] ? [[key, search[key]]] : [])));
}

/** How many filters are set, not counting the category tabs, which are always in sight. */
export function countOf(filter: ResponseFilter): number {
  const { survey, score, from, to, language, channel, text } = filter;
  return [survey, score, from ?? to, language, channel, text].filter(Boolean).length;
}

/** "7,8" as numbers; what is not a score is left out. */
export function scoresOf(text: string | undefined): number[] {
  return (text ?? "")
    .split(",")
    .filter((part) => /^(10|[0-9])$/.test(part))
    .map(Number);
}

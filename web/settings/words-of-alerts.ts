const words = {
  "response.detractor": "detractor",
  "case.opened": "caseOpened",
  "case.closed": "caseClosed",
} as const;

/** The name of an event of alerts in the words: their keys hold no dots. */
export function wordsOfAlerts(event: string): (typeof words)[keyof typeof words] {
  return words[event as keyof typeof words] ?? "detractor";
}

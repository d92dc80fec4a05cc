const words = {
  "response.recorded": "recorded",
  "response.changed": "changed",
  "response.detractor": "detractor",
  "case.opened": "caseOpened",
  "case.closed": "caseClosed",
  "play.entered": "playEntered",
  "play.step": "playStep",
  "customer.passive_started": "passiveStarted",
  "webhook.test": "test",
} as const;

/** The name of an event in the words of `settings.webhooks.events`: their keys hold no dots. */
export function eventWords(event: string): (typeof words)[keyof typeof words] {
  return words[event as keyof typeof words] ?? "recorded";
}

const parts: readonly (readonly [start: string, part: string])[] = [
  ["content.languages.", "languages"],
  ["content.branding.", "look"],
  ["content.", "questions"],
  ["settings.audience", "whom"],
  ["settings.sender", "email"],
  ["settings.rhythm", "when"],
  ["settings.hours", "when"],
  ["settings.sample", "when"],
  ["settings.openDays", "when"],
  ["settings.changeDays", "when"],
  ["settings.channels", "channels"],
  ["settings.widget", "channels"],
  ["settings.link", "channels"],
  ["settings.", "throttle"],
];

/** The language a problem is about, if it is about a text. */
export function languageOfProblem(path: string): string | undefined {
  return /^content\.languages\.([^.]+)\./.exec(path)?.[1];
}

/** Shows the field of a problem and puts the cursor in it; where it has none, the part of the editor it belongs to. */
export function goToProblem(path: string): void {
  const field = document.querySelector(`[data-path="${CSS.escape(path)}"]`);
  if (!field) {
    const part = parts.find(([start]) => path.startsWith(start))?.[1];
    if (part) document.getElementById(part)?.scrollIntoView({ block: "start" });
    return;
  }
  const fold = field.closest(".fold:not([data-expanded])");
  fold?.querySelector<HTMLElement>(".fold-b")?.click();
  requestAnimationFrame(() => {
    field.scrollIntoView({ block: "center" });
    field.querySelector<HTMLElement>("input, textarea")?.focus();
  });
}

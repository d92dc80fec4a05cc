import type { PlayProblem } from "../plays-data.ts";

const parts: readonly (readonly [start: string, part: string])[] = [
  ["audience", "whom"],
  ["goal", "goal"],
  ["days", "goal"],
  ["worth", "goal"],
  ["holdout", "proof"],
  ["assign", "proof"],
  ["cost", "cost"],
  ["steps", "steps"],
  ["start", "steps"],
];

/** Shows the field of a problem and puts the cursor in it; where it has none, its step or its part of the editor. */
export function showProblem({ path }: Pick<PlayProblem, "path">, step: string | undefined): void {
  const field = document.querySelector(`[data-path="${CSS.escape(path)}"]`);
  if (field) {
    field.scrollIntoView({ block: "center" });
    field.querySelector<HTMLElement>("input, textarea, button")?.focus();
    return;
  }
  const row = step === undefined ? null : document.getElementById(`step-${step}`);
  if (row) {
    row.scrollIntoView({ block: "center" });
    row.querySelector<HTMLElement>("button")?.focus();
    return;
  }
  const part = parts.find(([start]) => path.startsWith(start))?.[1] ?? "limits";
  document.getElementById(part)?.scrollIntoView({ block: "start" });
}

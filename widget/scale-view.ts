import type { WidgetConfig } from "../server/collect/widget/widget-config.ts";
import type { View } from "./card.ts";
import { button, el } from "./elements.ts";

const scores = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/**
 * The question and its eleven numbers. A radio group whose arrow keys move without choosing, because a choice is sent
 * at once.
 * @param chosen the score so far, when it is being changed
 */
export function scaleView(
  { wording, words }: WidgetConfig,
  chosen: number | undefined,
  { choose, later }: { choose: (score: number) => void; later: () => void },
): View {
  const radios = scores.map((score) =>
    button(
      {
        role: "radio",
        "aria-checked": String(score === chosen),
        "aria-label": { 0: `0, ${wording.low}`, 10: `10, ${wording.high}` }[score],
        tabindex: score === (chosen ?? 0) ? 0 : -1,
      },
      () => choose(score),
      String(score),
    ),
  );
  const focusOn = (radio: HTMLElement) => {
    for (const each of radios) each.tabIndex = each === radio ? 0 : -1;
    radio.focus();
  };
  const group = el("div", { class: "scale", role: "radiogroup", "aria-label": words.scaleName }, ...radios);
  const content = el(
    "div",
    {},
    el("h2", {}, wording.question),
    group,
    el(
      "div",
      { class: "row ends", "aria-hidden": true },
      el("span", {}, wording.low),
      el("span", {}, wording.high),
    ),
    el(
      "div",
      { class: "row" },
      el("span", { class: "keys" }, words.keys),
      button({ class: "link" }, later, words.later),
    ),
  );
  content.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    const score = /^x$/i.test(key) ? 10 : /^\d$/.test(key) ? Number(key) : undefined;
    const at = radios.indexOf(event.target as HTMLButtonElement);
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 } as Record<string, number>;
    // Horizontal arrows go where they point, also where numbers run from right to left.
    const mirrored = /Left|Right/.test(key) && getComputedStyle(group).direction === "rtl" ? -1 : 1;
    const step = (steps[key] ?? 0) * mirrored;
    if (score !== undefined) choose(score);
    else if (at >= 0 && step) focusOn(radios[(at + step + radios.length) % radios.length]!);
    else if (at >= 0 && key === "Home") focusOn(radios[0]!);
    else if (at >= 0 && key === "End") focusOn(radios[10]!);
    else return;
    event.preventDefault();
  });
  return { content: [content], announce: wording.question, focus: radios[chosen ?? 0]! };
}

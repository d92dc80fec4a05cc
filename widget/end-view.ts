import type { WidgetConfig } from "../server/collect/widget/widget-config.ts";
import type { View } from "./card.ts";
import { el, fill, icon } from "./elements.ts";
import { categoryOf } from "./follow-up-view.ts";

/** The thank-you, with its link where there is one. */
export function thanksView({ wording, words, thanksLinks, rules }: WidgetConfig, score: number): View {
  const category = categoryOf(score);
  const thanks = wording.thanks[category];
  const link = thanksLinks[category];
  const text = el("p", {});
  if (rules.restDays > 0) text.append(fill(words.rarely, { days: rules.restDays }));
  const more =
    link && el("a", { class: "link", href: link, target: "_blank", rel: "noopener" }, wording.thanksLink);
  return endView("M3 8.4 6.4 12 13 4.4", thanks, [text, more && el("p", {}, more)], "");
}

/** The server could not be reached: the answer waits here. */
export function waitingView({ words }: WidgetConfig, score: number): View {
  const text = el("p", {}, fill(words.offlineText, { score }));
  return endView("M8 2.2 14.4 13H1.6zM8 6.4v3M8 11.2h.01", words.offlineTitle, [text], "waiting");
}

function endView(path: string, title: string, rest: (Node | string | null)[], kind: string): View {
  const heading = el("h2", { tabindex: -1 }, title);
  const content = el("div", { class: `end ${kind}` }, icon(path), el("div", {}, heading, ...rest));
  return { content: [content], announce: content.textContent ?? title, focus: heading };
}

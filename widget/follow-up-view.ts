import type { WidgetConfig } from "../server/collect/widget/widget-config.ts";
import type { View } from "./card.ts";
import { button, el } from "./elements.ts";

export type Category = "detractor" | "passive" | "promoter";

/** Promoters answer 9 or 10, passives 7 or 8, detractors 0 to 6. */
export const categoryOf = (score: number): Category =>
  score >= 9 ? "promoter" : score >= 7 ? "passive" : "detractor";

export interface Details {
  comment?: string;
  drivers: string[];
  mayContact?: boolean;
}

interface Options {
  score: number;
  /** What was said before the score was changed. */
  said: Details;
  /** Says whether the score has arrived. */
  status: HTMLElement;
  /** Whether we know where to write back. */
  identified: boolean;
  change: (said: Details) => void;
  /** Without details when it was skipped. */
  finish: (details?: Details) => void;
}

/** After the score: why? With choices where the survey has some. */
export function followUpView(config: WidgetConfig, options: Options): View {
  const { wording, words } = config;
  const { score, said, status, change, finish } = options;
  const category = categoryOf(score);
  const question = wording.followUp[category];
  const chip = el("span", { class: `score ${category}` }, String(score));
  const heading = el("h2", { tabindex: -1 }, question);
  const text = el("textarea", { "aria-label": question, placeholder: words.placeholder, maxlength: 10_000 });
  text.value = said.comment ?? "";
  const picks = config.drivers[category].map(({ id, label }) => pick(id, label, said.drivers.includes(id)));
  const consent = config.consent && options.identified ? el("input", { type: "checkbox" }) : undefined;
  if (consent) consent.checked = said.mayContact ?? false;

  const details = (): Details => ({
    ...(text.value.trim() && { comment: text.value.trim() }),
    drivers: picks.filter(({ box }) => box.checked).map(({ id }) => id),
    ...(consent && { mayContact: consent.checked }),
  });
  const send = () => finish(details());
  const content = el(
    "div",
    {},
    el(
      "div",
      { class: "saved" },
      chip,
      status,
      button({ class: "link" }, () => change(details()), words.change),
    ),
    heading,
    text,
    picks.length > 0 && el("fieldset", {}, el("legend", {}, words.pick), ...picks.map(({ label }) => label)),
    consent && el("label", { class: "consent" }, consent, wording.consent),
    el(
      "div",
      { class: "row" },
      button({ class: "link" }, () => finish(), words.skip),
      button({ class: "send" }, send, words.send, el("kbd", { "aria-hidden": true }, shortcut)),
    ),
  );
  content.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) send();
  });
  // On a phone the focus of a field brings the keyboard up, which nobody asked for.
  const focus = matchMedia("(pointer: coarse)").matches ? heading : text;
  return { content: [content], announce: question, focus };
}

function pick(id: string, text: string, isOn: boolean) {
  const box = el("input", { type: "checkbox" });
  box.checked = isOn;
  const label = el("label", { class: "pick" }, box, text);
  const paint = () => label.classList.toggle("on", box.checked);
  box.addEventListener("change", paint);
  paint();
  return { id, box, label };
}

const shortcut = /Mac|iP(hone|ad)/.test(navigator.platform) ? "⌘↵" : "Ctrl ↵";

import { button, el, icon } from "./elements.ts";
import { type Host, newHost } from "./host.ts";
import { isBusy, isDark, watchScheme } from "./page.ts";
import type { WidgetConfig } from "../server/collect/widget/widget-config.ts";

/** What stands in the card at one time. */
export interface View {
  content: Node[];
  /** Read out when the view comes. */
  announce: string;
  /** Takes the focus, but only when it was in the card before. */
  focus?: HTMLElement;
}

export interface Card {
  show(view: View): void;
  /** Keeps out of the way while the visitor writes into the page; puts itself back where the page threw it out. */
  settle(): void;
  /** Whether a control has the focus, or the pointer has moved here since that time. */
  isInUse(since: number): boolean;
  remove(): void;
}

interface Options {
  config: WidgetConfig;
  nonce: string | undefined;
  /** The cross, or Escape. */
  closed: () => void;
}

/** Opens the card in a corner of the page, without taking the focus. Undefined where it cannot have its styles. */
export function openCard({ config, nonce, closed }: Options): Card | undefined {
  const host = newHost(nonce, config.accent);
  const body = el("div");
  const live = el("p", { class: "sr", role: "status" });
  const cross = button({ class: "x", "aria-label": config.words.close }, closed, icon("M4 4l8 8M12 4l-8 8"));
  const { language, direction, wording } = config;
  const frame = el(
    "section",
    { class: "card", "aria-label": wording.question, lang: language, dir: direction },
    body,
    cross,
    live,
  );
  let usedAt = 0;
  frame.addEventListener("pointermove", () => (usedAt = Date.now()));
  const paint = () => frame.classList.toggle("dark", isDark());
  const onEscape = (event: KeyboardEvent) => {
    const isOurs = root.activeElement !== null || document.activeElement === document.body;
    // While a word is being composed, Escape belongs to the keyboard.
    if (event.key !== "Escape" || event.isComposing || event.defaultPrevented || !isOurs) return;
    event.preventDefault();
    closed();
  };
  const { root } = host;
  root.append(frame);
  if (getComputedStyle(document.documentElement).direction === "rtl") root.host.classList.add("left");
  paint();
  keepKeysInside(host);
  if (!host.show()) {
    host.remove();
    return undefined;
  }
  const unwatch = watchScheme(paint);
  document.addEventListener("keydown", onEscape);
  return {
    show({ content, announce, focus }) {
      const hadFocus = root.activeElement !== null;
      body.replaceChildren(...content);
      // A change of a live region is read out; one that comes with its text may not be.
      setTimeout(() => (live.textContent = announce), 100);
      if (hadFocus) (focus ?? cross).focus();
    },
    settle() {
      if (!root.host.isConnected) host.show();
      frame.classList.toggle("away", root.activeElement === null && isBusy());
    },
    isInUse: (since) => (root.activeElement?.matches("a,button") ?? false) || usedAt > since,
    remove() {
      unwatch();
      document.removeEventListener("keydown", onEscape);
      host.remove();
    },
  };
}

/** What is typed here is no shortcut of the page. Escape comes through, for it closes. */
function keepKeysInside({ root }: Host): void {
  for (const type of ["keydown", "keyup", "keypress", "input", "change", "paste"])
    root.addEventListener(type, (event) => {
      if ((event as KeyboardEvent).key !== "Escape") event.stopPropagation();
    });
}

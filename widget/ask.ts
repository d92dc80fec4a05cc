import type { WidgetConfig } from "../server/collect/widget/widget-config.ts";
import type { Identity } from "./api.ts";
import { type Card, openCard } from "./card.ts";
import { el } from "./elements.ts";
import { thanksView, waitingView } from "./end-view.ts";
import { type Details, followUpView } from "./follow-up-view.ts";
import type { Outbox } from "./outbox.ts";
import { scaleView } from "./scale-view.ts";

/** One asking, from the question to the thank-you. */
export interface Asking {
  /** Something was sent, or could not be. */
  refresh(): void;
  settle(): void;
  /** As the cross does. */
  close(): void;
  /** It was answered elsewhere, in another tab: goes unless it has been answered here. */
  giveUp(): void;
}

interface Options {
  config: WidgetConfig;
  customer: () => Identity | undefined;
  nonce: string | undefined;
  outbox: Outbox;
  answered: () => void;
  /** It is over; `closed` and `later` only where nothing was answered. */
  ended: (how: "answered" | "closed" | "later") => void;
}

const thanksLast = 4_000;

/** Shows the question. Undefined where the page does not let it look right. */
export function ask({ config, customer, nonce, outbox, answered, ended }: Options): Asking | undefined {
  const status = el("span", { role: "status" });
  const name = randomName();
  let said: Details = { drivers: [] };
  let who: Identity | undefined;
  let score: number | undefined;
  let isOver = false;
  let isAtEnd = false;
  let timer = 0;

  const card: Card | undefined = openCard({ config, nonce, closed: () => close("closed") });
  if (!card) return undefined;

  function close(how: "closed" | "later"): void {
    if (isOver) return;
    isOver = true;
    clearInterval(timer);
    card?.remove();
    ended(score === undefined ? how : "answered");
  }

  function put(complete: boolean): void {
    const { version, language } = config;
    outbox.put({
      nonce: name,
      version,
      language,
      score: score!,
      ...said,
      complete,
      ...(who && { customer: who }),
    });
  }

  function choose(chosen: number): void {
    // Whoever the page names later has not given this answer.
    if (score === undefined && !config.anonymous) who = customer();
    score = chosen;
    answered();
    put(false);
    showFollowUp();
  }

  function showScale(): void {
    card?.show(scaleView(config, score, { choose, later: () => close("later") }));
  }

  function showFollowUp(): void {
    refresh();
    card?.show(
      followUpView(config, {
        score: score!,
        said,
        status,
        identified: Boolean(who?.id ?? who?.email),
        change(details) {
          said = details;
          showScale();
        },
        finish(details) {
          if (details) {
            said = details;
            put(true);
          }
          showEnd();
        },
      }),
    );
  }

  function showEnd(): void {
    isAtEnd = true;
    let since = Date.now();
    const waiting = !outbox.isEmpty();
    card?.show(waiting && !navigator.onLine ? waitingView(config, score!) : thanksView(config, score!));
    // Nobody is hurried who is still reading with the pointer or the focus on it.
    timer = window.setInterval(() => {
      if (card?.isInUse(since)) since = Date.now();
      else if (Date.now() - since >= thanksLast) close("closed");
    }, 250);
  }

  /** Says how the answer fares. */
  function refresh(): void {
    const fate = outbox.lastFate();
    const failed = fate === "later";
    const { saved, offlineTitle } = config.words;
    const text = failed ? offlineTitle : fate === "stored" && outbox.isEmpty() ? saved : "";
    if (status.textContent !== text) status.textContent = text;
    if (isAtEnd && failed && !isOver) card?.show(waitingView(config, score!));
  }

  function giveUp(): void {
    if (score === undefined) close("closed");
  }

  showScale();
  return { refresh, settle: () => card.settle(), close: () => close("closed"), giveUp };
}

/** 128 random bits: who knows them may change the answer. */
function randomName(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

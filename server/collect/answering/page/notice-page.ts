import type { FixedWords } from "../../texts/survey-texts.ts";
import { html } from "./html.ts";
import { type Frame, layOut, type Page } from "./layout.ts";
import { wordsFor } from "./view.ts";

/** A page that says one thing. */
export function noticePage(frame: Omit<Frame, "title">, title: string, text?: string): Page {
  return layOut(
    { ...frame, title },
    html`<h1>${title}</h1>
      ${text && html`<p class="lead">${text}</p>`}`,
  );
}

/** What every link gets that leads nowhere, whatever the reason. */
export function noSuchPage(languages: readonly string[]): Page {
  const { language, words } = wordsFor(languages);
  return noticePage({ language, words }, words.noSuchTitle, words.noSuchText);
}

/** Asks before an address is taken off; or, afterwards, says that it was. */
export function unsubscribePage(
  frame: Omit<Frame, "title"> & { words: FixedWords },
  { action, done }: { action: string; done: boolean },
): Page {
  const { words } = frame;
  if (done) return noticePage(frame, words.dontAskDone);
  return layOut(
    { ...frame, title: words.dontAskTitle },
    html`<h1>${words.dontAskTitle}</h1>
      <p class="lead">${words.dontAskText}</p>
      <form method="post" action="${action}"><button class="btn">${words.dontAsk}</button></form>`,
  );
}

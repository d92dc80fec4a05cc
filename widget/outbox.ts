import type { AnswerToSend } from "./api.ts";
import type { Store } from "./store.ts";

export type KeptAnswer = AnswerToSend & {
  /** By the clock of this browser. */
  givenAt: number;
};

/** What the server made of an answer; `later` when it could not be reached or had too much to do. */
export type Fate = "stored" | "refused" | "later";

/** Answers leave through it one after the other, and stay in the browser until the server has them. */
export interface Outbox {
  put(answer: AnswerToSend): void;
  flush(): void;
  isEmpty(): boolean;
  /** What became of the last one that was sent. */
  lastFate(): Fate | undefined;
}

const tryAgainAfter = 30_000;

/** @param changed is called when something has been sent, or could not be */
export function openOutbox(
  store: Store,
  send: (answer: AnswerToSend) => Promise<Fate>,
  changed: () => void,
): Outbox {
  let isSending = false;
  let fate: Fate | undefined;
  let timer = 0;

  const without = (answer: KeptAnswer) =>
    store.read().outbox.filter(({ nonce, givenAt }) => nonce !== answer.nonce || givenAt !== answer.givenAt);

  async function sendAll(): Promise<void> {
    for (let next = store.read().outbox[0]; next; next = store.read().outbox[0]) {
      const { givenAt, ...answer } = next;
      const secondsAgo = Math.max(0, Math.round((Date.now() - givenAt) / 1000));
      fate = await send({ ...answer, secondsAgo });
      if (fate === "later") {
        timer = window.setTimeout(flush, tryAgainAfter);
        break;
      }
      store.change({ outbox: without(next) });
      changed();
    }
  }

  function flush(): void {
    if (isSending) return;
    clearTimeout(timer);
    isSending = true;
    void sendAll().finally(() => {
      isSending = false;
      changed();
    });
  }

  return {
    put(answer) {
      // The newest word replaces what was not sent yet.
      const others = store.read().outbox.filter(({ nonce }) => nonce !== answer.nonce);
      store.change({ outbox: [...others.slice(-4), { ...answer, givenAt: Date.now() }] });
      flush();
    },
    flush,
    isEmpty: () => store.read().outbox.length === 0,
    lastFate: () => fate,
  };
}

import type { WidgetConfig } from "../server/collect/widget/widget-config.ts";
import { type Identity, openApi } from "./api.ts";
import { ask, type Asking } from "./ask.ts";
import { isRunning, takeCommands } from "./commands.ts";
import { openOutbox } from "./outbox.ts";
import { isBusy, wantedLanguages } from "./page.ts";
import { day, hasAnswered, isResting, mayShow, restsUntil, seenAgain } from "./rules.ts";
import { openStore } from "./store.ts";

const script = (document.currentScript ??
  document.querySelector("script[data-survey]")) as HTMLScriptElement | null;
const surveyId = script?.dataset.survey;
if (isRunning()) console.info("Nines: the widget is on this page already.");
else if (script && surveyId) start(script, surveyId);
else console.info("Nines: the script has no data-survey, so nothing is asked.");

/** Looks once a second whether it may ask, and asks. */
function start(script: HTMLScriptElement, surveyId: string): void {
  const store = openStore(surveyId);
  const api = openApi(new URL(".", script.src).href, surveyId);
  const outbox = openOutbox(
    store,
    (answer) => api.sendAnswer(answer),
    () => asking?.refresh(),
  );
  let settings: Promise<WidgetConfig | undefined> | undefined;
  let customer: Identity | undefined;
  let language: string | undefined;
  let asking: Asking | undefined;
  let isOpening = false;
  let isWanted = false;
  let seconds = 0;

  async function look(): Promise<void> {
    const now = Date.now();
    const memory = store.read();
    if (hasAnswered(memory, now)) isWanted = false;
    // Who rests costs the server nothing.
    if (!isWanted && isResting(memory, now)) return;
    settings ??= api.loadConfig(wantedLanguages(language));
    const loaded = await settings;
    const moment = { now, path: location.pathname, seconds };
    if (!loaded || isBusy() || !(isWanted || mayShow(loaded.rules, memory, moment))) return;
    if (!isWanted && customer?.signature && !loaded.anonymous && !(await api.mayAsk(customer))) {
      store.change({ closedUntil: now + day });
      return;
    }
    open(loaded);
  }

  function open(config: WidgetConfig): void {
    const { restDays } = config.rules;
    isWanted = false;
    asking = ask({
      config,
      customer: () => customer,
      nonce: script.nonce || undefined,
      outbox,
      answered: () => store.change({ answeredUntil: restsUntil(Date.now(), restDays) }),
      ended(how) {
        asking = undefined;
        const now = Date.now();
        if (how === "closed") store.change({ closedUntil: restsUntil(now, restDays) });
        if (how === "later") store.change({ closedUntil: now + day });
      },
    });
    if (asking) return;
    console.info("Nines: the policy of this page lets the widget have no styles; see docs/guides/widget.md.");
    settings = Promise.resolve(undefined);
  }

  function check(): void {
    if (document.hidden) return;
    if (asking && hasAnswered(store.read(), Date.now())) asking.giveUp();
    if (asking) asking.settle();
    else if (!isOpening) {
      isOpening = true;
      void look().finally(() => (isOpening = false));
    }
  }

  takeCommands({
    identify(who) {
      const { id, signed, signature } = who ?? {};
      // Of whoever is signed nothing else counts. Numbers are common as ids.
      customer =
        signed && signature
          ? { signed, signature }
          : who && { ...who, ...(id !== undefined && { id: String(id) }) };
      language = who?.language;
    },
    ask() {
      isWanted = !asking;
      check();
    },
    dismiss() {
      isWanted = false;
      if (asking) asking.close();
      else
        void (async () => {
          const loaded = await settings;
          store.change({ closedUntil: restsUntil(Date.now(), loaded?.rules.restDays ?? 90) });
        })();
    },
  });
  store.change(seenAgain(store.read(), Date.now()));
  outbox.flush();
  addEventListener("online", () => outbox.flush());
  for (const type of ["focusin", "focusout"]) document.addEventListener(type, () => asking?.settle());
  setInterval(() => {
    if (!document.hidden) seconds += 1;
    check();
  }, 1000);
}

import type { WidgetConfig } from "../server/collect/widget/widget-config.ts";
import { toJson } from "./json.ts";
import type { Fate } from "./outbox.ts";

/** Who is looking at the page, as the page says. */
export interface Identity {
  id?: string | number;
  email?: string;
  name?: string;
  language?: string;
  traits?: Record<string, string | number | boolean | null>;
  /** All of these as JSON, as the server of the page has signed it. */
  signed?: string;
  signature?: string;
}

export interface AnswerToSend {
  nonce: string;
  version: number;
  language: string;
  score: number;
  comment?: string | undefined;
  drivers?: string[] | undefined;
  mayContact?: boolean | undefined;
  /** Not while the follow-up is still open. */
  complete: boolean;
  secondsAgo?: number;
  customer?: Identity | undefined;
}

/** The server, as the widget knows it. */
export interface Api {
  /** Undefined when the survey does not ask in the widget now, or the server cannot be reached. */
  loadConfig(languages: readonly string[]): Promise<WidgetConfig | undefined>;
  mayAsk(customer: Identity): Promise<boolean>;
  sendAnswer(answer: AnswerToSend): Promise<Fate>;
}

export function openApi(base: string, surveyId: string): Api {
  const address = `${base}api/widget/${surveyId}`;
  // No cookies, and not the address of the page.
  const common: RequestInit = { credentials: "omit", referrerPolicy: "no-referrer" };
  const post = (path: string, body: object) =>
    fetch(address + path, {
      ...common,
      method: "POST",
      headers: { "content-type": "application/json" },
      body: toJson(body),
      // Goes on when the visitor leaves the page.
      keepalive: true,
    });
  const api: Api = {
    async loadConfig(languages) {
      try {
        const answer = await fetch(`${address}?lang=${encodeURIComponent(languages.join())}`, common);
        if (answer.ok) return (await answer.json()) as WidgetConfig;
        const { error } = (await answer.json()) as { error: { message: string } };
        console.info(`Nines: ${error.message}`);
      } catch {
        console.info(`Nines: ${address} could not be reached.`);
      }
      return undefined;
    },
    async mayAsk(customer) {
      try {
        const answer = await post("/may-ask", { customer });
        return !answer.ok || ((await answer.json()) as { mayAsk: boolean }).mayAsk;
      } catch {
        return true;
      }
    },
    async sendAnswer(answer) {
      try {
        const response = await post("", answer);
        const { ok, status } = response;
        if (ok) return "stored";
        if (status === 429 || status >= 500) return "later";
        const { error } = (await response.json()) as { error: { message: string } };
        console.info(`Nines: ${error.message}`);
        // What is said must not be lost over what the page said of the customer.
        return answer.customer ? await api.sendAnswer({ ...answer, customer: undefined }) : "refused";
      } catch {
        return "later";
      }
    },
  };
  return api;
}

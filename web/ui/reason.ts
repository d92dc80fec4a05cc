import i18next from "i18next";
import { useTranslation } from "react-i18next";

type Values = Record<string, string | number>;

/** Something the server says, with a stable name for its case and the values in its sentence. */
export interface Reasoned {
  reason?: string | undefined;
  values?: Values | undefined;
  /** What kind of refusal it was, for a sentence where there is none for the reason. */
  code?: string | undefined;
  /** The server's own sentence, in English. */
  message: string;
}

/** The sentence of a refusal in the interface's language; the server's own where there are no words for it. */
export function sentenceOf({ reason, values, code, message }: Reasoned): string {
  const key = [reason, code].map((name) => `reasons.${name}`).find((name) => i18next.exists(name));
  if (!key) return wholeSentence(message);
  // Not every language has these words, so their keys are no part of the type.
  const sentence = i18next.t as unknown as (key: string, values: Values) => string;
  return sentence(key, { ...values, ...(kindsSaidBy.has(reason ?? "") && namedKinds(values)) });
}

/** What is said of a field goes on after its name: "must be text, not a number". */
function wholeSentence(message: string): string {
  return /[.?]$/.test(message) ? message : `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}

const kindsSaidBy = new Set(["wrong_type", "needs_type", "value_missing"]);

/** Kinds of values come by their names, several with commas: `{ wanted: "text, number", found: "list" }`. */
function namedKinds(values: Values = {}): Values {
  const name = (kind: string) => sentenceOf({ reason: `kinds.${kind}`, message: kind });
  const named = Object.entries(values).map(([key, kinds]) => {
    const names = String(kinds).split(", ").map(name);
    return [key, new Intl.ListFormat(i18next.language, { type: "disjunction" }).format(names)] as const;
  });
  return Object.fromEntries(named);
}

/** `sentenceOf` for a component, which is drawn anew when the language changes. */
export function useReason() {
  useTranslation();
  return sentenceOf;
}

import i18next from "i18next";
import { useTranslation } from "react-i18next";

/** Something the server says, with a stable name for its case and the values in its sentence. */
export interface Reasoned {
  reason?: string | undefined;
  values?: Record<string, string | number> | undefined;
  /** The server's own sentence, in English. */
  message: string;
}

/** The sentence of a refusal in the interface's language; the server's own where there are no words for it. */
export function sentenceOf({ reason, values, message }: Reasoned): string {
  const key = `reasons.${reason}`;
  if (!reason || !i18next.exists(key)) return message;
  // Not every language has these words, so their keys are no part of the type.
  const sentence = i18next.t as unknown as (key: string, values: Record<string, string | number>) => string;
  return sentence(key, values ?? {});
}

/** `sentenceOf` for a component, which is drawn anew when the language changes. */
export function useReason() {
  useTranslation();
  return sentenceOf;
}

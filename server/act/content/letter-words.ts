import { shippedTexts } from "../../collect/texts/shipped-texts.ts";
import { renderText } from "../../collect/texts/render-text.ts";
import type { Sender } from "./read-sender.ts";

/** The links in the foot of a mail that asks nothing; surveys have "Don't ask me again" and "Who reads this" there. */
const links: Readonly<Record<string, { unsubscribe: string; privacy: string }>> = {
  en: { unsubscribe: "Unsubscribe", privacy: "Privacy" },
  de: { unsubscribe: "Abmelden", privacy: "Datenschutz" },
  "de-x-du": { unsubscribe: "Abmelden", privacy: "Datenschutz" },
  fr: { unsubscribe: "Se désabonner", privacy: "Confidentialité" },
  es: { unsubscribe: "Darse de baja", privacy: "Privacidad" },
  it: { unsubscribe: "Annulla l’iscrizione", privacy: "Privacy" },
  pt: { unsubscribe: "Cancelar inscrição", privacy: "Privacidade" },
  nl: { unsubscribe: "Afmelden", privacy: "Privacy" },
  pl: { unsubscribe: "Zrezygnuj", privacy: "Prywatność" },
  ja: { unsubscribe: "配信停止", privacy: "プライバシー" },
  tr: { unsubscribe: "Abonelikten çık", privacy: "Gizlilik" },
};

/** What stands in the foot of a letter, in its language where Nines has one like it, else in English. */
export function letterWords(
  { company, languages }: Pick<Sender, "company" | "languages">,
  language: string,
): { reason: string; unsubscribe: string; privacy: string } {
  const shipped = [language, language.split("-")[0] ?? ""].find((tag) => shippedTexts[tag]) ?? "en";
  const texts = shippedTexts[shipped]!;
  const own = languages[language]?.wording.email?.reason;
  return {
    reason: renderText(usable(own) ?? texts.wording.email.reason, { company }),
    ...(links[shipped] ?? links["en"]!),
  };
}

/** One that names the customer would be cut here. */
const usable = (own: string | undefined) => (own?.includes("customer") ? undefined : own);

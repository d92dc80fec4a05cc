import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { readPreference, writePreference } from "./ui/preference.ts";
import type { words as english } from "./words/en/all.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof english };
    enableSelector: false;
  }
}

/** The languages of the interface, each under its own name. */
export const languages = { en: "English", de: "Deutsch" } as const;

/** A language of the interface. */
export type Language = keyof typeof languages;

const load = {
  en: () => import("./words/en/all.ts"),
  de: () => import("./words/de/all.ts"),
};

/** The member's choice, or else the first language of the browser that we speak. */
export function chosenLanguage(): Language {
  const known = (tag: string | undefined): Language | undefined =>
    (Object.keys(languages) as Language[]).find((language) => tag?.toLowerCase().startsWith(language));
  return known(readPreference("language")) ?? navigator.languages.map(known).find(Boolean) ?? "en";
}

/** Loads the words of the chosen language; call once before the first render. */
export async function startWords() {
  const language = chosenLanguage();
  const { words } = await load[language]();
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: words } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

/** Switches the interface to another language and remembers it in this browser. */
export async function changeLanguage(language: Language) {
  const { words } = await load[language]();
  i18next.addResourceBundle(language, "translation", words, true, true);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  writePreference("language", language);
}

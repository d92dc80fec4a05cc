import { useTranslation } from "react-i18next";

const isApple = /mac|iphone|ipad/i.test(navigator.userAgent);

/** How the key of the command menu is written on this machine and in this language. */
export function useCommandKey(): string {
  const { i18n } = useTranslation();
  if (isApple) return "⌘K";
  return i18n.language === "de" ? "Strg K" : "Ctrl K";
}

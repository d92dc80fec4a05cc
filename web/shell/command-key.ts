import { useTranslation } from "react-i18next";

const isApple = /mac|iphone|ipad/i.test(navigator.userAgent);

/** How a key with ⌘ or Ctrl is written on this machine and in this language; by default that of the command menu. */
export function useCommandKey(key = "K"): string {
  const { i18n } = useTranslation();
  if (isApple) return `⌘${key}`;
  return `${i18n.language === "de" ? "Strg" : "Ctrl"} ${key}`;
}

import { useSyncExternalStore } from "react";
import { readPreference, writePreference } from "./preference.ts";

/** How the interface decides between light and dark. */
export type Theme = "light" | "dark" | "system";

const listeners = new Set<() => void>();

function currentTheme(): Theme {
  const stored = readPreference("theme");
  return stored === "light" || stored === "dark" ? stored : "system";
}

/** Changes the theme now and remembers it in this browser (`public/theme.js` reads it before the next paint). */
export function changeTheme(theme: Theme) {
  writePreference("theme", theme);
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const listener of listeners) listener();
}

/** The chosen theme, kept current. */
export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, currentTheme);
}

const defaults = { theme: "system", language: "", keys: "on" } as const;

/** What this browser remembers about its member. */
export type Preference = keyof typeof defaults;

/** Reads a preference; the default when nothing is stored or storage is closed. */
export function readPreference(name: Preference): string {
  try {
    return localStorage.getItem(`nines.${name}`) ?? defaults[name];
  } catch {
    return defaults[name];
  }
}

/** Stores a preference; silently does nothing when storage is closed. */
export function writePreference(name: Preference, value: string) {
  try {
    localStorage.setItem(`nines.${name}`, value);
  } catch {
    // A private window: the choice holds until the page is closed.
  }
}

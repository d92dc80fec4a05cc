import { useEffect, useRef } from "react";
import { readPreference } from "./preference.ts";

/** Are single-key shortcuts on? They can be switched off in Settings → Appearance. */
export function singleKeysAreOn() {
  return readPreference("keys") !== "off";
}

/** True while someone types, or a dialog is open: single keys belong to them then. */
export function keysAreTaken(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing) return true;
  if (event.metaKey || event.ctrlKey || event.altKey) return true;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("input, textarea, select, [role=spinbutton], [role=menu]")) {
    return true;
  }
  return target.closest("[role=dialog], [role=listbox]") !== null;
}

/**
 * Runs `action` on a single key anywhere on the page, except while someone types or has switched such keys off.
 * `key` as in `KeyboardEvent.key`, lower case: `useShortcut("f", openFilter)`.
 */
export function useShortcut(key: string, action: () => void, isOn = true) {
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(() => {
    if (!isOn) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== key || keysAreTaken(event) || !singleKeysAreOn()) return;
      // Where the action opens a field, the letter would be typed into it.
      event.preventDefault();
      latest.current();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [key, isOn]);
}

import { useEffect, useRef } from "react";
import { useShortcut } from "../ui/shortcuts.ts";

/** ⌘K or Ctrl K anywhere, even while typing; ? for the list of shortcuts. */
export function useShellKeys({
  onCommands,
  onShortcuts,
}: {
  onCommands: () => void;
  onShortcuts: () => void;
}) {
  const latest = useRef(onCommands);
  useEffect(() => {
    latest.current = onCommands;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (
        event.key.toLowerCase() !== "k" ||
        !(event.metaKey || event.ctrlKey) ||
        event.altKey ||
        event.shiftKey
      )
        return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  useShortcut("?", onShortcuts);
}
